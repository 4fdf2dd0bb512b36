/* Inside the core: the cast kernels. All take args {src, dst}, one count, byte steps, and any
 * alignment. */
#ifndef FNP_KERNEL_CAST_H
#define FNP_KERNEL_CAST_H

#include "fnp/loop.h"

/* Numeric element types without their aliases: b1 i8 u8 i16 u16 i32 u32 i64 u64 f16 f32 f64 fld c64
 * c128 cld. */
enum { FNP__NUM_IDS = 16 };
/* Index of a type number in that list (dates count as i64), or -1. */
int fnp__num_id(int type_num);

extern fnp_kernel_fn *const fnp__cast_table_v2[FNP__NUM_IDS][FNP__NUM_IDS];
extern fnp_kernel_fn *const fnp__cast_table_v3[FNP__NUM_IDS][FNP__NUM_IDS];
extern fnp_kernel_fn *const fnp__cast_table_v4[FNP__NUM_IDS][FNP__NUM_IDS];

/* The best kernel for a pair of numeric type numbers on this CPU. */
fnp_kernel_fn *fnp__cast_kernel(int from, int to);

/* Raw copies of elements of `size` bytes; the loop's data is (void *)size. A source step of 0
 * fills. */
fnp_kernel_fn *fnp__copy_kernel(fnp_intp size);
/* Copies that reverse the bytes of every `unit` of an element; the loop's data is (void *)(units
 * per element). */
fnp_kernel_fn *fnp__swap_kernel(fnp_intp unit);
/* How elements of a type are swapped: *unit bytes, *count of them; *unit is 1 if order does not
 * apply. */
void fnp__swap_shape(const fnp_dtype *dt, fnp_intp *unit, fnp_intp *count);

#endif
