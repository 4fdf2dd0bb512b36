/* Floats put together from their parts and taken apart: ldexp and frexp; compiled once per CPU
 * level. */
#include "kernel/tmpl/names.h"

#if defined(__AVX512F__)
#include <immintrin.h>
#define SCALE_VECTOR(a, e, out)                                                                    \
    _mm512_storeu_ps(                                                                              \
        out, _mm512_scalef_ps(_mm512_loadu_ps(a), _mm512_cvtepi32_ps(_mm512_loadu_si512(e))))
#define LANES 16
#endif
#define SFX f32
#define T float
#define U uint32_t
#define M(fn) fn##f
#define MANTISSA 23
#define TOP 255u
#include "kernel/tmpl/parts.h"
#undef SFX
#undef T
#undef U
#undef M
#undef MANTISSA
#undef TOP
#if defined(__AVX512F__)
#undef SCALE_VECTOR
#undef LANES
#define SCALE_VECTOR(a, e, out)                                                                    \
    _mm512_storeu_pd(                                                                              \
        out, _mm512_scalef_pd(_mm512_loadu_pd(a), _mm512_cvtepi32_pd(_mm256_loadu_si256(           \
                                                      (const __m256i *)(const void *)(e)))))
#define LANES 8
#endif
#define SFX f64
#define T double
#define U uint64_t
#define M(fn) fn
#define MANTISSA 52
#define TOP UINT64_C(2047)
#include "kernel/tmpl/parts.h"
