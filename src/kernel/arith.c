/* Arithmetic, extremes and rounding on integers, reals and bools; compiled once per CPU level. */
#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/arith_int.h"
#include "kernel/tmpl/for_ints.h"
#undef TMPL
#define TMPL "kernel/tmpl/arith_float.h"
#include "kernel/tmpl/for_floats.h"
#undef TMPL

/* Bools: what the logical kernels do not cover. */
#define SFX b1
#define T uint8_t
#define W uint8_t
#define LD(p) (*(const uint8_t *)(p) != 0)
#define ST(p, v) (*(uint8_t *)(p) = (v))
ALWAYS uint8_t FN(positive)(uint8_t a)
{
    return a;
}
#define OP positive
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(ones_like)(uint8_t a)
{
    return 1;
}
#define OP ones_like
#include "kernel/tmpl/unary.h"
ALWAYS uint8_t FN(maximum)(uint8_t a, uint8_t b)
{
    return a | b;
}
#define OP maximum
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(minimum)(uint8_t a, uint8_t b)
{
    return a & b;
}
#define OP minimum
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(fmax)(uint8_t a, uint8_t b)
{
    return a | b;
}
#define OP fmax
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(fmin)(uint8_t a, uint8_t b)
{
    return a & b;
}
#define OP fmin
#define FOLD
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(clip)(uint8_t x, uint8_t lo, uint8_t hi)
{
    return (x | lo) & hi;
}
#include "kernel/tmpl/clip.h"
