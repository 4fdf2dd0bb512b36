/* Quicksort of 32- and 64-bit integers with vectors: partitions compress in registers, runs that
 * fit a few registers are sorted by a bitonic network. Compiled once per CPU level. Techniques:
 * in-register compaction (Gueron and Krasnov 2016; Bramas 2017), bitonic merging (Batcher 1968). */
#include "kernel/sort.h"

#include <string.h>
#if defined(__SSE4_2__)
#include <immintrin.h>
#endif

#define CAT4_(a, b, c, d) a##b##c##d
#define CAT4(a, b, c, d) CAT4_(a, b, c, d)
#define INLINE static inline __attribute__((always_inline))

#if defined(__AVX2__)
static const uint64_t front8[256] = {
#include "sort_front8.def"
};
__attribute__((unused)) static const uint64_t front4[16] = {
#include "sort_front4.def"
};
#endif

#define BITS 32
#include "tmpl/sort_lane.h"
#undef BITS
#define BITS 64
#include "tmpl/sort_lane.h"
#undef BITS
