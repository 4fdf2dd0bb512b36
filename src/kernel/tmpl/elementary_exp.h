/* The kernels of elementary_exp.c for one type. */
#define GROUP 4
#define OP exp
#define FINE(x) EXP_FINE(x)
#define FAST(x) exp_fast(x)
#define SAFE 0.0
#define REST(x, w, odd) exp_odd(x, w, odd)
#define SLOW(x) M(exp)(x)
#include "kernel/tmpl/blocks.h"
#define OP exp2
#define FINE(x) EXP2_FINE(x)
#define FAST(x) exp2_fast(x)
#define SAFE 0.0
#define REST(x, w, odd) exp2_odd(x, w, odd)
#define SLOW(x) M(exp2)(x)
#include "kernel/tmpl/blocks.h"
#define OP expm1
#define FINE(x) EXPM1_FINE(x)
#define FAST(x) ENOUGH(expm1)(x)
#define SAFE 0.0
#define REST(x, w, odd) expm1_odd(x, w, odd)
#define SLOW(x) M(expm1)(x)
#include "kernel/tmpl/blocks.h"
#define OP sinh
#define FINE(x) SINH_FINE(x)
#define FAST(x) ENOUGH(sinh)(x)
#define SAFE 0.0
#define REST(x, w, odd) sinh_odd(x, w, odd)
#define SLOW(x) M(sinh)(x)
#include "kernel/tmpl/blocks.h"
#define OP cosh
#define FINE(x) COSH_FINE(x)
#define FAST(x) ENOUGH(cosh)(x)
#define SAFE 0.0
#define REST(x, w, odd) cosh_odd(x, w, odd)
#define SLOW(x) M(cosh)(x)
#include "kernel/tmpl/blocks.h"
#define OP tanh
#define FINE(x) TANH_FINE(x)
#define FAST(x) tanh_fast(x)
#define SAFE 0.0
#define REST(x, w, odd) tanh_odd(x, w, odd)
#define SLOW(x) M(tanh)(x)
#include "kernel/tmpl/blocks.h"
#undef GROUP
