/* The kernels of elementary_log.c for one type. */
#define GROUP 4
#define OP log
#define FINE(x) LOG_FINE(x)
#define FAST(x) ENOUGH(log)(x, &base_e)
#define SAFE 1.0
#define REST(x, w, odd) log_odd(x, w, odd, &base_e)
#define SLOW(x) M(log)(x)
#include "kernel/tmpl/blocks.h"
#define OP log2
#define FINE(x) LOG_FINE(x)
#define FAST(x) ENOUGH(log)(x, &base_2)
#define SAFE 1.0
#define REST(x, w, odd) log_odd(x, w, odd, &base_2)
#define SLOW(x) M(log2)(x)
#include "kernel/tmpl/blocks.h"
#define OP log10
#define FINE(x) LOG_FINE(x)
#define FAST(x) ENOUGH(log)(x, &base_10)
#define SAFE 1.0
#define REST(x, w, odd) log_odd(x, w, odd, &base_10)
#define SLOW(x) M(log10)(x)
#include "kernel/tmpl/blocks.h"
#define OP log1p
#define FINE(x) LOG1P_FINE(x)
#define FAST(x) log1p_fast(x)
#define SAFE 1.0
#define REST(x, w, odd) log1p_odd(x, w, odd)
#define SLOW(x) M(log1p)(x)
#include "kernel/tmpl/blocks.h"

#define OP arcsinh
#define FINE(x) ARCSINH_FINE(x)
#define FAST(x) arcsinh_fast(x)
#define SAFE 0.0
#define REST(x, w, odd) arcsinh_odd(x, w, odd)
#define SLOW(x) (lane) asinh(x)
#include "kernel/tmpl/blocks.h"
#define OP arccosh
#define FINE(x) ARCCOSH_FINE(x)
#define FAST(x) arccosh_fast(x)
#define SAFE 2.0
#define REST(x, w, odd) arccosh_odd(x, w, odd)
#define SLOW(x) (lane) acosh(x)
#include "kernel/tmpl/blocks.h"
#define OP arctanh
#define FINE(x) ARCTANH_FINE(x)
#define FAST(x) arctanh_fast(x)
#define SAFE 0.0
#define REST(x, w, odd) arctanh_odd(x, w, odd)
#define SLOW(x) M(atanh)(x)
#include "kernel/tmpl/blocks.h"
#undef GROUP
