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

#endif
