/* Business days: whole weeks by arithmetic, the rest day by day, holidays by binary search. */
#include "fnp/calendar.h"

#include "calendar/week.h"

#include <stdlib.h>
#include <string.h>

fnp_status fnp_roll_from_text(const char *s, fnp_roll *out, fnp_error *err)
{
    static const struct {
        const char *name;
        fnp_roll roll;
    } names[] = {
        {"forward", FNP_ROLL_FORWARD},
        {"following", FNP_ROLL_FORWARD},
        {"backward", FNP_ROLL_BACKWARD},
        {"preceding", FNP_ROLL_BACKWARD},
        {"modifiedfollowing", FNP_ROLL_MODIFIED_FORWARD},
        {"modifiedpreceding", FNP_ROLL_MODIFIED_BACKWARD},
        {"nat", FNP_ROLL_NAT},
        {"raise", FNP_ROLL_RAISE},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(s, names[i].name)) {
            *out = names[i].roll;
            return FNP_OK;
        }
    }
    return fnp_fail(err, FNP_EVALUE, "Invalid business day roll parameter \"%s\"", s);
}

fnp_status fnp_weekmask_parse(const char *s, bool mask[7], fnp_error *err)
{
    static const char names[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const char *p = s;
    int day;
    memset(mask, 0, 7 * sizeof *mask);
    if (strlen(s) == 7 && strspn(s, "01") == 7) {
        for (day = 0; day < 7; day++) mask[day] = s[day] == '1';
        return FNP_OK;
    }
    while (*p) {
        if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
            p++;
            continue;
        }
        for (day = 0; day < 7 && strncmp(p, names[day], 3); day++) {
        }
        if (day == 7)
            return fnp_fail(err, FNP_EVALUE, "Invalid business day weekmask string \"%s\"", s);
        mask[day] = true;
        p += 3;
    }
    return FNP_OK;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

fnp_intp fnp_holidays_normalize(int64_t *days, fnp_intp n, const bool mask[7])
{
    fnp_intp kept = 0;
    if (n > 1) qsort(days, (size_t)n, sizeof *days, by_value);
    for (fnp_intp i = 0; i < n; i++) {
        if (days[i] == FNP_NAT || (kept && days[kept - 1] == days[i])) continue;
        if (mask[weekday_of(days[i])]) days[kept++] = days[i];
    }
    return kept;
}

/* Number of holidays before `day`. */
static fnp_intp holidays_before(const fnp_busdays *b, int64_t day)
{
    fnp_intp low = 0, high = b->nholidays;
    while (low < high) {
        fnp_intp mid = low + (high - low) / 2;
        if (b->holidays[mid] < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Is a day of the week mask (not NaT) a holiday? */
static inline bool is_holiday(const fnp_busdays *b, int64_t day)
{
    fnp_intp at;
    if (b->nholidays == 0) return false;
    at = holidays_before(b, day);
    return at < b->nholidays && b->holidays[at] == day;
}

bool fnp_busday_is(const fnp_busdays *b, int64_t day)
{
    return b->weekmask[weekday_of(day)] && day != FNP_NAT && !is_holiday(b, day);
}

/* A day and its place in the week. */
typedef struct walker {
    int64_t day;
    int weekday;
} walker;

static inline void walk(walker *w, int step)
{
    w->day += step;
    w->weekday += step;
    if (w->weekday == 7) w->weekday = 0;
    if (w->weekday < 0) w->weekday = 6;
}

/* w moved to a business day, if it is on none. */
static inline void walk_to_busday(const fnp_busdays *b, walker *w, int step)
{
    while (!b->weekmask[w->weekday] || is_holiday(b, w->day)) walk(w, step);
}

static int month_of(int64_t day)
{
    fnp_civil c;
    fnp_civil_from_days(day, &c);
    return c.month;
}

/* w->day becomes NaT if that is what the roll says. */
static inline fnp_status roll_day(const fnp_busdays *b, fnp_roll roll, walker *w, fnp_error *err)
{
    if (b->weekmask[w->weekday] && !is_holiday(b, w->day)) return FNP_OK;
    walker from = *w;
    switch (roll) {
    case FNP_ROLL_FORWARD: walk_to_busday(b, w, 1); return FNP_OK;
    case FNP_ROLL_BACKWARD: walk_to_busday(b, w, -1); return FNP_OK;
    case FNP_ROLL_MODIFIED_FORWARD:
    case FNP_ROLL_MODIFIED_BACKWARD: {
        int step = roll == FNP_ROLL_MODIFIED_FORWARD ? 1 : -1;
        walk_to_busday(b, w, step);
        if (month_of(w->day) != month_of(from.day)) {
            *w = from;
            walk_to_busday(b, w, -step);
        }
        return FNP_OK;
    }
    case FNP_ROLL_NAT: w->day = FNP_NAT; return FNP_OK;
    default: return fnp_fail(err, FNP_EVALUE, "Non-business day date in busday_offset");
    }
}

/* `left` days of the mask on from w. */
static inline void walk_mask(const fnp_busdays *b, walker *w, int step, uint64_t left)
{
    if (left >= (uint64_t)b->per_week) {
        w->day += step * (int64_t)(left / (uint64_t)b->per_week * 7);
        left %= (uint64_t)b->per_week;
    }
    while (left) {
        walk(w, step);
        left -= b->weekmask[w->weekday];
    }
}

static inline fnp_status offset_day(const fnp_busdays *b, fnp_roll roll, int64_t day,
                                    int64_t offset, int64_t *out, fnp_error *err)
{
    int step = offset < 0 ? -1 : 1;
    uint64_t left = offset < 0 ? 0 - (uint64_t)offset : (uint64_t)offset;
    walker w = {day, weekday_of(day)};
    *out = FNP_NAT;
    if (day == FNP_NAT)
        return roll == FNP_ROLL_RAISE ? fnp_fail(err, FNP_EVALUE, "NaT input in busday_offset")
                                      : FNP_OK;
    FNP_TRY(roll_day(b, roll, &w, err));
    if (w.day == FNP_NAT) return FNP_OK;
    if (b->nholidays == 0) {
        walk_mask(b, &w, step, left);
    } else {
        fnp_intp seen = holidays_before(b, step > 0 ? w.day + 1 : w.day), now;
        while (left) {
            walk_mask(b, &w, step, left);
            /* holidays that were passed do not count: make up for them */
            now = holidays_before(b, step > 0 ? w.day + 1 : w.day);
            left = (uint64_t)(step > 0 ? now - seen : seen - now);
            seen = now;
        }
    }
    *out = w.day;
    return FNP_OK;
}

fnp_status fnp_busday_offset(const fnp_busdays *b, fnp_roll roll, int64_t day, int64_t offset,
                             int64_t *out, fnp_error *err)
{
    return offset_day(b, roll, day, offset, out, err);
}

fnp_status fnp_busday_count(const fnp_busdays *b, int64_t begin, int64_t end, int64_t *out,
                            fnp_error *err)
{
    bool swapped = false;
    int64_t n, weeks;
    if (begin == FNP_NAT || end == FNP_NAT)
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot compute a business day count with a NaT (not-a-time) date");
    if (begin > end) {
        int64_t t = begin + 1;
        begin = end + 1;
        end = t;
        swapped = true;
    }
    weeks = (end - begin) / 7;
    n = weeks * b->per_week;
    if (b->nholidays) n -= (int64_t)(holidays_before(b, end) - holidays_before(b, begin));
    for (walker w = {begin + weeks * 7, weekday_of(begin)}; w.day < end; walk(&w, 1))
        n += b->weekmask[w.weekday];
    *out = swapped ? -n : n;
    return FNP_OK;
}

/* ---- many days ---- */
void fnp_busday_is_many(const fnp_busdays *b, fnp_intp n, const int64_t *days, bool *out)
{
    for (fnp_intp i = 0; i < n; i++) out[i] = fnp_busday_is(b, days[i]);
}

fnp_status fnp_busday_offset_many(const fnp_busdays *b, fnp_roll roll, fnp_intp n,
                                  const int64_t *days, fnp_intp day_step, const int64_t *offsets,
                                  fnp_intp offset_step, int64_t *out, fnp_error *err)
{
    for (fnp_intp i = 0; i < n; i++)
        FNP_TRY(offset_day(b, roll, days[i * day_step], offsets[i * offset_step], out + i, err));
    return FNP_OK;
}

fnp_status fnp_busday_count_many(const fnp_busdays *b, fnp_intp n, const int64_t *begins,
                                 fnp_intp begin_step, const int64_t *ends, fnp_intp end_step,
                                 int64_t *out, fnp_error *err)
{
    for (fnp_intp i = 0; i < n; i++)
        FNP_TRY(fnp_busday_count(b, begins[i * begin_step], ends[i * end_step], out + i, err));
    return FNP_OK;
}
