/* Comparison and logic of one type with a total set of C operators (integers, reals, bools). */
#define OT uint8_t
#define OST(p, v) (*(uint8_t *)(p) = (v))
ALWAYS uint8_t FN(equal)(W a, W b)
{
    return a == b;
}
#define OP equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(not_equal)(W a, W b)
{
    return a != b;
}
#define OP not_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less)(W a, W b)
{
    return a < b;
}
#define OP less
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_equal)(W a, W b)
{
    return a <= b;
}
#define OP less_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater)(W a, W b)
{
    return a > b;
}
#define OP greater
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_equal)(W a, W b)
{
    return a >= b;
}
#define OP greater_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_and)(W a, W b)
{
    return (a != 0) & (b != 0);
}
#define OP logical_and
#if IS_BOOL
#define REDUCE all_fold
#endif
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_or)(W a, W b)
{
    return (a != 0) | (b != 0);
}
#define OP logical_or
#if IS_BOOL
#define REDUCE any_fold
#endif
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_xor)(W a, W b)
{
    return (a != 0) ^ (b != 0);
}
#define OP logical_xor
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_not)(W a)
{
    return a == 0;
}
#define OP logical_not
#include "kernel/tmpl/unary.h"
#if IS_INT
ALWAYS uint8_t FN(isnan)(W a)
{
    return 0;
}
ALWAYS uint8_t FN(isinf)(W a)
{
    return 0;
}
ALWAYS uint8_t FN(isfinite)(W a)
{
    return 1;
}
#else
ALWAYS uint8_t FN(isnan)(W a)
{
    return a != a;
}
ALWAYS uint8_t FN(isinf)(W a)
{
    return M(fabs)(a) == (W)INFINITY;
}
ALWAYS uint8_t FN(isfinite)(W a)
{
    return M(fabs)(a) < (W)INFINITY;
}
ALWAYS uint8_t FN(signbit)(W a)
{
    return M(copysign)(1, a) < 0;
}
#define OP signbit
#include "kernel/tmpl/unary.h"
#endif
#define OP isnan
#include "kernel/tmpl/unary.h"
#define OP isinf
#include "kernel/tmpl/unary.h"
#define OP isfinite
#include "kernel/tmpl/unary.h"
#undef OT
#undef OST
