/* Inside src/func: the order of dense complex numbers in native byte order. */
#ifndef FNP_FUNC_SORT_COMPLEX_H
#define FNP_FUNC_SORT_COMPLEX_H

#include "fnp/dtype.h"

/* order[] sorts the n elements of `line`, of FNP_CFLOAT or FNP_CDOUBLE, stably: by real part, then
 * by imaginary part; after those come the ones with an imaginary NaN, with a real one, with two.
 * scratch: 3 * n. */
void fnp__complex_order(int type_num, const char *line, fnp_intp n, fnp_intp *order,
                        fnp_intp *scratch);
#endif
