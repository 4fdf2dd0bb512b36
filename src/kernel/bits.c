/* Truth values to bits and back, whole bytes of them; compiled once per CPU level. */
#include "kernel/dense.h"

#include <string.h>
#if defined(__SSSE3__)
#include <immintrin.h>
#endif

#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)

/* Eights of bytes turned round, as a mask for byte shuffles. */
#define TURN 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8

static uint8_t pack_one(const uint8_t *in, bool little)
{
    unsigned byte = 0;
    for (int k = 0; k < 8; k++) byte |= (unsigned)(in[k] != 0) << (little ? k : 7 - k);
    return (uint8_t)byte;
}

void CAT(fnp__pack_bytes, FNP_LV)(const uint8_t *in, fnp_intp count, uint8_t *out, bool little)
{
    fnp_intp i = 0;
#if defined(__AVX512BW__)
    const __m512i turn = _mm512_broadcast_i32x4(_mm_setr_epi8(TURN));
    for (; i + 8 <= count; i += 8) {
        __m512i x = _mm512_loadu_si512(in + 8 * i);
        if (!little) x = _mm512_shuffle_epi8(x, turn);
        uint64_t m = _mm512_test_epi8_mask(x, x);
        memcpy(out + i, &m, 8);
    }
#elif defined(__AVX2__)
    const __m256i turn = _mm256_setr_epi8(TURN, TURN), zero = _mm256_setzero_si256();
    for (; i + 4 <= count; i += 4) {
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(in + 8 * i));
        if (!little) x = _mm256_shuffle_epi8(x, turn);
        uint32_t m = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, zero));
        memcpy(out + i, &m, 4);
    }
#endif
#if defined(__SSSE3__)
    const __m128i turn1 = _mm_setr_epi8(TURN);
    for (; i + 2 <= count; i += 2) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(in + 8 * i));
        if (!little) x = _mm_shuffle_epi8(x, turn1);
        uint16_t m = (uint16_t)~_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128()));
        memcpy(out + i, &m, 2);
    }
#endif
    for (; i < count; i++) out[i] = pack_one(in + 8 * i, little);
}

void CAT(fnp__unpack_bytes, FNP_LV)(const uint8_t *in, fnp_intp count, uint8_t *out, bool little)
{
    fnp_intp i = 0;
#if defined(__AVX512BW__)
    const __m512i turn = _mm512_broadcast_i32x4(_mm_setr_epi8(TURN)), one = _mm512_set1_epi8(1);
    for (; i + 8 <= count; i += 8) {
        uint64_t m;
        memcpy(&m, in + i, 8);
        __m512i x = _mm512_maskz_mov_epi8(m, one);
        if (!little) x = _mm512_shuffle_epi8(x, turn);
        _mm512_storeu_si512(out + 8 * i, x);
    }
#elif defined(__AVX2__)
    const __m256i each = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2,
                                          2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
    const __m256i bit = _mm256_set1_epi64x(little ? (long long)0x8040201008040201u
                                                  : (long long)0x0102040810204080u);
    for (; i + 4 <= count; i += 4) {
        int four;
        memcpy(&four, in + i, 4);
        __m256i x = _mm256_shuffle_epi8(_mm256_set1_epi32(four), each);
        x = _mm256_min_epu8(_mm256_and_si256(x, bit), _mm256_set1_epi8(1));
        _mm256_storeu_si256((__m256i *)(void *)(out + 8 * i), x);
    }
#endif
    for (; i < count; i++) {
        /* a copy of the byte for each bit, of which only that one is kept and brought down */
        const uint64_t bits = little ? 0x8040201008040201u : 0x0102040810204080u;
        uint64_t x = in[i] * 0x0101010101010101u & bits;
        x = ((x + 0x7f7f7f7f7f7f7f7fu) | x) >> 7 & 0x0101010101010101u;
        memcpy(out + 8 * i, &x, 8);
    }
}
