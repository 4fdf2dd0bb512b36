/* Inside the core: sums of products of dense float and double lines, per CPU level, with the same
 * bits on each. */
#ifndef FNP_KERNEL_PRODUCT_H
#define FNP_KERNEL_PRODUCT_H

#include "fnp/base.h"

#define FNP__PRODUCTS(R, name)                                                                     \
    typedef struct {                                                                               \
        R (*sum)(const R *a, fnp_intp n);                                                          \
        R (*dot)(const R *a, const R *b, fnp_intp n);                                              \
        void (*add)(R * out, const R *a, fnp_intp n);             /* out += a */                   \
        void (*add_scaled)(R * out, const R *a, R s, fnp_intp n); /* out += a * s */               \
        void (*add_product)(R * out, const R *a, const R *b, fnp_intp n);                          \
    } fnp__products_##name;                                                                        \
    const fnp__products_##name *fnp__products_of_##name(void);                                     \
    extern const fnp__products_##name fnp__products_##name##_v2, fnp__products_##name##_v3,        \
        fnp__products_##name##_v4;
FNP__PRODUCTS(float, f32)
FNP__PRODUCTS(double, f64)

#endif
