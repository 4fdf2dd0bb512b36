/* Dates without an array: units, civil calendar, ISO 8601, business days.
 * Proleptic Gregorian calendar, no leap seconds, day 0 is 1970-01-01. No allocation but where a
 * comment says so; thread-safe. NaT is the smallest int64 and passes through every function. */
#ifndef FNP_CALENDAR_H
#define FNP_CALENDAR_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FNP_NAT INT64_MIN

/* Values are those of NPY_DATETIMEUNIT; 3 was a unit once and is not used. */
typedef enum fnp_unit {
    FNP_UNIT_ERROR = -1,
#define FNP_UNIT(id, value, name, word) id = value,
#include "fnp/units.def"
#undef FNP_UNIT
} fnp_unit;
#define FNP_UNIT_COUNT 15

/* A datetime dtype's unit: `num` times `unit`, e.g. 25us. Layout of PyArray_DatetimeMetaData. */
typedef struct fnp_dtmeta {
    int unit; /* an fnp_unit */
    int num;
} fnp_dtmeta;

/* Broken-down time. Layout of npy_datetimestruct. NaT is year == FNP_NAT. */
typedef struct fnp_civil {
    int64_t year;
    int32_t month, day, hour, min, sec, us, ps, as;
} fnp_civil;

typedef enum fnp_casting { /* values of NPY_CASTING */
                           FNP_CAST_NO = 0,
                           FNP_CAST_EQUIV = 1,
                           FNP_CAST_SAFE = 2,
                           FNP_CAST_SAME_KIND = 3,
                           FNP_CAST_UNSAFE = 4,
                           FNP_CAST_NEVER = 5,      /* as an answer only: there is no such cast */
                           FNP_CAST_SAME_VALUE = 64 /* flag: or-ed to a level */
} fnp_casting;

/* ---- units and metadata -------------------------------------------------------------------- */
const char *fnp_unit_name(int unit);             /* "us"; NULL if there is no such unit */
int fnp_unit_from_text(const char *s, size_t n); /* FNP_UNIT_ERROR if it is none */

/* "[25us]" (or "25us" without brackets) at s; "[7D/3]"-like divisors are resolved into the finer
 * unit. `whole` is the text that error messages quote.
 * Errors: FNP_ETYPE, FNP_EVALUE with NumPy's texts. */
FNP_MUST_CHECK fnp_status fnp_dtmeta_parse(const char *s, size_t n, const char *whole,
                                           fnp_dtmeta *out, fnp_error *err);
/* num unit / den as a finer unit ("D/3" is 8h). Errors: FNP_EVALUE. */
FNP_MUST_CHECK fnp_status fnp_dtmeta_divide(fnp_dtmeta *meta, int den, const char *whole,
                                            fnp_error *err);
/* "[25us]", "[s]", "" for generic (or "[generic]" / "generic" as asked). Length returned. */
size_t fnp_dtmeta_format(fnp_dtmeta meta, bool brackets, char buf[40]);
bool fnp_dtmeta_equal(fnp_dtmeta a, fnp_dtmeta b); /* same unit and number: 7D is not W */
/* May a value of `from` be cast to `to`? Rules of datetime64 (is_timedelta false) or timedelta64.
 */
bool fnp_dtmeta_can_cast(bool is_timedelta, fnp_dtmeta from, fnp_dtmeta to, fnp_casting casting);
bool fnp_unit_can_cast(bool is_timedelta, int from, int to, fnp_casting casting);
bool fnp_dtmeta_divides(bool strict, fnp_dtmeta dividend, fnp_dtmeta divisor);
/* Greatest common unit; strict_a/strict_b refuse Y or M against fixed units (timedelta64).
 * Errors: FNP_ETYPE, FNP_EOVERFLOW. */
FNP_MUST_CHECK fnp_status fnp_dtmeta_gcd(fnp_dtmeta a, fnp_dtmeta b, bool strict_a, bool strict_b,
                                         fnp_dtmeta *out, fnp_error *err);
/* from -> to as one fraction: to_value = from_value * num / den (floored). Both 0 if it overflows.
 * Years and months against days use the average of 400 years. */
void fnp_dtmeta_factor(fnp_dtmeta from, fnp_dtmeta to, int64_t *num, int64_t *den);

/* ---- days, civil fields, ticks ------------------------------------------------------------- */
bool fnp_is_leap_year(int64_t year);
int fnp_days_in_month(int64_t year, int month);
int64_t fnp_days_from_civil(int64_t year, int month, int day);
void fnp_civil_from_days(int64_t days, fnp_civil *out); /* year, month, day; the rest is kept */
int fnp_weekday(int64_t days);                          /* Monday is 0 */
/* Add minutes (any sign) with carry into the date. */
void fnp_civil_add_minutes(fnp_civil *c, int64_t minutes);

/* Ticks of `meta` since the epoch (floored) and back. Errors: FNP_EVALUE for generic units,
 * FNP_EOVERFLOW. */
FNP_MUST_CHECK fnp_status fnp_civil_to_ticks(fnp_dtmeta meta, const fnp_civil *c, int64_t *out,
                                             fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_ticks_to_civil(fnp_dtmeta meta, int64_t ticks, fnp_civil *out,
                                             fnp_error *err);
/* One value between units. datetime goes through the calendar where Y or M meet fixed units. */
FNP_MUST_CHECK fnp_status fnp_datetime_convert(fnp_dtmeta from, fnp_dtmeta to, int64_t value,
                                               int64_t *out, fnp_error *err);
/* The same of n datetimes, which may be written over. */
FNP_MUST_CHECK fnp_status fnp_datetime_convert_many(fnp_dtmeta from, fnp_dtmeta to, fnp_intp n,
                                                    const int64_t *in, int64_t *out,
                                                    fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_timedelta_convert(fnp_dtmeta from, fnp_dtmeta to, int64_t value,
                                                int64_t *out, fnp_error *err);

/* ---- ISO 8601 ------------------------------------------------------------------------------ */
/* Parse a date string. unit: FNP_UNIT_ERROR to accept what the text says, else the unit that
 * `casting` must allow. *best: the unit that the text resolves to; *special: "NaT", "today", "now".
 * *had_zone: a time zone was given and applied (NumPy warns). The text may hold any bytes.
 * Errors: FNP_EVALUE, FNP_ETYPE. */
FNP_MUST_CHECK fnp_status fnp_iso_parse(const char *s, size_t n, int unit, fnp_casting casting,
                                        fnp_civil *out, int *best, bool *special, bool *had_zone,
                                        fnp_error *err);

typedef enum fnp_iso_zone {
    FNP_ZONE_NAIVE,  /* "2001-01-01T00" */
    FNP_ZONE_UTC,    /* "…Z" */
    FNP_ZONE_OFFSET, /* "…+0130", by `offset_minutes` */
    FNP_ZONE_LOCAL   /* the offset is looked up with localtime */
} fnp_iso_zone;

/* Format. unit: FNP_UNIT_ERROR for the shortest unit that loses nothing, else the one to cut to
 * under `casting` (`base`: unit that the value was stored in). Errors: FNP_ETYPE, FNP_ERUNTIME. */
FNP_MUST_CHECK fnp_status fnp_iso_format(const fnp_civil *c, fnp_iso_zone zone, int offset_minutes,
                                         int unit, int base, fnp_casting casting, char *buf,
                                         size_t cap, size_t *len, fnp_error *err);
/* Bytes (with NUL) that fnp_iso_format needs at most. */
size_t fnp_iso_format_room(bool zone, int unit);
/* The coarsest unit that represents c exactly (used for lists of dates). */
int fnp_civil_lossless_unit(const fnp_civil *c);
/* Minutes that local time is ahead of UTC at c (seconds ignored), shifting c to local time. */
FNP_MUST_CHECK fnp_status fnp_civil_to_local(fnp_civil *c, int *offset_minutes, fnp_error *err);

/* ---- business days ------------------------------------------------------------------------- */
typedef enum fnp_roll {
    FNP_ROLL_FORWARD,
    FNP_ROLL_BACKWARD,
    FNP_ROLL_MODIFIED_FORWARD,
    FNP_ROLL_MODIFIED_BACKWARD,
    FNP_ROLL_NAT,
    FNP_ROLL_RAISE
} fnp_roll;

/* Which days count. holidays: sorted, distinct, on weekdays of the mask only
 * (fnp_holidays_normalize); borrowed. */
typedef struct fnp_busdays {
    bool weekmask[7]; /* Monday first */
    int per_week;
    const int64_t *holidays;
    fnp_intp nholidays;
} fnp_busdays;

FNP_MUST_CHECK fnp_status fnp_roll_from_text(const char *s, fnp_roll *out, fnp_error *err);
/* "1111100" or "Mon Tue Wed". Errors: FNP_EVALUE. */
FNP_MUST_CHECK fnp_status fnp_weekmask_parse(const char *s, bool mask[7], fnp_error *err);
/* Sort, drop NaT, doubles and days off the mask, in place; returns the new count. */
fnp_intp fnp_holidays_normalize(int64_t *days, fnp_intp n, const bool mask[7]);
bool fnp_busday_is(const fnp_busdays *b, int64_t day);
/* `day` rolled to a business day, then moved by `offset` of them. Errors: FNP_EVALUE. */
FNP_MUST_CHECK fnp_status fnp_busday_offset(const fnp_busdays *b, fnp_roll roll, int64_t day,
                                            int64_t offset, int64_t *out, fnp_error *err);
/* Business days in [begin, end), negative if end < begin. Errors: FNP_EVALUE for NaT. */
FNP_MUST_CHECK fnp_status fnp_busday_count(const fnp_busdays *b, int64_t begin, int64_t end,
                                           int64_t *out, fnp_error *err);
/* The same of n days; steps count elements. */
void fnp_busday_is_many(const fnp_busdays *b, fnp_intp n, const int64_t *days, bool *out);
FNP_MUST_CHECK fnp_status fnp_busday_offset_many(const fnp_busdays *b, fnp_roll roll, fnp_intp n,
                                                 const int64_t *days, fnp_intp day_step,
                                                 const int64_t *offsets, fnp_intp offset_step,
                                                 int64_t *out, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_busday_count_many(const fnp_busdays *b, fnp_intp n,
                                                const int64_t *begins, fnp_intp begin_step,
                                                const int64_t *ends, fnp_intp end_step,
                                                int64_t *out, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
