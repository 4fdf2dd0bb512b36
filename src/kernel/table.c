/* The table of ufuncs and their kernels, from ufuncs.def. */
#include "kernel/level_symbols.h"

#include "fnp/base.h"
#include "fnp/kernel.h"

#define DECLARE(sym) extern __attribute__((visibility("hidden"))) fnp_kernel_fn sym;

/* Pass 1: the kernels' names. */
#define LV(k, s, types) DECLARE(SYM(k, s, v2)) DECLARE(SYM3(k, s)) DECLARE(SYM4(k, s))
#define ON(k, s, types) DECLARE(SYM(k, s, v2))
#define OB(name, types)
#define ULP(bound)
#define FNP_UFUNC(name, nin, nout, id, sig, flags, loops) loops
#include "kernel/ufuncs.def"
#undef LV
#undef ON
#undef OB
#undef ULP
#undef FNP_UFUNC

/* Pass 2: the loops of each ufunc, ended by an empty row. */
#define LV(k, s, types) {types, {SYM(k, s, v2), SYM3(k, s), SYM4(k, s)}, NULL},
#define ON(k, s, types) {types, {SYM(k, s, v2), SYM(k, s, v2), SYM(k, s, v2)}, NULL},
#define OB(name, types) {types, {NULL, NULL, NULL}, #name},
#define ULP(bound)
#define FNP_UFUNC(name, nin, nout, id, sig, flags, loops)                                          \
    static const fnp_ufunc_loop loops_##name[] = {loops{NULL, {NULL, NULL, NULL}, NULL}};
#include "kernel/ufuncs.def"
#undef LV
#undef ON
#undef OB
#undef ULP
#undef FNP_UFUNC

/* Pass 3: the ufuncs. */
#define LV(k, s, types)
#define ON(k, s, types)
#define OB(name, types)
#define ULP(bound) +(bound)
#define FNP_UFUNC(name, nin, nout, id, sig, flags, loops)                                          \
    {#name,        nin,    nout, id, sig, flags, sizeof loops_##name / sizeof loops_##name[0] - 1, \
     loops_##name, 0 loops},
static const fnp_ufunc_info table[] = {
#include "kernel/ufuncs.def"
};

const fnp_ufunc_info *fnp_ufunc_table(int *count)
{
    *count = (int)(sizeof table / sizeof table[0]);
    return table;
}

fnp_kernel_fn *fnp_ufunc_kernel(const fnp_ufunc_loop *loop)
{
    return loop->kernel[fnp_cpu_level() - 2];
}
