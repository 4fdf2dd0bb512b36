/* What the templates of loops ask for where elements are halves and lanes floats. */
#include "kernel/elementary_no_element.h"
#define SFX f16
#define T uint16_t
#define M(fn) fn##f
#define LOAD load_halves
#define STORE store_halves
#define GATHER gather_halves
#define ENOUGH(fn) fn##_rough
#define GET(p) fnp_half_to_float(*(const uint16_t *)(p))
#define PUT(p, v) (*(uint16_t *)(p) = fnp_half_from_float(v))

ALWAYS vd load_halves(const uint16_t *p)
{
#if VECTOR_BYTES == 64
    return (vd)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)p));
#elif VECTOR_BYTES == 32
    return (vd)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)p));
#else
    return (vd){GET(p), GET(p + 1), GET(p + 2), GET(p + 3)};
#endif
}
ALWAYS void store_halves(uint16_t *p, vd x)
{
#if VECTOR_BYTES == 64
    _mm256_storeu_si256((__m256i *)p, _mm512_cvtps_ph((__m512)x, _MM_FROUND_TO_NEAREST_INT));
#elif VECTOR_BYTES == 32
    _mm_storeu_si128((__m128i *)p, _mm256_cvtps_ph((__m256)x, _MM_FROUND_TO_NEAREST_INT));
#else
    for (int i = 0; i < LANES; i++) PUT(p + i, x[i]);
#endif
}
ALWAYS vd gather_halves(const char *p, fnp_intp stride)
{
    uint16_t near[LANES];
    for (int i = 0; i < LANES; i++, p += stride) near[i] = *(const uint16_t *)p;
    return load_halves(near);
}
