/* Arithmetic that cannot fail on one integer type; overflow wraps. Arithmetic is done on U promoted
 * to at least unsigned int, so that no signed overflow arises. */
ALWAYS T FN(add)(T a, T b)
{
    return (T)((U)a + (U)b);
}
#define OP add
#define FOLD
#include "kernel/tmpl/binary.h"
#define OP add
#include "kernel/tmpl/rows.h"
ALWAYS T FN(subtract)(T a, T b)
{
    return (T)((U)a - (U)b);
}
#define OP subtract
#include "kernel/tmpl/binary.h"
ALWAYS T FN(multiply)(T a, T b)
{
    return (T)(1u * (U)a * (U)b);
}
#define OP multiply
#define FOLD
#include "kernel/tmpl/binary.h"
#define OP multiply
#include "kernel/tmpl/rows.h"
ALWAYS T FN(negative)(T a)
{
    return (T)(0u - (U)a);
}
#define OP negative
#include "kernel/tmpl/unary.h"
ALWAYS T FN(positive)(T a)
{
    return a;
}
#define OP positive
#include "kernel/tmpl/unary.h"
ALWAYS T FN(ones_like)(T a)
{
    return 1;
}
#define OP ones_like
#include "kernel/tmpl/unary.h"
ALWAYS T FN(square)(T a)
{
    return (T)(1u * (U)a * (U)a);
}
#define OP square
#include "kernel/tmpl/unary.h"
#if IS_SIGNED
ALWAYS T FN(absolute)(T a)
{
    return (T)(a < 0 ? 0u - (U)a : (U)a);
}
ALWAYS T FN(sign)(T a)
{
    return (T)((a > 0) - (a < 0));
}
#else
ALWAYS T FN(absolute)(T a)
{
    return a;
}
ALWAYS T FN(sign)(T a)
{
    return a > 0;
}
#endif
#define OP absolute
#include "kernel/tmpl/unary.h"
#define OP sign
#include "kernel/tmpl/unary.h"
ALWAYS T FN(maximum)(T a, T b)
{
    return a > b ? a : b;
}
#define OP maximum
#define FOLD
#include "kernel/tmpl/binary.h"
#define OP maximum
#include "kernel/tmpl/rows.h"
ALWAYS T FN(minimum)(T a, T b)
{
    return a < b ? a : b;
}
#define OP minimum
#define FOLD
#include "kernel/tmpl/binary.h"
#define OP minimum
#include "kernel/tmpl/rows.h"
ALWAYS T FN(fmax)(T a, T b)
{
    return a > b ? a : b;
}
#define OP fmax
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(fmin)(T a, T b)
{
    return a < b ? a : b;
}
#define OP fmin
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS T FN(clip)(T x, T lo, T hi)
{
    T y = x > lo ? x : lo;
    return y < hi ? y : hi;
}
#include "kernel/tmpl/clip.h"
