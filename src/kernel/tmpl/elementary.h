/* The kernels of one type, from the functions of doubles. */
#define OP exp
#define FINE(x) EXP_FINE(x)
#define FAST(x) exp_fast(x)
#define SAFE 0.0
#define SLOW(x) M(exp)(x)
#include "kernel/tmpl/blocks.h"
#define OP log
#define FINE(x) LOG_FINE(x)
#define FAST(x) log_fast(x)
#define SAFE 1.0
#define SLOW(x) M(log)(x)
#include "kernel/tmpl/blocks.h"
#define OP tanh
#define FINE(x) TANH_FINE(x)
#define FAST(x) tanh_fast(x)
#define SAFE 0.0
#define SLOW(x) M(tanh)(x)
#include "kernel/tmpl/blocks.h"
#define TWO
#define OP arctan2
#define FINE(x, y) ARCTAN2_FINE(x, y)
#define FAST(x, y) arctan2_fast(x, y)
#define SAFE 1.0
#define SLOW(x, y) M(atan2)(x, y)
#include "kernel/tmpl/blocks.h"
#define OP power
#define FINE(x, y) POWER_FINE(x, y)
#define FAST(x, y) power_fast(x, y, EXP_MOST_BITS)
#define SAFE 1.0
#define SLOW(x, y) M(pow)(x, y)
#define MAY_FAIL
#include "kernel/tmpl/blocks.h"
#undef TWO
