/* Names and helpers that all kernel templates share. The file that includes a template defines
 * FNP_LV, the CPU level's tag (v2, v3, v4), on its command line. */
#ifndef FNP_KERNEL_NAMES_H
#define FNP_KERNEL_NAMES_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "fnp/base.h"
#include "fnp/loop.h"
#include "fnp/half.h"

#define K_CAT3_(a, b, c) fnp__k_##a##_##b##_##c
#define K_CAT3(a, b, c) K_CAT3_(a, b, c)
/* The kernel of operation `op` for the type of the template at hand. */
#define KN(op) K_CAT3(op, SFX, FNP_LV)
#define K_CAT2_(a, b) a##_##b
#define K_CAT2(a, b) K_CAT2_(a, b)
/* A function of the template's own. */
#define FN(x) K_CAT2(x, SFX)

#define KERNEL_ARGS char **args, const fnp_intp *dims, const fnp_intp *steps, void *data
#define HIDDEN_KERNEL __attribute__((visibility("hidden")))
#define ALWAYS static inline __attribute__((always_inline, unused))

/* Whether a vector loop may read from p while it writes to o: the same elements, or far away. */
ALWAYS int k_apart(const char *p, const char *o)
{
    intptr_t d = (intptr_t)((uintptr_t)p - (uintptr_t)o);
    return d == 0 || d >= 2048 || d <= -2048;
}

/* Whether n elements of `size` bytes at p, and what is written at o, have no byte in common. */
ALWAYS bool k_disjoint(const char *p, fnp_intp stride, size_t size, const char *o, size_t written,
                       fnp_intp n)
{
    intptr_t reach = (intptr_t)stride * (n - 1);
    intptr_t first = (intptr_t)p + (reach < 0 ? reach : 0),
             last = (intptr_t)p + (reach > 0 ? reach : 0);
    return (intptr_t)o >= last + (intptr_t)size || (intptr_t)o + (intptr_t)written <= first;
}

/* Elements with a stride are put side by side in pieces of so many bytes. */
enum { K_PIECE = 2048 };
typedef uint8_t k_any1;
typedef uint16_t k_any2 __attribute__((may_alias));
typedef uint32_t k_any4 __attribute__((may_alias));
typedef uint64_t k_any8 __attribute__((may_alias, aligned(4)));
#define K_COLLECT(type)                                                                            \
    {                                                                                              \
        type *t = (type *)to;                                                                      \
        const type *f = (const type *)from;                                                        \
        if (stride == 2 * sizeof(type)) /* a constant: by whole vectors */                         \
            for (fnp_intp i = 0; i < n; i++) t[i] = f[2 * i];                                      \
        else                                                                                       \
            for (fnp_intp i = 0; i < n; i++) t[i] = *(const type *)(from + i * stride);            \
        return;                                                                                    \
    }
static __attribute__((noinline, unused)) void
k_collect(void *restrict to, const char *restrict from, fnp_intp n, fnp_intp stride, size_t size)
{
    switch (size) {
    case 1: K_COLLECT(k_any1)
    case 2: K_COLLECT(k_any2)
    case 4: K_COLLECT(k_any4)
    case 8: K_COLLECT(k_any8)
    }
}
#undef K_COLLECT

#endif
