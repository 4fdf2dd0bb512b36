/* Inside src/func: the order of dense S and U elements in native byte order. */
#ifndef FNP_FUNC_SORT_TEXT_H
#define FNP_FUNC_SORT_TEXT_H

#include "fnp/view.h"

enum { FNP__TEXT_FEW = 16 }; /* so many are put in order without scratch */

/* Whether fnp__text_order is for elements of this type. */
bool fnp__is_text(const fnp_dtype *dt);
/* order[] sorts the n elements of `line` stably. scratch: 2 * n, or NULL for FNP__TEXT_FEW and
 * fewer. */
void fnp__text_order(const fnp_dtype *dt, const char *line, fnp_intp n, fnp_intp *order,
                     fnp_intp *scratch);
/* Where each of count keys belongs in n > 0 sorted ones (through `sorter`, if there is one): the
 * first place (right: behind the last) that keeps the order. */
void fnp__text_search(const fnp_view *sorted, const char *keys, fnp_intp key_stride, fnp_intp count,
                      bool right, const fnp_intp *sorter, fnp_intp *out);
#endif
