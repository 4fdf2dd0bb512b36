/* Kernels that fold rows into one, and extremes by type. */
#ifndef FNP_KERNEL_ROWS_H
#define FNP_KERNEL_ROWS_H

#include "fnp/loop.h"

/* The kernel that folds rows with the operation of `one`, or NULL. It is called with args out, in;
 * dims columns, rows; steps of out and in along a row, and of in to the next row. */
fnp_kernel_fn *fnp__rows_kernel(fnp_kernel_fn *one);
/* The kernel of maximum or minimum, or NULL. */
fnp_kernel_fn *fnp__extreme_kernel(int type_num, bool max);

#endif
