/* Arithmetic on one floating-point type. */
#include "kernel/tmpl/pairwise.h"
ALWAYS W FN(add)(W a, W b)
{
    return a + b;
}
#define OP add
#define REDUCE pairsum
#include "kernel/tmpl/binary.h"
#if !IS_HALF && !IS_LONG
#define OP add
#include "kernel/tmpl/rows.h"
#endif
ALWAYS W FN(subtract)(W a, W b)
{
    return a - b;
}
#define OP subtract
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS W FN(multiply)(W a, W b)
{
    return a * b;
}
#define OP multiply
#define FOLD
#include "kernel/tmpl/binary.h"
#if !IS_HALF && !IS_LONG
#define OP multiply
#include "kernel/tmpl/rows.h"
#endif
ALWAYS W FN(divide)(W a, W b)
{
    return a / b;
}
#define OP divide
#define FOLD
#include "kernel/tmpl/binary.h"
#if IS_HALF /* signs are bits: NaNs stay what they are */
#pragma push_macro("W")
#pragma push_macro("LD")
#pragma push_macro("ST")
#undef W
#undef LD
#undef ST
#define W T
#define LD(p) (*(const T *)(p))
#define ST(p, v) (*(T *)(p) = (v))
#endif
ALWAYS W FN(negative)(W a)
{
#if IS_HALF
    return a ^ 0x8000u;
#else
    return -a;
#endif
}
#define OP negative
#include "kernel/tmpl/unary.h"
ALWAYS W FN(positive)(W a)
{
    return a;
}
#define OP positive
#include "kernel/tmpl/unary.h"
ALWAYS W FN(absolute)(W a)
{
#if IS_HALF
    return a & 0x7fffu;
#else
    return M(fabs)(a);
#endif
}
#define OP absolute
#include "kernel/tmpl/unary.h"
ALWAYS W FN(sign)(W a)
{
#if IS_HALF
    uint16_t size = a & 0x7fffu, one = (a & 0x8000u) | 0x3c00u;
    return size > 0x7c00u ? a : size ? one : 0;
#else
    return a > 0 ? (W)1 : a < 0 ? (W)-1 : a == 0 ? (W)0 : a;
#endif
}
#define OP sign
#include "kernel/tmpl/unary.h"
ALWAYS W FN(copysign)(W a, W b)
{
#if IS_HALF
    return (a & 0x7fffu) | (b & 0x8000u);
#else
    return M(copysign)(a, b);
#endif
}
#define OP copysign
#include "kernel/tmpl/binary.h"
#if IS_HALF
#pragma pop_macro("W")
#pragma pop_macro("LD")
#pragma pop_macro("ST")
#endif
ALWAYS W FN(ones_like)(W a)
{
    return 1;
}
#define OP ones_like
#include "kernel/tmpl/unary.h"
ALWAYS W FN(square)(W a)
{
    return a * a;
}
#define OP square
#include "kernel/tmpl/unary.h"
ALWAYS W FN(reciprocal)(W a)
{
    return 1 / a;
}
#define OP reciprocal
#include "kernel/tmpl/unary.h"
ALWAYS W FN(sqrt)(W a)
{
    return M(sqrt)(a);
}
#define OP sqrt
#include "kernel/tmpl/unary.h"
ALWAYS W FN(floor)(W a)
{
    return M(floor)(a);
}
#define OP floor
#include "kernel/tmpl/unary.h"
ALWAYS W FN(ceil)(W a)
{
    return M(ceil)(a);
}
#define OP ceil
#include "kernel/tmpl/unary.h"
ALWAYS W FN(trunc)(W a)
{
    return M(trunc)(a);
}
#define OP trunc
#include "kernel/tmpl/unary.h"
ALWAYS W FN(rint)(W a)
{
    return M(rint)(a);
}
#define OP rint
#include "kernel/tmpl/unary.h"
/* A NaN wins, the first one if both are; of equal values (zeros of both signs) the second, but for
 * half and long double. */
#ifdef TIES_FIRST
#define GT_(a, b) ((a) >= (b))
#else
#define GT_(a, b) ((a) > (b))
#endif
ALWAYS W FN(maximum)(W a, W b)
{
    return GT_(a, b) | (a != a) ? a : b;
}
#define EXT maximum
#define SKIPS 0
#define WINS >
#include "kernel/tmpl/extreme.h"
#define OP maximum
#define REDUCE_FN K_CAT2(FN(maximum), all)
#include "kernel/tmpl/binary.h"
#if !IS_HALF && !IS_LONG
#define OP maximum
#define ROWS_IN_MEMORY 8
#include "kernel/tmpl/rows.h"
#endif
ALWAYS W FN(minimum)(W a, W b)
{
    return GT_(b, a) | (a != a) ? a : b;
}
#define EXT minimum
#define SKIPS 0
#define WINS <
#include "kernel/tmpl/extreme.h"
#define OP minimum
#define REDUCE_FN K_CAT2(FN(minimum), all)
#include "kernel/tmpl/binary.h"
#if !IS_HALF && !IS_LONG
#define OP minimum
#define ROWS_IN_MEMORY 8
#include "kernel/tmpl/rows.h"
#endif
/* A NaN loses. */
ALWAYS W FN(fmax)(W a, W b)
{
    return GT_(a, b) | (b != b) ? a : b;
}
#define EXT fmax
#define SKIPS 1
#define WINS >
#include "kernel/tmpl/extreme.h"
#define OP fmax
#define REDUCE_FN K_CAT2(FN(fmax), all)
#include "kernel/tmpl/binary.h"
ALWAYS W FN(fmin)(W a, W b)
{
    return GT_(b, a) | (b != b) ? a : b;
}
#define EXT fmin
#define SKIPS 1
#define WINS <
#include "kernel/tmpl/extreme.h"
#define OP fmin
#define REDUCE_FN K_CAT2(FN(fmin), all)
#include "kernel/tmpl/binary.h"
ALWAYS W FN(clip)(W x, W lo, W hi)
{
    return FN(minimum)(FN(maximum)(x, lo), hi);
}
#ifndef TIES_FIRST
#define CLIP_ORDERED
#endif
#include "kernel/tmpl/clip.h"
#undef CLIP_ORDERED
#undef GT_
