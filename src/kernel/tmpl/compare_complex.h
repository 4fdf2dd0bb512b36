/* Comparison and logic of one complex type: lexicographic; whatever involves a NaN is false, but
 * not_equal. */
#define OT uint8_t
#define OST(p, v) (*(uint8_t *)(p) = (v))
#define NZ_(a) ((a).re != 0 || (a).im != 0)
#define NONAN_(a, b) ((a).im == (a).im && (b).im == (b).im)
ALWAYS uint8_t FN(equal)(T a, T b)
{
    return a.re == b.re && a.im == b.im;
}
#define OP equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(not_equal)(T a, T b)
{
    return a.re != b.re || a.im != b.im;
}
#define OP not_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less)(T a, T b)
{
    return (a.re < b.re && NONAN_(a, b)) || (a.re == b.re && a.im < b.im);
}
#define OP less
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_equal)(T a, T b)
{
    return (a.re < b.re && NONAN_(a, b)) || (a.re == b.re && a.im <= b.im);
}
#define OP less_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater)(T a, T b)
{
    return FN(less)(b, a);
}
#define OP greater
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_equal)(T a, T b)
{
    return FN(less_equal)(b, a);
}
#define OP greater_equal
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_and)(T a, T b)
{
    return NZ_(a) && NZ_(b);
}
#define OP logical_and
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_or)(T a, T b)
{
    return NZ_(a) || NZ_(b);
}
#define OP logical_or
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_xor)(T a, T b)
{
    return NZ_(a) != NZ_(b);
}
#define OP logical_xor
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(logical_not)(T a)
{
    return !NZ_(a);
}
#define OP logical_not
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(isnan)(T a)
{
    return a.re != a.re || a.im != a.im;
}
#define OP isnan
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(isinf)(T a)
{
    return __builtin_isinf(a.re) || __builtin_isinf(a.im);
}
#define OP isinf
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(isfinite)(T a)
{
    return __builtin_isfinite(a.re) && __builtin_isfinite(a.im);
}
#define OP isfinite
#include "kernel/tmpl/unary.h"
#undef OT
#undef OST
#undef NZ_
#undef NONAN_
