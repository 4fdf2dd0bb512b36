/* Kernels for those who have no loop at hand: that fold whole rows, found by the kernel that folds
 * one element at a time; and extremes by type. */
#include "kernel/level_symbols.h"
#include "kernel/rows.h"

#include "fnp/base.h"

#define HIDDEN extern __attribute__((visibility("hidden"))) fnp_kernel_fn

#define OPS(X, s) X(add, s) X(multiply, s) X(maximum, s) X(minimum, s)
#define ALL(X)                                                                                     \
    OPS(X, f64)                                                                                    \
    OPS(X, f32)                                                                                    \
    OPS(X, i64) OPS(X, i32) OPS(X, i16) OPS(X, i8) OPS(X, u64) OPS(X, u32) OPS(X, u16) OPS(X, u8)

#define DECLARE(k, s)                                                                              \
    HIDDEN SYM(k, s, v2), SYM3(k, s), SYM4(k, s), SYM(k##_rows, s, v2), SYM3(k##_rows, s),         \
        SYM4(k##_rows, s);
ALL(DECLARE)

typedef struct pair {
    fnp_kernel_fn *one[3], *rows[3];
} pair;
#define PAIR(k, s)                                                                                 \
    {{SYM(k, s, v2), SYM3(k, s), SYM4(k, s)},                                                      \
     {SYM(k##_rows, s, v2), SYM3(k##_rows, s), SYM4(k##_rows, s)}},
static const pair pairs[] = {ALL(PAIR)};

fnp_kernel_fn *fnp__rows_kernel(fnp_kernel_fn *one)
{
    int level = fnp_cpu_level() - 2;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i].one[level] == one) return pairs[i].rows[level];
    return NULL;
}

fnp_kernel_fn *fnp__extreme_kernel(int type_num, bool max)
{
#define BOTH(s)                                                                                    \
    {                                                                                              \
        static fnp_kernel_fn *const k[2][3] = {                                                    \
            {SYM(minimum, s, v2), SYM3(minimum, s), SYM4(minimum, s)},                             \
            {SYM(maximum, s, v2), SYM3(maximum, s), SYM4(maximum, s)}};                            \
        return k[max][fnp_cpu_level() - 2];                                                        \
    }
    switch (type_num) {
    case FNP_BOOL:
    case FNP_UBYTE: BOTH(u8)
    case FNP_BYTE: BOTH(i8)
    case FNP_SHORT: BOTH(i16)
    case FNP_USHORT: BOTH(u16)
    case FNP_INT: BOTH(i32)
    case FNP_UINT: BOTH(u32)
    case FNP_LONG:
    case FNP_LONGLONG: BOTH(i64)
    case FNP_ULONG:
    case FNP_ULONGLONG: BOTH(u64)
    case FNP_FLOAT: BOTH(f32)
    case FNP_DOUBLE: BOTH(f64)
    default: return NULL;
    }
}
