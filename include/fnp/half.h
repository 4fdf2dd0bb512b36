/* binary16 for arithmetic: conversions to and from binary32/64, in hardware where the level has it,
 * rounding to nearest even, with the floating-point flags that the conversion owes. */
#ifndef FNP_HALF_H
#define FNP_HALF_H

#include <stdint.h>
#include <string.h>

#include "fnp/base.h"

#if defined(__F16C__)
#include <immintrin.h>
#endif

static inline float fnp_half_to_float(uint16_t h)
{
#if defined(__F16C__)
    return _cvtsh_ss(h);
#else
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, mag = (uint32_t)(h & 0x7fff) << 13, bits;
    if (mag >= 0x0f800000) { /* inf, NaN */
        bits = mag + 0x70000000;
        if (mag > 0x0f800000) bits |= 0x00400000;
    } else if (mag >= 0x00800000) {
        bits = mag + 0x38000000;
    } else { /* zero, subnormal: the magnitude counts units of 2^-24 */
        float f = (float)(mag >> 13) * 0x1p-24f;
        memcpy(&bits, &f, 4);
    }
    bits |= sign;
    float r;
    memcpy(&r, &bits, 4);
    return r;
#endif
}

/* `bits` is a double's; the result is rounded once. */
static inline uint16_t fnp_half_from_double(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, 8);
    uint16_t sign = (uint16_t)((bits >> 48) & 0x8000);
    uint64_t mag = bits & 0x7fffffffffffffffULL;
    if (mag >= 0x7ff0000000000000ULL) {
        if (mag == 0x7ff0000000000000ULL) return sign | 0x7c00;
        return (uint16_t)(sign | 0x7e00 | ((mag >> 42) & 0x3ff));
    }
    if (mag >= 0x40effe0000000000ULL) { /* 65520 and more */
        fnp_fp_raise(FNP_FP_OVER);
        return sign | 0x7c00;
    }
    if (mag < 0x3f10000000000000ULL) {      /* below 2^-14 */
        if (mag <= 0x3e60000000000000ULL) { /* at most half the least subnormal */
            if (mag) fnp_fp_raise(FNP_FP_UNDER);
            return sign;
        }
        int shift = 1051 - (int)(mag >> 52); /* 2^-24 has exponent 999: 52 - (e - 999) */
        uint64_t m = (mag & 0xfffffffffffffULL) | 0x10000000000000ULL;
        uint64_t q = m >> shift, rest = m & ((1ULL << shift) - 1), half = 1ULL << (shift - 1);
        if (rest) fnp_fp_raise(FNP_FP_UNDER);
        if (rest > half || (rest == half && (q & 1))) q++;
        return (uint16_t)(sign | q);
    }
    uint64_t r = mag - 0x3f00000000000000ULL; /* exponent bias 1023 -> 15 */
    r += 0x1ffffffffffULL + ((r >> 42) & 1);
    return (uint16_t)(sign | (r >> 42));
}

static inline uint16_t fnp_half_from_float(float f)
{
#if defined(__F16C__)
    return _cvtss_sh(f, _MM_FROUND_TO_NEAREST_INT);
#else
    uint32_t bits;
    memcpy(&bits, &f, 4);
    uint16_t sign = (uint16_t)((bits >> 16) & 0x8000);
    uint32_t mag = bits & 0x7fffffff;
    if (mag >= 0x38800000 && mag < 0x477ff000) {
        uint32_t r = mag - 0x38000000;
        r += 0xfff + ((r >> 13) & 1);
        return (uint16_t)(sign | (r >> 13));
    }
    if (mag > 0x7f800000) return (uint16_t)(sign | 0x7e00 | ((mag >> 13) & 0x3ff));
    return fnp_half_from_double(f);
#endif
}

#endif
