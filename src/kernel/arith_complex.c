/* Arithmetic and extremes on the complex types; compiled once per CPU level, with floating-point
 * flags as written (division looks before it divides). */
#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/arith_complex.h"
#include "kernel/tmpl/for_complex.h"
