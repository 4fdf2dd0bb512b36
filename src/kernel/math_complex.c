/* Elementary functions of the complex types; compiled once. */
#include <complex.h>

#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/math_complex.h"
#define C R _Complex
#define CM(fn) M(fn)
#include "kernel/tmpl/for_complex.h"
