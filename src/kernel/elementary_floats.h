/* Lanes of floats, for elementary_vector.h: the same names as of doubles, so that one source serves
 * both types. */
typedef float lane;
typedef int32_t lane_bits;
typedef uint32_t lane_word;
#if defined(__AVX512F__)
typedef __mmask16 lane_mask;
#endif
#define REAL_(op) op##_ps
#define REAL(op) REAL_(op)
#define WHOLE_MASK(op) op##32_mask

#define MAGNITUDE_BITS INT32_C(0x7fffffff)
#define SIGN_BIT (INT32_C(-1) - MAGNITUDE_BITS)
#define MANTISSA 23
#define BIAS 127
#define TINY_POWER -60
#define SHIFTER 0x1.8p23f
#define INVERSE_BITS 0x7ef311c7
#define K(of_double, of_float) (of_float)

#include "kernel/elementary_lanes.h"

/* By the last four bits of the index. */
ALWAYS vd look16(const sixteen table, vu j)
{
#if VECTOR_BYTES == 64
    return _mm512_permutexvar_ps((__m512i)j, _mm512_load_ps(table));
#elif VECTOR_BYTES == 32
    vd low = _mm256_permutevar8x32_ps(_mm256_load_ps(table), (__m256i)j);
    vd high = _mm256_permutevar8x32_ps(_mm256_load_ps(table + 8), (__m256i)j);
    return _mm256_blendv_ps(low, high, (vd)(j << 28));
#else
    vd r;
    for (int i = 0; i < LANES; i++) r[i] = table[j[i] & 15];
    return r;
#endif
}
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j) /* 0 elsewhere */
{
#if VECTOR_BYTES == 64
    return _mm512_maskz_permutexvar_ps(mask, (__m512i)j, _mm512_load_ps(table));
#else
    return kept(mask, look16(table, j));
#endif
}
/* By the last five bits of the index; 0 outside the mask. */
ALWAYS vd look32_kept(vm mask, const thirty_two table, vu j)
{
#if VECTOR_BYTES == 64
    return (vd)_mm512_maskz_permutex2var_ps(mask, _mm512_load_ps(table), (__m512i)j,
                                            _mm512_load_ps(table + 16));
#else
    vi high = (j & 16) != 0;
    return kept(mask, pick(high, look16(table + 16, j), look16(table, j)));
#endif
}
ALWAYS vd from_ints(vi n)
{
    return __builtin_convertvector(n, vd);
}
/* The first nine bits, as a number. */
ALWAYS vd exponent_of(vi x)
{
    return from_ints(x >> MANTISSA);
}
ALWAYS vd gather_lanes(const char *p, fnp_intp stride)
{
#if VECTOR_BYTES == 64
    vi j = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return (vd)_mm512_mask_i32gather_ps(_mm512_setzero_ps(), 0xffff, (__m512i)(j * (int)stride), p,
                                        1);
#elif VECTOR_BYTES == 32
    vi j = {0, 1, 2, 3, 4, 5, 6, 7};
    return (vd)_mm256_i32gather_ps((const float *)p, (__m256i)(j * (int)stride), 1);
#else
    return (vd){*(const float *)p, *(const float *)(p + stride), *(const float *)(p + 2 * stride),
                *(const float *)(p + 3 * stride)};
#endif
}
/* x: the first, third ... of the elements of a and b; y: the others. */
ALWAYS void part(vd a, vd b, vd *x, vd *y)
{
#if VECTOR_BYTES == 64
    vi even = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};
    *x = __builtin_shuffle(a, b, even);
    *y = __builtin_shuffle(a, b, even + 1);
#elif VECTOR_BYTES == 32
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6, 8, 10, 12, 14});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7, 9, 11, 13, 15});
#else
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7});
#endif
}
