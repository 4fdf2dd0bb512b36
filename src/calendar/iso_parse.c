/* ISO 8601 dates from text. */
#include "fnp/calendar.h"

#include <string.h>
#include <time.h>

typedef struct reader {
    const char *s;
    size_t n, at;
} reader;

static bool more(const reader *r)
{
    return r->at < r->n;
}

static char peek(const reader *r)
{
    return more(r) ? r->s[r->at] : 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Is the whole text this word, in any case? */
static bool is_word(const char *s, size_t n, const char *word)
{
    if (strlen(word) != n) return false;
    for (size_t i = 0; i < n; i++)
        if ((s[i] | 0x20) != word[i]) return false;
    return true;
}

static fnp_status bad_at(const reader *r, fnp_error *err)
{
    return fnp_fail(err, FNP_EVALUE, "Error parsing datetime string \"%.*s\" at position %zu",
                    (int)r->n, r->s, r->at);
}

/* Exactly two digits within [low, high]. */
static fnp_status two_digits(reader *r, int low, int high, const char *what, int32_t *out,
                             fnp_error *err)
{
    if (r->at + 2 > r->n || !is_digit(r->s[r->at]) || !is_digit(r->s[r->at + 1]))
        return bad_at(r, err);
    *out = (r->s[r->at] - '0') * 10 + (r->s[r->at + 1] - '0');
    if (*out < low || *out > high)
        return fnp_fail(err, FNP_EVALUE, "%s out of range in datetime string \"%.*s\"", what,
                        (int)r->n, r->s);
    r->at += 2;
    return FNP_OK;
}

/* Up to six digits as millionths; the number of digits read. */
static int six_digits(reader *r, int32_t *out)
{
    int n = 0;
    *out = 0;
    for (int i = 0; i < 6; i++) {
        *out *= 10;
        if (is_digit(peek(r)) && n == i) {
            *out += r->s[r->at++] - '0';
            n++;
        }
    }
    return n;
}

static fnp_status read_zone(reader *r, fnp_civil *out, fnp_error *err)
{
    int32_t hours = 0, minutes = 0;
    if (peek(r) == 'Z') {
        r->at++;
    } else if (peek(r) == '+' || peek(r) == '-') {
        int sign = r->s[r->at++] == '-' ? -1 : 1;
        FNP_TRY(two_digits(r, 0, 23, "Timezone hours offset", &hours, err));
        if (more(r)) {
            if (peek(r) == ':') r->at++;
            FNP_TRY(two_digits(r, 0, 59, "Timezone minutes offset", &minutes, err));
        }
        fnp_civil_add_minutes(out, -sign * (hours * 60 + minutes));
    }
    while (more(r) && is_blank(peek(r))) r->at++;
    return more(r) ? bad_at(r, err) : FNP_OK;
}

static fnp_status read_year(reader *r, fnp_civil *out, fnp_error *err)
{
    uint64_t year = 0;
    bool negative = false;
    while (more(r) && is_blank(peek(r))) r->at++;
    /* behind blanks a minus is read and ignored, as NumPy does */
    if (peek(r) == '-' || peek(r) == '+') {
        negative = peek(r) == '-' && r->at == 0;
        r->at++;
    }
    if (!more(r)) return bad_at(r, err);
    for (; is_digit(peek(r)); r->at++) year = year * 10 + (uint64_t)(peek(r) - '0');
    out->year = (int64_t)(negative ? 0 - year : year);
    return FNP_OK;
}

/* Two digits at p; negative if they are none. */
static inline int pair_at(const char *p)
{
    unsigned a = (unsigned char)p[0] - (unsigned)'0', b = (unsigned char)p[1] - (unsigned)'0';
    return a > 9 || b > 9 ? -1 : (int)(10 * a + b);
}

/* The whole text as YYYY-MM-DD, YYYY-MM-DDThh:mm or with :ss behind; false: it is something else,
 * or wrong. */
static bool read_common(reader *r, fnp_civil *out, int *best)
{
    const char *s = r->s;
    if (r->at || (r->n != 10 && r->n != 16 && r->n != 19) || s[4] != '-' || s[7] != '-')
        return false;
    int high = pair_at(s), low = pair_at(s + 2), month = pair_at(s + 5), day = pair_at(s + 8);
    if (high < 0 || low < 0 || month < 1 || month > 12 || day < 1) return false;
    if (day > 28 && day > fnp_days_in_month(100 * high + low, month)) return false;
    int hour = 0, min = 0, sec = 0;
    if (r->n > 10) {
        if ((s[10] != 'T' && s[10] != ' ') || s[13] != ':') return false;
        hour = pair_at(s + 11);
        min = pair_at(s + 14);
        if (r->n > 16) {
            if (s[16] != ':') return false;
            sec = pair_at(s + 17);
        }
        if ((unsigned)hour > 23 || (unsigned)min > 59 || (unsigned)sec > 59) return false;
    }
    out->year = 100 * high + low;
    out->month = month;
    out->day = day;
    out->hour = hour;
    out->min = min;
    out->sec = sec;
    *best = r->n == 10 ? FNP_UNIT_D : r->n == 16 ? FNP_UNIT_m : FNP_UNIT_s;
    r->at = r->n;
    return true;
}

/* The date and time up to a zone, which is left unread. */
static fnp_status read_fields(reader *r, fnp_civil *out, int *best, fnp_error *err)
{
    int digits;
    if (read_common(r, out, best)) return FNP_OK;
    FNP_TRY(read_year(r, out, err));
    *best = FNP_UNIT_Y;
    if (!more(r)) return FNP_OK;
    if (peek(r) != '-') return bad_at(r, err);
    r->at++;
    FNP_TRY(two_digits(r, 1, 12, "Month", &out->month, err));
    *best = FNP_UNIT_M;
    if (!more(r)) return FNP_OK;
    if (peek(r) != '-') return bad_at(r, err);
    r->at++;
    FNP_TRY(two_digits(r, 1, fnp_days_in_month(out->year, out->month), "Day", &out->day, err));
    *best = FNP_UNIT_D;
    if (!more(r)) return FNP_OK;
    if (peek(r) != 'T' && peek(r) != ' ') return bad_at(r, err);
    r->at++;
    FNP_TRY(two_digits(r, 0, 23, "Hours", &out->hour, err));
    *best = FNP_UNIT_h;
    if (peek(r) != ':' || !more(r)) return FNP_OK;
    r->at++;
    FNP_TRY(two_digits(r, 0, 59, "Minutes", &out->min, err));
    *best = FNP_UNIT_m;
    if (peek(r) != ':' || !more(r)) return FNP_OK;
    r->at++;
    FNP_TRY(two_digits(r, 0, 59, "Seconds", &out->sec, err));
    *best = FNP_UNIT_s;
    if (peek(r) != '.' || !more(r)) return FNP_OK;
    r->at++;
    digits = six_digits(r, &out->us);
    *best = digits > 3 ? FNP_UNIT_us : FNP_UNIT_ms;
    if (digits < 6 || !is_digit(peek(r))) return FNP_OK;
    digits = six_digits(r, &out->ps);
    *best = digits > 3 ? FNP_UNIT_ps : FNP_UNIT_ns;
    if (digits < 6 || !is_digit(peek(r))) return FNP_OK;
    digits = six_digits(r, &out->as);
    *best = digits > 3 ? FNP_UNIT_as : FNP_UNIT_fs;
    return FNP_OK;
}

fnp_status fnp_iso_parse(const char *s, size_t n, int unit, fnp_casting casting, fnp_civil *out,
                         int *best, bool *special, bool *had_zone, fnp_error *err)
{
    static const char *const rules[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    reader r = {s, n, 0};
    int got;
    *out = (fnp_civil){.year = 1970, .month = 1, .day = 1};
    *special = true;
    *had_zone = false;
    if (n == 0 || is_word(s, n, "nat")) {
        out->year = FNP_NAT;
        *best = FNP_UNIT_GENERIC;
        return FNP_OK;
    }
    if (is_word(s, n, "today")) {
        time_t now = time(NULL);
        struct tm tm;
        localtime_r(&now, &tm);
        out->year = tm.tm_year + 1900;
        out->month = tm.tm_mon + 1;
        out->day = tm.tm_mday;
        got = FNP_UNIT_D;
    } else if (is_word(s, n, "now")) {
        FNP_TRY(fnp_ticks_to_civil((fnp_dtmeta){FNP_UNIT_s, 1}, (int64_t)time(NULL), out, err));
        got = FNP_UNIT_s;
    } else {
        *special = false;
        FNP_TRY(read_fields(&r, out, &got, err));
        if (more(&r)) {
            *had_zone = true;
            FNP_TRY(read_zone(&r, out, err));
        }
    }
    *best = got;
    if (unit == FNP_UNIT_GENERIC)
        return fnp_fail(err, FNP_EVALUE,
                        "Cannot create a NumPy datetime other than NaT with generic units");
    if (unit != FNP_UNIT_ERROR && !fnp_unit_can_cast(false, got, unit, casting))
        return fnp_fail(err, FNP_ETYPE,
                        "Cannot parse \"%.*s\" as unit '%s' using casting rule '%s'", (int)n, s,
                        fnp_unit_name(unit), rules[casting]);
    return FNP_OK;
}
