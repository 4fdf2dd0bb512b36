/* The kernels of elementary_log.c for one type. */
#define GROUP 2
#define OP log
#define FINE(x) LOG_FINE(x)
#define FAST(x) log_fast(x, &base_e)
#define SAFE 1.0
#define SLOW(x) M(log)(x)
#include "kernel/tmpl/blocks.h"
#define OP log2
#define FINE(x) LOG_FINE(x)
#define FAST(x) log_fast(x, &base_2)
#define SAFE 1.0
#define SLOW(x) M(log2)(x)
#include "kernel/tmpl/blocks.h"
#define OP log10
#define FINE(x) LOG_FINE(x)
#define FAST(x) log_fast(x, &base_10)
#define SAFE 1.0
#define SLOW(x) M(log10)(x)
#include "kernel/tmpl/blocks.h"
#define OP log1p
#define FINE(x) LOG1P_FINE(x)
#define FAST(x) log1p_fast(x)
#define SAFE 1.0
#define SLOW(x) M(log1p)(x)
#include "kernel/tmpl/blocks.h"
#undef GROUP
