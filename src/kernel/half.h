/* IEEE binary16 as integers: exact conversions that keep NaN payloads, signalling ones included,
 * and raise the flags that a hardware conversion would (underflow: inexact and below the smallest
 * normal). */
#ifndef FNP_KERNEL_HALF_H
#define FNP_KERNEL_HALF_H

#include <fenv.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t half_to_f32_bits(uint16_t h)
{
    uint32_t sign = (uint32_t)(h & 0x8000u) << 16, mag = h & 0x7fffu;
    if (mag >= 0x7c00u) return sign | 0x7f800000u | (mag & 0x3ffu) << 13;
    if (mag >= 0x400u) return sign | ((mag << 13) + ((127u - 15u) << 23));
    if (mag == 0) return sign;
    int shift = __builtin_clz(mag) - 21; /* brings the leading bit to bit 10 */
    return sign | ((uint32_t)(113 - shift) << 23) | ((mag << shift & 0x3ffu) << 13);
}

static inline uint64_t half_to_f64_bits(uint16_t h)
{
    uint64_t sign = (uint64_t)(h & 0x8000u) << 48, mag = h & 0x7fffu;
    if (mag >= 0x7c00u) return sign | 0x7ff0000000000000u | (mag & 0x3ffu) << 42;
    if (mag >= 0x400u) return sign | ((mag << 42) + ((uint64_t)(1023 - 15) << 52));
    if (mag == 0) return sign;
    int shift = __builtin_clz((uint32_t)mag) - 21;
    return sign | ((uint64_t)(1009 - shift) << 52) | ((mag << shift & 0x3ffu) << 42);
}

static inline float half_to_f32(uint16_t h)
{
    uint32_t bits = half_to_f32_bits(h);
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline double half_to_f64(uint16_t h)
{
    uint64_t bits = half_to_f64_bits(h);
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Magnitude `mag` of a binary float with `mbits` mantissa bits and exponent bias `bias` to half's
 * magnitude. */
static inline uint16_t half_round(uint64_t mag, int mbits, int bias)
{
    uint64_t inf = (uint64_t)(2 * bias + 1) << mbits;
    if (mag >= inf) {
        uint16_t payload = (uint16_t)(mag >> (mbits - 10) & 0x3ffu);
        if (mag == inf) return 0x7c00u;
        return 0x7c00u | (payload ? payload : 1u);
    }
    int exponent = (int)(mag >> mbits) - bias;
    uint64_t mantissa = mag & (((uint64_t)1 << mbits) - 1);
    if (exponent >= 16) {
        feraiseexcept(FE_OVERFLOW);
        return 0x7c00u;
    }
    int drop = mbits - 10;
    if (exponent < -14) {
        if (mag == 0) return 0;
        if (exponent < -25) {
            feraiseexcept(FE_UNDERFLOW);
            return 0;
        }
        mantissa |= (uint64_t)1 << mbits;
        drop += -14 - exponent;
        exponent = -15;
    }
    uint64_t rest = mantissa & (((uint64_t)1 << drop) - 1), tie = (uint64_t)1 << (drop - 1);
    uint32_t r = ((uint32_t)(exponent + 15) << 10) + (uint32_t)(mantissa >> drop);
    if (exponent == -15 && rest) feraiseexcept(FE_UNDERFLOW);
    if (rest > tie || (rest == tie && (r & 1))) r++;
    if (r == 0x7c00u) feraiseexcept(FE_OVERFLOW);
    return (uint16_t)r;
}

static inline uint16_t half_from_f32(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (uint16_t)(bits >> 16 & 0x8000u) | half_round(bits & 0x7fffffffu, 23, 127);
}

static inline uint16_t half_from_f64(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (uint16_t)(bits >> 48 & 0x8000u) | half_round(bits & 0x7fffffffffffffffu, 52, 1023);
}

#if defined(__F16C__)
#include <immintrin.h>

/* Neither side of a cast need be aligned. */
typedef float half_loose_f32 __attribute__((aligned(1), may_alias));
typedef uint16_t half_loose_u16 __attribute__((aligned(1), may_alias));

/* Runs by the hardware, eight at a time; eights with a NaN, whose payload the hardware would
 * change, go one by one. */
static inline void half_run_from_f32(const half_loose_f32 *s, half_loose_u16 *d, ptrdiff_t n)
{
    ptrdiff_t i = 0;
    for (; i + 8 <= n; i += 8) {
        __m256 v = _mm256_loadu_ps((const float *)(s + i));
        if (__builtin_expect(_mm256_movemask_ps(_mm256_cmp_ps(v, v, _CMP_UNORD_Q)), 0)) {
            for (int k = 0; k < 8; k++) d[i + k] = half_from_f32(s[i + k]);
        } else {
            _mm_storeu_si128((__m128i *)(d + i), _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT));
        }
    }
    for (; i < n; i++) d[i] = half_from_f32(s[i]);
}

#if defined(__AVX2__)
typedef double half_loose_f64 __attribute__((aligned(1), may_alias));

/* Doubles to floats that keep what rounding to half is to see: towards zero, the last bit set where
 * anything was lost (rounding to odd; a float has more than two bits more than half). */
static inline __m256 half_odd_floats(const half_loose_f64 *s, int *unordered)
{
#if defined(__AVX512VL__)
    __m512d x = _mm512_loadu_pd(s);
    __m256 t = _mm512_cvt_roundpd_ps(x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
    __mmask8 lost = _mm512_cmp_pd_mask(_mm512_cvtps_pd(t), x, _CMP_NEQ_UQ);
    *unordered = _mm512_cmp_pd_mask(x, x, _CMP_UNORD_Q);
    __m256i b = _mm256_castps_si256(t);
    return _mm256_castsi256_ps(_mm256_mask_or_epi32(b, lost, b, _mm256_set1_epi32(1)));
#else
    const __m256d size = _mm256_castsi256_pd(_mm256_set1_epi64x(INT64_MAX));
    __m256d x0 = _mm256_loadu_pd((const double *)s), x1 = _mm256_loadu_pd((const double *)s + 4);
    __m128 t0 = _mm256_cvtpd_ps(x0), t1 = _mm256_cvtpd_ps(x1);
    __m256d b0 = _mm256_cvtps_pd(t0), b1 = _mm256_cvtps_pd(t1);
#define NARROW(p, q)                                                                               \
    _mm256_permute4x64_epi64(                                                                      \
        _mm256_castps_si256(_mm256_shuffle_ps(_mm256_castpd_ps(p), _mm256_castpd_ps(q), 0x88)),    \
        0xd8)
    __m256i lost = NARROW(_mm256_cmp_pd(b0, x0, _CMP_NEQ_UQ), _mm256_cmp_pd(b1, x1, _CMP_NEQ_UQ));
    __m256i away =
        NARROW(_mm256_cmp_pd(_mm256_and_pd(b0, size), _mm256_and_pd(x0, size), _CMP_GT_OQ),
               _mm256_cmp_pd(_mm256_and_pd(b1, size), _mm256_and_pd(x1, size), _CMP_GT_OQ));
#undef NARROW
    *unordered = _mm256_movemask_pd(_mm256_cmp_pd(x0, x0, _CMP_UNORD_Q)) |
                 _mm256_movemask_pd(_mm256_cmp_pd(x1, x1, _CMP_UNORD_Q));
    __m256i b = _mm256_add_epi32(_mm256_castps_si256(_mm256_set_m128(t1, t0)), away);
    return _mm256_castsi256_ps(_mm256_or_si256(b, _mm256_and_si256(lost, _mm256_set1_epi32(1))));
#endif
}

static inline void half_run_from_f64(const half_loose_f64 *s, half_loose_u16 *d, ptrdiff_t n)
{
    ptrdiff_t i = 0;
    for (; i + 8 <= n; i += 8) {
        int unordered;
        __m256 v = half_odd_floats(s + i, &unordered);
        if (__builtin_expect(unordered, 0)) {
            for (int k = 0; k < 8; k++) d[i + k] = half_from_f64(s[i + k]);
        } else {
            _mm_storeu_si128((__m128i *)(d + i), _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT));
        }
    }
    for (; i < n; i++) d[i] = half_from_f64(s[i]);
}
#endif

static inline void half_run_to_f32(const half_loose_u16 *s, half_loose_f32 *d, ptrdiff_t n)
{
    const __m128i magnitude = _mm_set1_epi16(0x7fff), inf = _mm_set1_epi16(0x7c00);
    ptrdiff_t i = 0;
    for (; i + 8 <= n; i += 8) {
        __m128i v = _mm_loadu_si128((const __m128i *)(s + i));
        if (__builtin_expect(_mm_movemask_epi8(_mm_cmpgt_epi16(_mm_and_si128(v, magnitude), inf)),
                             0)) {
            for (int k = 0; k < 8; k++) d[i + k] = half_to_f32(s[i + k]);
        } else {
            _mm256_storeu_ps((float *)(d + i), _mm256_cvtph_ps(v));
        }
    }
    for (; i < n; i++) d[i] = half_to_f32(s[i]);
}
#endif

#endif
