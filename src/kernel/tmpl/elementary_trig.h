/* The kernels of elementary_trig.c for one type. */
#define GROUP 4
#define OP sin
#define FINE(x) TURN_FINE(x)
#define FAST(x) ENOUGH(sin)(x)
#define SAFE 0.0
#define REST(x, w, odd) sin_odd(x, w, odd)
#define SLOW(x) M(sin)(x)
#include "kernel/tmpl/blocks.h"
#define OP cos
#define FINE(x) TURN_FINE(x)
#define FAST(x) ENOUGH(cos)(x)
#define SAFE 0.0
#define REST(x, w, odd) cos_odd(x, w, odd)
#define SLOW(x) M(cos)(x)
#include "kernel/tmpl/blocks.h"
#define OP tan
#define FINE(x) TURN_FINE(x)
#define FAST(x) ENOUGH(tan)(x)
#define SAFE 0.0
#define REST(x, w, odd) tan_odd(x, w, odd)
#define SLOW(x) M(tan)(x)
#include "kernel/tmpl/blocks.h"
#define OP arctan
#define FINE(x) ARCTAN_FINE(x)
#define FAST(x) ENOUGH(arctan)(x)
#define SAFE 0.0
#define REST(x, w, odd) arctan_odd(x, w, odd)
#define SLOW(x) M(atan)(x)
#include "kernel/tmpl/blocks.h"
#define OP arcsin
#define FINE(x) ARC_FINE(x)
#define FAST(x) ENOUGH(arcsin)(x)
#define SAFE 0.0
#define REST(x, w, odd) arcsin_odd(x, w, odd)
#define SLOW(x) M(asin)(x)
#include "kernel/tmpl/blocks.h"
#define OP arccos
#define FINE(x) ARC_FINE(x)
#define FAST(x) ENOUGH(arccos)(x)
#define SAFE 0.0
#define REST(x, w, odd) arccos_odd(x, w, odd)
#define SLOW(x) M(acos)(x)
#include "kernel/tmpl/blocks.h"
#define TWO
#define OP arctan2
#define FINE(x, y) ARCTAN2_FINE(x, y)
#define FAST(x, y) arctan2_fast(x, y)
#define SAFE 1.0
#define REST(x, y, w, odd) arctan2_odd(x, y, w, odd)
#define SLOW(x, y) (lane) atan2(x, y)
#include "kernel/tmpl/blocks.h"
#undef TWO
#undef GROUP
