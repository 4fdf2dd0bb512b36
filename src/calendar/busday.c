/* Business days: whole weeks by arithmetic, the rest day by day, holidays by binary search. */
#include "fnp/calendar.h"

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
        if (mask[fnp_weekday(days[i])]) days[kept++] = days[i];
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

bool fnp_busday_is(const fnp_busdays *b, int64_t day)
{
    fnp_intp at;
    if (day == FNP_NAT || !b->weekmask[fnp_weekday(day)]) return false;
    at = holidays_before(b, day);
    return at == b->nholidays || b->holidays[at] != day;
}

static int64_t next_busday(const fnp_busdays *b, int64_t day, int step)
{
    while (!fnp_busday_is(b, day)) day += step;
    return day;
}

static int month_of(int64_t day)
{
    fnp_civil c;
    fnp_civil_from_days(day, &c);
    return c.month;
}

static fnp_status roll_day(const fnp_busdays *b, fnp_roll roll, int64_t *day, fnp_error *err)
{
    int64_t from = *day;
    if (from == FNP_NAT)
        return roll == FNP_ROLL_RAISE ? fnp_fail(err, FNP_EVALUE, "NaT input in busday_offset")
                                      : FNP_OK;
    if (fnp_busday_is(b, from)) return FNP_OK;
    switch (roll) {
    case FNP_ROLL_FORWARD: *day = next_busday(b, from, 1); return FNP_OK;
    case FNP_ROLL_BACKWARD: *day = next_busday(b, from, -1); return FNP_OK;
    case FNP_ROLL_MODIFIED_FORWARD:
    case FNP_ROLL_MODIFIED_BACKWARD: {
        int step = roll == FNP_ROLL_MODIFIED_FORWARD ? 1 : -1;
        *day = next_busday(b, from, step);
        if (month_of(*day) != month_of(from)) *day = next_busday(b, from, -step);
        return FNP_OK;
    }
    case FNP_ROLL_NAT: *day = FNP_NAT; return FNP_OK;
    default: return fnp_fail(err, FNP_EVALUE, "Non-business day date in busday_offset");
    }
}

fnp_status fnp_busday_offset(const fnp_busdays *b, fnp_roll roll, int64_t day, int64_t offset,
                             int64_t *out, fnp_error *err)
{
    int step = offset < 0 ? -1 : 1;
    uint64_t left = offset < 0 ? 0 - (uint64_t)offset : (uint64_t)offset;
    FNP_TRY(roll_day(b, roll, &day, err));
    if (day != FNP_NAT) {
        fnp_intp seen = holidays_before(b, step > 0 ? day + 1 : day);
        while (left) {
            fnp_intp now;
            day += step * (int64_t)(left / (uint64_t)b->per_week * 7);
            for (left %= (uint64_t)b->per_week; left;) {
                day += step;
                left -= b->weekmask[fnp_weekday(day)];
            }
            /* holidays that were passed do not count: make up for them */
            now = holidays_before(b, step > 0 ? day + 1 : day);
            left = (uint64_t)(step > 0 ? now - seen : seen - now);
            seen = now;
        }
    }
    *out = day;
    return FNP_OK;
}

fnp_status fnp_busday_count(const fnp_busdays *b, int64_t begin, int64_t end, int64_t *out,
                            fnp_error *err)
{
    bool swapped = false;
    int64_t n, day;
    if (begin == FNP_NAT || end == FNP_NAT)
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot compute a business day count with a NaT (not-a-time) date");
    if (begin > end) {
        int64_t t = begin + 1;
        begin = end + 1;
        end = t;
        swapped = true;
    }
    n = -(int64_t)(holidays_before(b, end) - holidays_before(b, begin));
    n += (end - begin) / 7 * b->per_week;
    for (day = begin + (end - begin) / 7 * 7; day < end; day++) n += b->weekmask[fnp_weekday(day)];
    *out = swapped ? -n : n;
    return FNP_OK;
}
