/* The kernels of elementary_root.c for one type. */
#define GROUP 4
#define OP cbrt
#define FINE(x) CBRT_FINE(x)
#define FAST(x) cbrt_fast(x)
#define SAFE 1.0
#define REST(x, w, odd) cbrt_odd(x, w, odd)
#define SLOW(x) M(cbrt)(x)
#include "kernel/tmpl/blocks.h"
#define TWO
#define OP hypot
#define FINE(x, y) HYPOT_FINE(x, y)
#define FAST(x, y) hypot_fast(x, y)
#define SAFE 1.0
#define REST(x, y, w, odd) hypot_odd(x, y, w, odd)
#define SLOW(x, y) M(hypot)(x, y)
#include "kernel/tmpl/blocks.h"
#undef TWO
#undef GROUP
