/* Inside the core: work on dense runs that is no ufunc, for the CPU at hand. */
#ifndef FNP_KERNEL_DENSE_H
#define FNP_KERNEL_DENSE_H

#include "fnp/dtype.h"

/* `count` bytes from 8 * count truth values, and back; the first value is the lowest bit (little)
 * or the highest. */
void fnp__pack_bytes(const uint8_t *in, fnp_intp count, uint8_t *out, bool little);
void fnp__unpack_bytes(const uint8_t *in, fnp_intp count, uint8_t *out, bool little);

/* out[i] = sum over k of a[i - left + k] * v[k], as far as both reach, added from the first on; i <
 * len. All of type_num, aligned. false: not for this type. */
bool fnp__slide(int type_num, const void *a, fnp_intp n, const void *v, fnp_intp m, fnp_intp left,
                void *out, fnp_intp len);
#endif
