/* Bits of a float apart, and together again. */
#include "numtext_internal.h"

#include <string.h>

const fnp__format fnp__formats[4] = {
    [FNP_FLOAT_F16] = {11, -24, 5},
    [FNP_FLOAT_F32] = {24, -149, 104},
    [FNP_FLOAT_F64] = {53, -1074, 971},
    [FNP_FLOAT_FLD] = {64, -16445, 16320},
};

const uint64_t fnp__pow10[FNP__POW10_MAX - FNP__POW10_MIN + 1][2] = {
#include "pow10.def"
};

/* An IEEE interchange format of `frac` stored mantissa bits and `ebits` exponent bits. */
static fnp__binary decode_ieee(uint64_t bits, int frac, int ebits, int emin)
{
    uint64_t mant = bits & ((UINT64_C(1) << frac) - 1);
    int e = (int)(bits >> frac) & ((1 << ebits) - 1);
    fnp__binary r = {.mant = mant, .exp = emin, .negative = bits >> (frac + ebits) & 1};
    if (e == (1 << ebits) - 1) {
        r.what = mant ? FNP__NAN : FNP__INF;
    } else if (e) {
        r.mant |= UINT64_C(1) << frac;
        r.exp = emin + e - 1;
        r.low_closer = !mant && e > 1;
    }
    return r;
}

static fnp__binary decode_x87(const void *x)
{
    uint64_t mant;
    uint16_t se;
    int e;
    fnp__binary r = {0};
    memcpy(&mant, x, 8);
    memcpy(&se, (const char *)x + 8, 2);
    e = se & 0x7fff;
    r.negative = se >> 15;
    r.mant = mant;
    if (e == 0x7fff)
        r.what = mant << 1 ? FNP__NAN : FNP__INF;
    else
        r.exp = -16445 + (e ? e - 1 : 0);
    r.low_closer = r.what == FNP__FINITE && e > 1 && mant == UINT64_C(1) << 63;
    return r;
}

fnp__binary fnp__decode(fnp_fkind kind, const void *x)
{
    uint16_t h;
    uint32_t f;
    uint64_t d;
    switch (kind) {
    case FNP_FLOAT_F16: memcpy(&h, x, 2); return decode_ieee(h, 10, 5, -24);
    case FNP_FLOAT_F32: memcpy(&f, x, 4); return decode_ieee(f, 23, 8, -149);
    case FNP_FLOAT_F64: memcpy(&d, x, 8); return decode_ieee(d, 52, 11, -1074);
    default: return decode_x87(x);
    }
}

/* Sign, biased exponent and mantissa (with its leading bit) into the format's bytes. */
static void put(fnp_fkind kind, bool negative, uint64_t biased, uint64_t mant, void *out)
{
    uint64_t s = negative;
    if (kind == FNP_FLOAT_F16) {
        uint16_t v = (uint16_t)(s << 15 | biased << 10 | (mant & 0x3ff));
        memcpy(out, &v, 2);
    } else if (kind == FNP_FLOAT_F32) {
        uint32_t v = (uint32_t)(s << 31 | biased << 23 | (mant & 0x7fffff));
        memcpy(out, &v, 4);
    } else if (kind == FNP_FLOAT_F64) {
        uint64_t v = s << 63 | biased << 52 | (mant & ((UINT64_C(1) << 52) - 1));
        memcpy(out, &v, 8);
    } else {
        uint16_t se = (uint16_t)(s << 15 | biased);
        memset(out, 0, sizeof(long double));
        memcpy(out, &mant, 8);
        memcpy((char *)out + 8, &se, 2);
    }
}

static uint64_t biased_max(fnp_fkind kind)
{
    static const uint16_t top[4] = {31, 255, 2047, 32767};
    return top[kind];
}

void fnp__encode_inf(fnp_fkind kind, bool negative, void *out)
{
    put(kind, negative, biased_max(kind), UINT64_C(1) << 63, out);
}

void fnp__encode_nan(fnp_fkind kind, bool negative, void *out)
{
    uint64_t quiet =
        kind == FNP_FLOAT_FLD ? UINT64_C(3) << 62 : UINT64_C(1) << (fnp__formats[kind].bits - 2);
    put(kind, negative, biased_max(kind), quiet, out);
}

void fnp__encode(fnp_fkind kind, bool negative, uint64_t mant, int exp, void *out)
{
    const fnp__format *f = &fnp__formats[kind];
    if (mant && exp > f->emax) {
        fnp__encode_inf(kind, negative, out);
        return;
    }
    bool normal = mant >> (f->bits - 1);
    put(kind, negative, normal ? (uint64_t)(exp - f->emin + 1) : 0, mant, out);
}
