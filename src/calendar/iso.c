/* ISO 8601 dates to text. */
#include "fnp/calendar.h"

#include <stdio.h>
#include <string.h>

size_t fnp_iso_format_room(bool zone, int unit)
{
    static const uint8_t rooms[] = {
        [FNP_UNIT_Y] = 22,  [FNP_UNIT_M] = 25,  [FNP_UNIT_W] = 28,     [FNP_UNIT_D] = 28,
        [FNP_UNIT_h] = 32,  [FNP_UNIT_m] = 35,  [FNP_UNIT_s] = 38,     [FNP_UNIT_ms] = 42,
        [FNP_UNIT_us] = 45, [FNP_UNIT_ns] = 48, [FNP_UNIT_ps] = 51,    [FNP_UNIT_fs] = 54,
        [FNP_UNIT_as] = 57, [3] = 62,           [FNP_UNIT_GENERIC] = 4};
    if (unit == FNP_UNIT_ERROR) return 62;
    return rooms[unit] + (zone && unit >= FNP_UNIT_h && unit <= FNP_UNIT_as ? 4u : 0u);
}

static fnp_status check_unit(fnp_iso_zone zone, int unit, int base, fnp_casting casting,
                             fnp_error *err)
{
    static const char *const rules[] = {"'no'", "'equiv'", "'safe'", "'same_kind'", "'unsafe'"};
    bool local = zone == FNP_ZONE_LOCAL || zone == FNP_ZONE_OFFSET;
    if (casting == FNP_CAST_UNSAFE) return FNP_OK;
    if (unit <= FNP_UNIT_D && local)
        return fnp_fail(err, FNP_ETYPE,
                        "Cannot create a local timezone-based date string from a NumPy datetime "
                        "without forcing 'unsafe' casting");
    if (base != FNP_UNIT_ERROR &&
        (!fnp_unit_can_cast(false, base, unit, casting) ||
         (casting == FNP_CAST_SAFE && base > unit && base != FNP_UNIT_GENERIC)))
        return fnp_fail(err, FNP_ETYPE,
                        "Cannot create a datetime string as units '%s' from a NumPy datetime with "
                        "units '%s' according to the rule %s",
                        fnp_unit_name(unit), fnp_unit_name(base), rules[casting]);
    return FNP_OK;
}

/* `digits` digits of a number that has no more. */
static inline void put_digits(char *p, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10) p[i] = (char)('0' + value % 10);
}

/* A mark and two digits. */
static inline int put_field(char *p, char mark, int value)
{
    p[0] = mark;
    put_digits(p + 1, (unsigned)value, 2);
    return 3;
}

/* The fraction of a second: three digits per step of the unit. */
static int put_fraction(char *p, const fnp_civil *c, int unit)
{
    char digits[19] = ".";
    int n = 3 * (unit - FNP_UNIT_s);
    put_digits(digits + 1, (unsigned)c->us, 6);
    put_digits(digits + 7, (unsigned)c->ps, 6);
    put_digits(digits + 13, (unsigned)c->as, 6);
    memcpy(p, digits, (size_t)n + 1);
    return n + 1;
}

fnp_status fnp_iso_format(const fnp_civil *civil, fnp_iso_zone zone, int offset, int unit, int base,
                          fnp_casting casting, char *buf, size_t cap, size_t *len, fnp_error *err)
{
    fnp_civil c = *civil;
    char text[96];
    int n;
    if (c.year == FNP_NAT || unit == FNP_UNIT_GENERIC) {
        if (c.year != FNP_NAT) FNP_TRY(check_unit(zone, unit, base, casting, err));
        n = sprintf(text, "NaT");
        goto done;
    }
    if (zone == FNP_ZONE_LOCAL) {
        FNP_TRY(fnp_civil_to_local(&c, &offset, err));
    } else if (zone == FNP_ZONE_OFFSET) {
        fnp_civil_add_minutes(&c, offset);
    }
    if (unit == FNP_UNIT_ERROR) {
        unit = fnp_civil_lossless_unit(&c);
        /* a zone needs a time to stand behind */
        if (unit < FNP_UNIT_m && zone != FNP_ZONE_NAIVE && zone != FNP_ZONE_UTC) unit = FNP_UNIT_m;
    } else {
        FNP_TRY(check_unit(zone, unit, base, casting, err));
    }
    if (c.year >= 0 && c.year <= 9999)
        put_digits(text, (unsigned)c.year, n = 4);
    else
        n = snprintf(text, sizeof text, "%04lld", (long long)c.year);
    if (unit >= FNP_UNIT_M) n += put_field(text + n, '-', c.month);
    if (unit >= FNP_UNIT_W) n += put_field(text + n, '-', c.day);
    if (unit >= FNP_UNIT_h) n += put_field(text + n, 'T', c.hour);
    if (unit >= FNP_UNIT_m) n += put_field(text + n, ':', c.min);
    if (unit >= FNP_UNIT_s) n += put_field(text + n, ':', c.sec);
    if (unit > FNP_UNIT_s) n += put_fraction(text + n, &c, unit);
    if (unit >= FNP_UNIT_h) {
        int minutes = offset < 0 ? -offset : offset;
        if (zone == FNP_ZONE_UTC) text[n++] = 'Z';
        if (zone == FNP_ZONE_LOCAL || zone == FNP_ZONE_OFFSET)
            n += sprintf(text + n, "%c%02d%02d", offset < 0 ? '-' : '+', minutes / 60 % 100,
                         minutes % 60);
    }
done:
    if ((size_t)n >= cap)
        return fnp_fail(err, FNP_ERUNTIME,
                        "The string provided for NumPy ISO datetime formatting was too short, "
                        "with length %zu",
                        cap);
    memcpy(buf, text, (size_t)n);
    buf[n] = 0;
    *len = (size_t)n;
    return FNP_OK;
}
