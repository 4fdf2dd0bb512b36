/* Ticks, days and civil fields. Sums wrap around like NumPy's where a value leaves its unit's
 * range. */
#include "fnp/calendar.h"

#include "base/reciprocal.h"
#include "calendar/week.h"

#include <string.h>
#include <time.h>

bool fnp_is_leap_year(int64_t y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

int fnp_days_in_month(int64_t year, int month)
{
    static const uint8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && fnp_is_leap_year(year));
}

#define INLINED static inline __attribute__((always_inline)) /* their divisors are constants */

INLINED int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* a = floor(a / b), the remainder returned. */
INLINED int64_t take(int64_t *a, int64_t b)
{
    int64_t r = *a % b;
    *a = floor_div(*a, b);
    return r < 0 ? r + b : r;
}

static int64_t wrap_add(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static int64_t wrap_mul(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a * (uint64_t)b);
}

/* Years are counted from March, so that the leap day ends them (H. Hinnant, "chrono-compatible
 * low-level date algorithms"). 719468 days lie between 0000-03-01 and the epoch. */
int64_t fnp_days_from_civil(int64_t year, int month, int day)
{
    int64_t era = wrap_add(year, -(month <= 2)), in_era = take(&era, 400);
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t of_era = in_era * 365 + in_era / 4 - in_era / 100 + of_year;
    return wrap_add(wrap_mul(era, 146097), of_era - 719468);
}

/* Dates within 2^28 days of the epoch: days since a March 1st that begins 400 years, times 4,
 * divided by the days of a century and of a year, all in 32 bits. (C. Neri and L. Schneider,
 * "Euclidean affine functions and their application to calendar algorithms".) */
#define DAY_SPAN (INT64_C(1) << 28)
enum { CYCLES = 1833, DAYS_OF_CYCLE = 146097 };

INLINED bool is_near_day(int64_t day)
{
    return (uint64_t)day + DAY_SPAN < 2 * DAY_SPAN;
}

/* A near day's year, which begins in March and CYCLES before year 0, and its days. */
INLINED uint32_t split_near_day(int64_t day, uint32_t *of_year)
{
    uint32_t n = (uint32_t)(day + 719468 + (int64_t)CYCLES * DAYS_OF_CYCLE);
    uint32_t quarters = 4 * n + 3, century = quarters / DAYS_OF_CYCLE;
    uint32_t of_century = quarters % DAYS_OF_CYCLE / 4 * 4 + 3;
    uint64_t scaled = (uint64_t)2939745 * of_century;
    *of_year = (uint32_t)scaled / 2939745 / 4;
    return 100 * century + (uint32_t)(scaled >> 32);
}

/* Months since the epoch. That the year begins in March needs no correction in their sum. */
INLINED int64_t months_of_day(int64_t day)
{
    uint32_t of_year, year = split_near_day(day, &of_year);
    uint32_t month = (2141 * of_year + 197913) >> 16;
    return (int64_t)(12 * year + month - 1) - INT64_C(12) * (1970 + 400 * CYCLES);
}

void fnp_civil_from_days(int64_t days, fnp_civil *out)
{
    if (FNP_LIKELY(is_near_day(days))) {
        uint32_t in_year, march_year = split_near_day(days, &in_year);
        uint32_t place = 2141 * in_year + 197913, january = in_year >= 306;
        out->year = (int64_t)(march_year + january) - INT64_C(400) * CYCLES;
        out->month = (int32_t)((place >> 16) - 12 * january);
        out->day = (int32_t)((place & 0xffff) / 2141 + 1);
        return;
    }
    int64_t era = days, rest = take(&era, 146097) + 719468;
    int64_t more = rest / 146097;
    rest -= more * 146097;
    era += more;
    int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t of_year = rest - (365 * year + year / 4 - year / 100);
    int64_t m = (5 * of_year + 2) / 153;
    out->day = (int32_t)(of_year - (153 * m + 2) / 5 + 1);
    out->month = (int32_t)(m < 10 ? m + 3 : m - 9);
    out->year = year + era * 400 + (m >= 10);
}

int fnp_weekday(int64_t days)
{
    return weekday_of(days);
}

void fnp_civil_add_minutes(fnp_civil *c, int64_t minutes)
{
    int64_t days, m = wrap_add((int64_t)c->hour * 60 + c->min, minutes);
    int64_t within;
    days = m;
    within = take(&days, 1440);
    c->hour = (int32_t)(within / 60);
    c->min = (int32_t)(within % 60);
    if (days)
        fnp_civil_from_days(wrap_add(fnp_days_from_civil(c->year, c->month, c->day), days), c);
}

fnp_status fnp_civil_to_ticks(fnp_dtmeta meta, const fnp_civil *c, int64_t *out, fnp_error *err)
{
    int64_t t;
    if (c->year == FNP_NAT) {
        *out = FNP_NAT;
        return FNP_OK;
    }
    if (meta.unit == FNP_UNIT_GENERIC)
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot create a NumPy datetime other than NaT with generic units");
    if (meta.unit == FNP_UNIT_Y) {
        t = wrap_add(c->year, -1970);
    } else if (meta.unit == FNP_UNIT_M) {
        t = wrap_add(wrap_mul(wrap_add(c->year, -1970), 12), c->month - 1);
    } else {
        t = fnp_days_from_civil(c->year, c->month, c->day);
        if (meta.unit == FNP_UNIT_W) t = floor_div(t, 7);
        if (meta.unit >= FNP_UNIT_h) t = wrap_add(wrap_mul(t, 24), c->hour);
        if (meta.unit >= FNP_UNIT_m) t = wrap_add(wrap_mul(t, 60), c->min);
        if (meta.unit >= FNP_UNIT_s) t = wrap_add(wrap_mul(t, 60), c->sec);
        switch (meta.unit) {
        case FNP_UNIT_ms: t = wrap_add(wrap_mul(t, 1000), c->us / 1000); break;
        case FNP_UNIT_us: t = wrap_add(wrap_mul(t, 1000000), c->us); break;
        case FNP_UNIT_ns:
            t = wrap_add(wrap_mul(t, 1000000000), (int64_t)c->us * 1000 + c->ps / 1000);
            break;
        case FNP_UNIT_ps:
            t = wrap_add(wrap_mul(t, INT64_C(1000000000000)), (int64_t)c->us * 1000000 + c->ps);
            break;
        case FNP_UNIT_fs:
            t = wrap_add(wrap_mul(t, INT64_C(1000000000000000)),
                         ((int64_t)c->us * 1000000 + c->ps) * 1000 + c->as / 1000);
            break;
        case FNP_UNIT_as:
            t = wrap_add(wrap_mul(t, INT64_C(1000000000000000000)),
                         ((int64_t)c->us * 1000000 + c->ps) * 1000000 + c->as);
            break;
        default: break;
        }
    }
    if (meta.num > 1) t = floor_div(t, meta.num);
    *out = t;
    return FNP_OK;
}

fnp_status fnp_ticks_to_civil(fnp_dtmeta meta, int64_t ticks, fnp_civil *out, fnp_error *err)
{
    static const int64_t per_second[] = {1,
                                         INT64_C(1000),
                                         INT64_C(1000000),
                                         INT64_C(1000000000),
                                         INT64_C(1000000000000),
                                         INT64_C(1000000000000000),
                                         INT64_C(1000000000000000000)};
    int64_t t = ticks, part;
    *out = (fnp_civil){.year = 1970, .month = 1, .day = 1};
    if (ticks == FNP_NAT) {
        out->year = FNP_NAT;
        return FNP_OK;
    }
    if (meta.unit == FNP_UNIT_GENERIC)
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot convert a NumPy datetime value other than NaT with generic units");
    t = wrap_mul(t, meta.num);
    switch (meta.unit) {
    case FNP_UNIT_Y: out->year = wrap_add(t, 1970); return FNP_OK;
    case FNP_UNIT_M:
        out->month = (int32_t)take(&t, 12) + 1;
        out->year = wrap_add(t, 1970);
        return FNP_OK;
    case FNP_UNIT_W: fnp_civil_from_days(wrap_mul(t, 7), out); return FNP_OK;
    case FNP_UNIT_D: fnp_civil_from_days(t, out); return FNP_OK;
    case FNP_UNIT_h: break;
    case FNP_UNIT_m: out->min = (int32_t)take(&t, 60); break;
    case FNP_UNIT_s:
    case FNP_UNIT_ms:
    case FNP_UNIT_us: { /* the most frequent ones, by divisors that are constants */
        if (meta.unit == FNP_UNIT_ms) out->us = (int32_t)take(&t, 1000) * 1000;
        if (meta.unit == FNP_UNIT_us) out->us = (int32_t)take(&t, 1000000);
        uint32_t of_day = (uint32_t)take(&t, 86400);
        out->hour = (int32_t)(of_day / 3600);
        out->min = (int32_t)(of_day / 60 % 60);
        out->sec = (int32_t)(of_day % 60);
        fnp_civil_from_days(t, out);
        return FNP_OK;
    }
    default:
        if (meta.unit < FNP_UNIT_s || meta.unit > FNP_UNIT_as)
            return fnp_fail(err, FNP_ERUNTIME,
                            "NumPy datetime metadata is corrupted with invalid base unit");
        part = take(&t, per_second[meta.unit - FNP_UNIT_s]);
        part *= per_second[FNP_UNIT_as - meta.unit];
        out->as = (int32_t)(part % 1000000);
        out->ps = (int32_t)(part / 1000000 % 1000000);
        out->us = (int32_t)(part / INT64_C(1000000000000));
        out->sec = (int32_t)take(&t, 60);
        out->min = (int32_t)take(&t, 60);
    }
    out->hour = (int32_t)take(&t, 24);
    fnp_civil_from_days(t, out);
    return FNP_OK;
}

/* The fraction from -> to, or NumPy's complaint, which names the coarser unit first. */
static fnp_status factor(fnp_dtmeta from, fnp_dtmeta to, int64_t *num, int64_t *den, fnp_error *err)
{
    bool down = from.unit <= to.unit;
    fnp_dtmeta_factor(from, to, num, den);
    if (*num) return FNP_OK;
    return fnp_fail(err, FNP_EOVERFLOW,
                    "Integer overflow while computing the conversion factor between NumPy "
                    "datetime units %s and %s",
                    fnp_unit_name(down ? from.unit : to.unit),
                    fnp_unit_name(down ? to.unit : from.unit));
}

fnp_status fnp_timedelta_convert(fnp_dtmeta from, fnp_dtmeta to, int64_t value, int64_t *out,
                                 fnp_error *err)
{
    int64_t num, den;
    *out = value;
    if (fnp_dtmeta_equal(from, to)) return FNP_OK;
    FNP_TRY(factor(from, to, &num, &den, err));
    /* floored; where the product wraps, the sign that counts is the value's */
    if (value == FNP_NAT) return FNP_OK;
    *out = wrap_add(wrap_mul(value, num), value < 0 ? 1 - den : 0) / den;
    return FNP_OK;
}

fnp_status fnp_datetime_convert(fnp_dtmeta from, fnp_dtmeta to, int64_t value, int64_t *out,
                                fnp_error *err)
{
    bool calendar = (from.unit <= FNP_UNIT_M) != (to.unit <= FNP_UNIT_M);
    bool generic = from.unit == FNP_UNIT_GENERIC || to.unit == FNP_UNIT_GENERIC;
    int64_t num, den;
    fnp_civil c;
    if (!calendar && !generic) return fnp_timedelta_convert(from, to, value, out, err);
    *out = value;
    if (fnp_dtmeta_equal(from, to)) return FNP_OK;
    if (!generic) FNP_TRY(factor(from, to, &num, &den, err));
    if (value == FNP_NAT) return FNP_OK;
    FNP_TRY(fnp_ticks_to_civil(from, value, &c, err));
    return fnp_civil_to_ticks(to, &c, out, err);
}

/* ---- many dates through the calendar ---- */
INLINED int64_t day_of_months(int64_t months)
{
    int64_t year = months, month = take(&year, 12) + 1;
    return fnp_days_from_civil(wrap_add(year, 1970), (int)month, 1);
}

/* Ticks in a day of a unit from days to picoseconds, or 0. */
static int64_t ticks_of_day(int unit)
{
    static const int64_t ticks[FNP_UNIT_COUNT] = {
        [FNP_UNIT_D] = 1,
        [FNP_UNIT_h] = 24,
        [FNP_UNIT_m] = 1440,
        [FNP_UNIT_s] = 86400,
        [FNP_UNIT_ms] = INT64_C(86400000),
        [FNP_UNIT_us] = INT64_C(86400000000),
        [FNP_UNIT_ns] = INT64_C(86400000000000),
        [FNP_UNIT_ps] = INT64_C(86400000000000000),
    };
    return ticks[unit];
}

/* Dates of a unit of fixed length as multiples of months. */
static fnp_status to_months(fnp_dtmeta from, fnp_dtmeta to, fnp_intp n, const int64_t *in,
                            int64_t *out, fnp_error *err)
{
    int64_t day = ticks_of_day(from.unit), per = to.num * (int64_t)(to.unit == FNP_UNIT_Y ? 12 : 1);
    reciprocal by_day = {0}, by_per = {0};
    if (day > 1) by_day = reciprocal_of(day);
    if (per > 1) by_per = reciprocal_of(per);
    for (fnp_intp i = 0; i < n; i++) {
        int64_t x = in[i], days = wrap_mul(x, from.num);
        if (day > 1) days = reciprocal_floor(days, by_day);
        if (FNP_LIKELY(x != FNP_NAT && is_near_day(days))) {
            int64_t months = months_of_day(days);
            out[i] = per > 1 ? reciprocal_floor(months, by_per) : months;
        } else {
            FNP_TRY(fnp_datetime_convert(from, to, x, &out[i], err));
        }
    }
    return FNP_OK;
}

static fnp_status from_months(fnp_dtmeta from, fnp_dtmeta to, fnp_intp n, const int64_t *in,
                              int64_t *out, fnp_error *err)
{
    int64_t day = ticks_of_day(to.unit),
            per = from.num * (int64_t)(from.unit == FNP_UNIT_Y ? 12 : 1);
    reciprocal by_num = {0};
    if (to.num > 1) by_num = reciprocal_of(to.num);
    for (fnp_intp i = 0; i < n; i++) {
        int64_t x = in[i], months = wrap_mul(x, per);
        if (FNP_LIKELY(is_near_day(x) && is_near_day(months))) {
            int64_t t = wrap_mul(day_of_months(months), day);
            out[i] = to.num > 1 ? reciprocal_floor(t, by_num) : t;
        } else {
            FNP_TRY(fnp_datetime_convert(from, to, x, &out[i], err));
        }
    }
    return FNP_OK;
}

fnp_status fnp_datetime_convert_many(fnp_dtmeta from, fnp_dtmeta to, fnp_intp n, const int64_t *in,
                                     int64_t *out, fnp_error *err)
{
    int64_t num, den;
    if (n == 0) return FNP_OK;
    if (to.unit <= FNP_UNIT_M && ticks_of_day(from.unit)) {
        FNP_TRY(factor(from, to, &num, &den, err));
        return to_months(from, to, n, in, out, err);
    }
    if (from.unit <= FNP_UNIT_M && ticks_of_day(to.unit)) {
        FNP_TRY(factor(from, to, &num, &den, err));
        return from_months(from, to, n, in, out, err);
    }
    for (fnp_intp i = 0; i < n; i++) FNP_TRY(fnp_datetime_convert(from, to, in[i], &out[i], err));
    return FNP_OK;
}

int fnp_civil_lossless_unit(const fnp_civil *c)
{
    if (c->year == FNP_NAT) return FNP_UNIT_GENERIC;
    if (c->as % 1000) return FNP_UNIT_as;
    if (c->as) return FNP_UNIT_fs;
    if (c->ps % 1000) return FNP_UNIT_ps;
    if (c->ps) return FNP_UNIT_ns;
    if (c->us % 1000) return FNP_UNIT_us;
    if (c->us) return FNP_UNIT_ms;
    if (c->sec) return FNP_UNIT_s;
    if (c->min || c->hour) return FNP_UNIT_m;
    return FNP_UNIT_D;
}

fnp_status fnp_civil_to_local(fnp_civil *c, int *offset_minutes, fnp_error *err)
{
    fnp_civil shown = *c;
    struct tm tm;
    int64_t days, utc, local;
    time_t raw;
    /* the offset rules of years that time_t or the system's tables lack are those of a year like it
     */
    if (shown.year < 1970 || shown.year > 2400) shown.year = 2000 + (shown.year % 400 + 400) % 400;
    days = fnp_days_from_civil(shown.year, shown.month, shown.day);
    utc = days * 1440 + shown.hour * 60 + shown.min;
    raw = (time_t)(utc * 60);
    if (!localtime_r(&raw, &tm))
        return fnp_fail(err, FNP_EIO, "Failed to use localtime to get a local time");
    local = fnp_days_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * 1440 +
            tm.tm_hour * 60 + tm.tm_min;
    *offset_minutes = (int)(local - utc);
    fnp_civil_add_minutes(c, *offset_minutes);
    return FNP_OK;
}
