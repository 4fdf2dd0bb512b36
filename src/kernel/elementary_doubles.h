/* Lanes of doubles, for elementary_vector.h. */
typedef double lane;
typedef int64_t lane_bits;
typedef uint64_t lane_word;
#if defined(__AVX512F__)
typedef __mmask8 lane_mask;
#endif
#define REAL_(op) op##_pd
#define REAL(op) REAL_(op)
#define WHOLE_MASK(op) op##64_mask

#define MAGNITUDE_BITS INT64_C(0x7fffffffffffffff)
#define SIGN_BIT (INT64_C(-1) - MAGNITUDE_BITS)
#define MANTISSA 52
#define BIAS 1023
#define TINY_POWER -500
#define SHIFTER 0x1.8p52 /* added and taken away: rounds to an integer, found in the low bits */
#define INVERSE_BITS 0x7fde6238502484ba
#define K(of_double, of_float) (of_double)

#include "kernel/elementary_lanes.h"

/* By the last four or five bits of the index. */
#if VECTOR_BYTES == 64
ALWAYS vd look16(const sixteen table, vu j)
{
    return _mm512_permutex2var_pd(_mm512_load_pd(table), (__m512i)j, _mm512_load_pd(table + 8));
}
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j) /* 0 elsewhere */
{
    return _mm512_maskz_permutex2var_pd(mask, _mm512_load_pd(table), (__m512i)j,
                                        _mm512_load_pd(table + 8));
}
ALWAYS vd look32(const thirty_two table, vu j)
{
    return pick(has(j, 16), look16(table + 16, j), look16(table, j));
}
/* The first twelve bits, as a number. */
ALWAYS vd exponent_of(vi x)
{
    return _mm512_cvtepi64_pd((__m512i)(x >> 52));
}
ALWAYS vd load_floats(const float *p)
{
    return _mm512_cvtps_pd(_mm256_loadu_ps(p));
}
ALWAYS void store_floats(float *p, vd x)
{
    _mm256_storeu_ps(p, _mm512_cvtpd_ps(x));
}
#else
ALWAYS vd look_up(const double *table, vu j)
{
#if VECTOR_BYTES == 32
    return _mm256_i64gather_pd(table, (__m256i)j, 8);
#else
    return (vd){table[j[0]], table[j[1]]};
#endif
}
ALWAYS vd look16(const sixteen table, vu j)
{
    return look_up(table, j & 15);
}
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j) /* 0 elsewhere */
{
    return kept(mask, look16(table, j));
}
ALWAYS vd look32(const thirty_two table, vu j)
{
    return look_up(table, j & 31);
}
/* The first twelve bits, as a number. */
ALWAYS vd exponent_of(vi x)
{
    vu k = ((vu)x + (vu)all_bits(INT64_C(1) << 62)) >> 52; /* the exponent and 1024 */
    return (vd)(k | (vu)all_bits(INT64_C(0x4330000000000000))) - (0x1p52 + 1024);
}
ALWAYS vd load_floats(const float *p)
{
#if VECTOR_BYTES == 32
    return _mm256_cvtps_pd(_mm_loadu_ps(p));
#else
    return (vd){p[0], p[1]};
#endif
}
ALWAYS void store_floats(float *p, vd x)
{
#if VECTOR_BYTES == 32
    _mm_storeu_ps(p, _mm256_cvtpd_ps(x));
#else
    p[0] = (float)x[0];
    p[1] = (float)x[1];
#endif
}
#endif
/* x: the first, third ... of the elements of a and b; y: the others. */
ALWAYS void part(vd a, vd b, vd *x, vd *y)
{
#if VECTOR_BYTES == 64
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6, 8, 10, 12, 14});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7, 9, 11, 13, 15});
#elif VECTOR_BYTES == 32
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7});
#else
    *x = __builtin_shuffle(a, b, (vi){0, 2});
    *y = __builtin_shuffle(a, b, (vi){1, 3});
#endif
}
ALWAYS vd gather_lanes(const char *p, fnp_intp stride)
{
#if VECTOR_BYTES == 64
    vi j = {0, 1, 2, 3, 4, 5, 6, 7};
    return (vd)_mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, (__m512i)(j * stride), p, 1);
#elif VECTOR_BYTES == 32
    vi j = {0, 1, 2, 3};
    return (vd)_mm256_i64gather_pd((const double *)p, (__m256i)(j * stride), 1);
#else
    return (vd){*(const double *)p, *(const double *)(p + stride)};
#endif
}
ALWAYS vd gather_floats(const char *p, fnp_intp stride)
{
#if VECTOR_BYTES == 64
    vi j = {0, 1, 2, 3, 4, 5, 6, 7};
    return (vd)_mm512_cvtps_pd(_mm512_i64gather_ps((__m512i)(j * stride), p, 1));
#elif VECTOR_BYTES == 32
    vi j = {0, 1, 2, 3};
    return (vd)_mm256_cvtps_pd(_mm256_i64gather_ps((const float *)p, (__m256i)(j * stride), 1));
#else
    return (vd){*(const float *)p, *(const float *)(p + stride)};
#endif
}
