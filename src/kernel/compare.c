/* Comparison, logic and classification; compiled once per CPU level. */
#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/compare.h"
#define IS_BOOL 0
#include "kernel/tmpl/for_ints.h"
#include "kernel/tmpl/for_floats.h"
#undef TMPL
#define TMPL "kernel/tmpl/compare_complex.h"
#include "kernel/tmpl/for_complex.h"
#undef TMPL
#undef IS_BOOL

/* Any and all over bools stop at the first byte that decides. */
ALWAYS int any_byte(const int want, const char *p, fnp_intp n, fnp_intp stride)
{
    if (stride != 1) {
        for (fnp_intp i = 0; i < n; i++, p += stride)
            if ((*p != 0) == want) return 1;
        return 0;
    }
    enum { BLOCK = 256 };
    while (n >= BLOCK) {
        uint8_t hit = 0;
        for (int i = 0; i < BLOCK; i++) hit |= want ? (uint8_t)p[i] : (uint8_t)(p[i] == 0);
        if (hit) return 1;
        p += BLOCK;
        n -= BLOCK;
    }
    for (fnp_intp i = 0; i < n; i++)
        if ((p[i] != 0) == want) return 1;
    return 0;
}
ALWAYS uint8_t any_fold_b1(uint8_t acc, const char *p, fnp_intp n, fnp_intp stride)
{
    return acc || any_byte(1, p, n, stride);
}
ALWAYS uint8_t all_fold_b1(uint8_t acc, const char *p, fnp_intp n, fnp_intp stride)
{
    return acc && !any_byte(0, p, n, stride);
}

#define SFX b1
#define T uint8_t
#define W uint8_t
#define IS_INT 1
#define IS_BOOL 1
#define LD(p) (*(const uint8_t *)(p) != 0)
#define ST(p, v) (*(uint8_t *)(p) = (v))
#include "kernel/tmpl/compare.h"
#undef SFX
#undef T
#undef W
#undef LD
#undef ST

/* int64 against uint64 by value: a negative number is less than every unsigned one. */
#define SFX i64
#define T int64_t
#define W int64_t
#define LD(p) (*(const int64_t *)(p))
#define ST(p, v) (*(int64_t *)(p) = (v))
#define OT uint8_t
#define OST(p, v) (*(uint8_t *)(p) = (v))
#define SU(a, b, op, neg) ((a) < 0 ? (neg) : (uint64_t)(a)op(uint64_t)(b))
#define US(a, b, op, neg) ((b) < 0 ? (neg) : (uint64_t)(a)op(uint64_t)(b))
ALWAYS uint8_t FN(equal_qQ)(int64_t a, int64_t b)
{
    return SU(a, b, ==, 0);
}
#define OP equal_qQ
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(equal_Qq)(int64_t a, int64_t b)
{
    return US(a, b, ==, 0);
}
#define OP equal_Qq
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(not_equal_qQ)(int64_t a, int64_t b)
{
    return SU(a, b, !=, 1);
}
#define OP not_equal_qQ
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(not_equal_Qq)(int64_t a, int64_t b)
{
    return US(a, b, !=, 1);
}
#define OP not_equal_Qq
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_qQ)(int64_t a, int64_t b)
{
    return SU(a, b, <, 1);
}
#define OP less_qQ
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_Qq)(int64_t a, int64_t b)
{
    return US(a, b, <, 0);
}
#define OP less_Qq
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_equal_qQ)(int64_t a, int64_t b)
{
    return SU(a, b, <=, 1);
}
#define OP less_equal_qQ
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(less_equal_Qq)(int64_t a, int64_t b)
{
    return US(a, b, <=, 0);
}
#define OP less_equal_Qq
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_qQ)(int64_t a, int64_t b)
{
    return SU(a, b, >, 0);
}
#define OP greater_qQ
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_Qq)(int64_t a, int64_t b)
{
    return US(a, b, >, 1);
}
#define OP greater_Qq
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_equal_qQ)(int64_t a, int64_t b)
{
    return SU(a, b, >=, 0);
}
#define OP greater_equal_qQ
#include "kernel/tmpl/binary.h"
ALWAYS uint8_t FN(greater_equal_Qq)(int64_t a, int64_t b)
{
    return US(a, b, >=, 1);
}
#define OP greater_equal_Qq
#include "kernel/tmpl/binary.h"
