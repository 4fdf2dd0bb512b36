/* Correlation of dense runs; compiled once per CPU level. */
#include "kernel/dense.h"

#include <string.h>

#define CAT_(a, b) a##_##b
#define FN_(a, b) CAT_(a, b)
#define FN(x) FN_(x, SFX)
#define CAT3_(a, b, c) a##_##b##_##c
#define CAT3(a, b, c) CAT3_(a, b, c)
#define INLINE static inline __attribute__((always_inline))
#if defined(__AVX512F__)
#define VECTOR_BYTES 64
#elif defined(__AVX2__)
#define VECTOR_BYTES 32
#else
#define VECTOR_BYTES 16
#endif

#define SFX f32
#define T float
#include "kernel/tmpl/slide.h"
#undef SFX
#undef T
#define SFX f64
#define T double
#include "kernel/tmpl/slide.h"
#undef SFX
#undef T
/* signed and unsigned alike: products wrap */
#define SFX u32
#define T uint32_t
#include "kernel/tmpl/slide.h"
#undef SFX
#undef T
#define SFX u64
#define T uint64_t
#include "kernel/tmpl/slide.h"
