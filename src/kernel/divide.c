/* Bits, division, powers and divisors; compiled once per CPU level. */
#include "kernel/quotient.h"
#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/bits_int.h"
#include "kernel/tmpl/for_ints.h"
#undef TMPL
#define TMPL "kernel/tmpl/divide_float.h"
#include "kernel/tmpl/for_floats.h"
