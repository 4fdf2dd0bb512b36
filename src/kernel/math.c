/* Elementary functions of the real types, and whatever else comes from libm; compiled once. */
#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/math_float.h"
#include "kernel/tmpl/for_floats.h"
