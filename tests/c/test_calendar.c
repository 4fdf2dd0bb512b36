/* Units, calendar, ISO 8601 and business days: tables of observed results, and slow twins. */
#include "fnp/calendar.h"

#include <stdio.h>
#include <string.h>

static int passed, failed;

static void check(int ok, const char *what, const char *detail)
{
    if (ok)
        passed++;
    else if (++failed < 20)
        printf("FAIL %s: %s\n", what, detail);
}

/* Day by day through 800 years, against plain counting. */
static void every_day(void)
{
    int64_t day = fnp_days_from_civil(1600, 1, 1);
    int weekday = fnp_weekday(day);
    check(fnp_days_from_civil(1970, 1, 1) == 0 && fnp_weekday(0) == 3, "epoch", "");
    for (int y = 1600; y < 2400; y++) {
        for (int m = 1; m <= 12; m++) {
            for (int d = 1; d <= fnp_days_in_month(y, m); d++, day++) {
                fnp_civil c = {0};
                fnp_civil_from_days(day, &c);
                if (fnp_days_from_civil(y, m, d) != day || c.year != y || c.month != m ||
                    c.day != d || fnp_weekday(day) != weekday) {
                    check(0, "day", "");
                    return;
                }
                weekday = (weekday + 1) % 7;
            }
        }
    }
    check(1, "days", "");
}

/* text -> civil -> ticks -> civil -> text */
static void texts(void)
{
    static const struct {
        const char *in, *out;
        int unit;
    } good[] = {
        {"2001", "2001", FNP_UNIT_Y},
        {"-2001-02", "-2001-02", FNP_UNIT_M},
        {"2000-02-29", "2000-02-29", FNP_UNIT_D},
        {"2001-01-01 07", "2001-01-01T07", FNP_UNIT_h},
        {"2001-01-01T07:08Z", "2001-01-01T07:08", FNP_UNIT_m},
        {"2001-01-01T00:30:01+01:30", "2000-12-31T23:00:01", FNP_UNIT_s},
        {"2001-01-01T07:08:09.5", "2001-01-01T07:08:09.500", FNP_UNIT_ms},
        {"2001-01-01T07:08:09.1234", "2001-01-01T07:08:09.123400", FNP_UNIT_us},
        {"2001-01-01T07:08:09.123456789", "2001-01-01T07:08:09.123456789", FNP_UNIT_ns},
        {"1970-01-01T00:00:09.1234567890123", "1970-01-01T00:00:09.123456789012300", FNP_UNIT_fs},
        {"nAt", "NaT", FNP_UNIT_GENERIC},
        {"", "NaT", FNP_UNIT_GENERIC},
    };
    static const struct {
        const char *in, *message;
    } bad[] = {
        {"2001-13", "Month out of range in datetime string \"2001-13\""},
        {"2001-02-29", "Day out of range in datetime string \"2001-02-29\""},
        {"2001-1", "Error parsing datetime string \"2001-1\" at position 5"},
        {"2001-01-01T24", "Hours out of range in datetime string \"2001-01-01T24\""},
        {"abc", "Error parsing datetime string \"abc\" at position 0"},
        {"2001-01-01T01+1", "Error parsing datetime string \"2001-01-01T01+1\" at position 14"},
    };
    fnp_error err = {0};
    fnp_civil c, again;
    int best;
    bool special, zone;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char buf[80];
        size_t n = 0;
        int64_t t = 0;
        fnp_status st = fnp_iso_parse(good[i].in, strlen(good[i].in), FNP_UNIT_ERROR,
                                      FNP_CAST_SAME_KIND, &c, &best, &special, &zone, &err);
        check(st == FNP_OK && best == good[i].unit, "parse", good[i].in);
        st = fnp_civil_to_ticks((fnp_dtmeta){best, 1}, &c, &t, &err);
        if (!st) st = fnp_ticks_to_civil((fnp_dtmeta){best, 1}, t, &again, &err);
        if (!st)
            st = fnp_iso_format(&again, FNP_ZONE_NAIVE, 0, best, best, FNP_CAST_SAFE, buf,
                                sizeof buf, &n, &err);
        check(st == FNP_OK && !strcmp(buf, good[i].out), good[i].in, buf);
        check(n + 1 <= fnp_iso_format_room(false, best), "room", good[i].in);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fnp_status st = fnp_iso_parse(bad[i].in, strlen(bad[i].in), FNP_UNIT_ERROR,
                                      FNP_CAST_SAME_KIND, &c, &best, &special, &zone, &err);
        check(st == FNP_EVALUE && !strcmp(err.message, bad[i].message), bad[i].message,
              err.message);
    }
}

static void metadata(void)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"[25us]", "[25us]"}, {"[7D/3]", "[56h]"}, {"[Y/4]", "[3M]"}, {"[M/4]", "[W]"},
        {"[3M/40]", "[54h]"}, {"5s", "[5s]"},      {"[generic]", ""}, {"[\xce\xbcs]", "[us]"},
        {"[Y/24]", NULL},     {"[]", NULL},        {"[xx]", NULL},    {"[-1s]", NULL},
        {"[s/0]", NULL},      {"", NULL},
    };
    fnp_error err = {0};
    fnp_dtmeta m = {0}, g;
    char buf[40];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fnp_status st = fnp_dtmeta_parse(rows[i].in, strlen(rows[i].in), rows[i].in, &m, &err);
        check((st == FNP_OK) == (rows[i].out != NULL), "metadata", rows[i].in);
        if (st || !rows[i].out) continue;
        fnp_dtmeta_format(m, true, buf);
        check(!strcmp(buf, rows[i].out), rows[i].in, buf);
    }
    m = (fnp_dtmeta){FNP_UNIT_h, 4};
    check(!fnp_dtmeta_gcd(m, (fnp_dtmeta){FNP_UNIT_m, 90}, true, true, &g, &err) &&
              g.unit == FNP_UNIT_m && g.num == 30,
          "gcd", "4h 90m");
    check(fnp_dtmeta_gcd((fnp_dtmeta){FNP_UNIT_Y, 1}, m, true, true, &g, &err) == FNP_ETYPE, "gcd",
          "Y h");
    check(fnp_dtmeta_gcd((fnp_dtmeta){FNP_UNIT_W, 1}, (fnp_dtmeta){FNP_UNIT_as, 1}, true, true, &g,
                         &err) == FNP_EOVERFLOW,
          "gcd", "W as");
    int64_t v = 0;
    check(!fnp_timedelta_convert((fnp_dtmeta){FNP_UNIT_h, 1}, (fnp_dtmeta){FNP_UNIT_D, 1}, -5, &v,
                                 &err) &&
              v == -1,
          "floor", "");
    check(!fnp_datetime_convert((fnp_dtmeta){FNP_UNIT_M, 1}, (fnp_dtmeta){FNP_UNIT_D, 1}, 14, &v,
                                &err) &&
              v == 365 + 59,
          "months to days", "");
}

/* Offsets and counts against walking day by day. */
static void business(void)
{
    int64_t holidays[] = {3, 4, 4, FNP_NAT, 30, 11, 17};
    fnp_busdays b = {.weekmask = {true, true, false, true, true, false, true}, .per_week = 5};
    fnp_error err = {0};
    bool mask[7];
    b.nholidays = fnp_holidays_normalize(holidays, 7, b.weekmask);
    b.holidays = holidays;
    for (int64_t from = -10; from < 50; from++) {
        if (!fnp_busday_is(&b, from)) continue;
        for (int offset = -30; offset <= 30; offset++) {
            int64_t want = from, got = 0;
            for (int left = offset < 0 ? -offset : offset; left;) {
                want += offset < 0 ? -1 : 1;
                left -= fnp_busday_is(&b, want);
            }
            check(!fnp_busday_offset(&b, FNP_ROLL_RAISE, from, offset, &got, &err) && got == want,
                  "offset", "");
            want = 0;
            for (int64_t d = from; d < from + offset; d++) want += fnp_busday_is(&b, d);
            for (int64_t d = from; d > from + offset; d--) want -= fnp_busday_is(&b, d);
            check(!fnp_busday_count(&b, from, from + offset, &got, &err) && got == want, "count",
                  "");
        }
    }
    check(!fnp_weekmask_parse(" Mon  Sun", mask, &err) && mask[0] && mask[6] && !mask[3], "mask",
          "");
    check(fnp_weekmask_parse("Monday", mask, &err) == FNP_EVALUE, "mask", "Monday");
}

/* The ends of int64 in every unit: sums wrap, as told, and a day comes back as itself. */
static void extremes(void)
{
    static const int64_t ends[] = {INT64_MIN + 1, INT64_MIN + 3, INT64_MAX, INT64_MAX - 5};
    for (int unit = FNP_UNIT_Y; unit <= FNP_UNIT_as; unit++) {
        for (int i = 0; i < 4; i++) {
            if (unit == 3) continue; /* a unit of NumPy's past */
            fnp_dtmeta meta = {unit, 1};
            fnp_civil c;
            fnp_error err = {0};
            int64_t back = 0;
            check(!fnp_ticks_to_civil(meta, ends[i], &c, &err), "extreme", err.message);
            check(c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 31, "extreme", "fields");
            check(!fnp_civil_to_ticks(meta, &c, &back, &err), "extreme", err.message);
            if (unit >= FNP_UNIT_D) check(back == ends[i], "extreme", "back");
            fnp_civil_add_minutes(&c, 100000);
            fnp_civil_add_minutes(&c, INT64_MIN);
        }
    }
}

/* Many dates between units are each the one by itself. */
static void many(void)
{
    static const int64_t at[] = {0, 59, -719469, 11016, -1, INT64_MAX, INT64_MIN + 1, FNP_NAT};
    for (int from = FNP_UNIT_Y; from < FNP_UNIT_GENERIC; from++) {
        for (int to = FNP_UNIT_Y; to < FNP_UNIT_GENERIC; to++) {
            if (from == 3 || to == 3) continue; /* a unit of NumPy's past */
            for (int num = 1; num < 8; num += 3) {
                fnp_dtmeta f = {from, num}, t = {to, 8 - num};
                int64_t in[80], out[80], one = 0;
                fnp_error err = {0};
                for (int i = 0; i < 80; i++)
                    in[i] = i < 8    ? at[i]
                            : i < 40 ? (i - 24) * ((INT64_C(1) << 28) / 15)
                                     : (i - 60) * (INT64_MAX / 30);
                if (fnp_datetime_convert_many(f, t, 80, in, out, &err)) continue; /* no factor */
                for (int i = 0; i < 80; i++)
                    check(!fnp_datetime_convert(f, t, in[i], &one, &err) && one == out[i], "many",
                          err.message);
            }
        }
    }
}

int main(void)
{
    many();
    every_day();
    extremes();
    texts();
    metadata();
    business();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
