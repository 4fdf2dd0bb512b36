/* A square of SQUARE by SQUARE elements of 1 to 16 bytes turned over: dst[j][i] = src[i][j], `from`
 * and `to` being the bytes between lines. By interleaving 16-byte vectors, which every x86-64 has.
 */
#ifndef FNP_ARRAY_CROSSING_H
#define FNP_ARRAY_CROSSING_H
#include "fnp/base.h"

#include <string.h>

enum { SQUARE = 8 };

typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint16_t words8 __attribute__((vector_size(16)));
typedef uint32_t words4 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

#define LOW8(a, b)                                                                                 \
    __builtin_shufflevector((bytes16)(a), (bytes16)(b), 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21,  \
                            6, 22, 7, 23)
#define LOW16(a, b) __builtin_shufflevector((words8)(a), (words8)(b), 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH16(a, b) __builtin_shufflevector((words8)(a), (words8)(b), 4, 12, 5, 13, 6, 14, 7, 15)
#define LOW32(a, b) __builtin_shufflevector((words4)(a), (words4)(b), 0, 4, 1, 5)
#define HIGH32(a, b) __builtin_shufflevector((words4)(a), (words4)(b), 2, 6, 3, 7)
#define LOW64(a, b) __builtin_shufflevector((words2)(a), (words2)(b), 0, 2)
#define HIGH64(a, b) __builtin_shufflevector((words2)(a), (words2)(b), 1, 3)

static inline __attribute__((always_inline)) words2 cross_load(const char *p, size_t size)
{
    words2 v = {0, 0};
    memcpy(&v, p, size);
    return v;
}

static inline __attribute__((always_inline)) void cross_store(char *p, words2 v)
{
    memcpy(p, &v, sizeof v);
}

static inline void square_1(const char *src, fnp_intp from, char *dst, fnp_intp to)
{
    words2 r[8];
    for (int i = 0; i < 8; i++) r[i] = cross_load(src + i * from, 8);
    bytes16 p0 = LOW8(r[0], r[1]), p1 = LOW8(r[2], r[3]), p2 = LOW8(r[4], r[5]),
            p3 = LOW8(r[6], r[7]);
    words8 q0 = LOW16(p0, p1), q1 = HIGH16(p0, p1), q2 = LOW16(p2, p3), q3 = HIGH16(p2, p3);
    words2 pair[4] = {(words2)LOW32(q0, q2), (words2)HIGH32(q0, q2), (words2)LOW32(q1, q3),
                      (words2)HIGH32(q1, q3)};
    for (int j = 0; j < 8; j++) {
        uint64_t line = pair[j / 2][j % 2];
        memcpy(dst + j * to, &line, sizeof line);
    }
}

static inline void square_2(const char *src, fnp_intp from, char *dst, fnp_intp to)
{
    words2 r[8];
    for (int i = 0; i < 8; i++) r[i] = cross_load(src + i * from, 16);
    for (int half = 0; half < 2; half++) { /* columns 0 to 3, then 4 to 7 */
        words8 a0 = half ? HIGH16(r[0], r[1]) : LOW16(r[0], r[1]),
               a1 = half ? HIGH16(r[2], r[3]) : LOW16(r[2], r[3]),
               a2 = half ? HIGH16(r[4], r[5]) : LOW16(r[4], r[5]),
               a3 = half ? HIGH16(r[6], r[7]) : LOW16(r[6], r[7]);
        words4 b0 = LOW32(a0, a1), b1 = HIGH32(a0, a1), c0 = LOW32(a2, a3), c1 = HIGH32(a2, a3);
        char *d = dst + 4 * half * to;
        cross_store(d, LOW64(b0, c0));
        cross_store(d + to, HIGH64(b0, c0));
        cross_store(d + 2 * to, LOW64(b1, c1));
        cross_store(d + 3 * to, HIGH64(b1, c1));
    }
}

static inline void square_4(const char *src, fnp_intp from, char *dst, fnp_intp to)
{
    for (int j = 0; j < SQUARE; j += 4)
        for (int i = 0; i < SQUARE; i += 4) {
            const char *s = src + i * from + j * 4;
            char *d = dst + j * to + i * 4;
            words2 r0 = cross_load(s, 16), r1 = cross_load(s + from, 16),
                   r2 = cross_load(s + 2 * from, 16), r3 = cross_load(s + 3 * from, 16);
            words4 a0 = LOW32(r0, r1), a1 = HIGH32(r0, r1), a2 = LOW32(r2, r3), a3 = HIGH32(r2, r3);
            cross_store(d, LOW64(a0, a2));
            cross_store(d + to, HIGH64(a0, a2));
            cross_store(d + 2 * to, LOW64(a1, a3));
            cross_store(d + 3 * to, HIGH64(a1, a3));
        }
}

static inline void square_8(const char *src, fnp_intp from, char *dst, fnp_intp to)
{
    for (int j = 0; j < SQUARE; j += 2)
        for (int i = 0; i < SQUARE; i += 2) {
            const char *s = src + i * from + j * 8;
            char *d = dst + j * to + i * 8;
            words2 r0 = cross_load(s, 16), r1 = cross_load(s + from, 16);
            cross_store(d, LOW64(r0, r1));
            cross_store(d + to, HIGH64(r0, r1));
        }
}

static inline void square_16(const char *src, fnp_intp from, char *dst, fnp_intp to)
{
    for (int j = 0; j < SQUARE; j++)
        for (int i = 0; i < SQUARE; i++)
            cross_store(dst + j * to + i * 16, cross_load(src + i * from + j * 16, 16));
}
#endif
