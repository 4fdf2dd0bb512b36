/* Sums of products of dense lines; compiled once per CPU level. */
#include "kernel/product.h"
#include "kernel/tmpl/names.h"

#define PN_(a, b) fnp__products_##a##_##b
#define PN(a, b) PN_(a, b)
#define T float
#define SFX f32
#include "kernel/tmpl/product.h"
#undef T
#undef SFX
#define T double
#define SFX f64
#include "kernel/tmpl/product.h"
