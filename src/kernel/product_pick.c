/* Which products serve on this CPU. */
#include "kernel/product.h"

#ifdef FNP_HAVE_V4
#define V4(name)                                                                                   \
    if (level >= 4) return &fnp__products_##name##_v4;
#else
#define V4(name)
#endif
#ifdef FNP_HAVE_V3
#define V3(name)                                                                                   \
    if (level >= 3) return &fnp__products_##name##_v3;
#else
#define V3(name)
#endif

#define PICK(name)                                                                                 \
    const fnp__products_##name *fnp__products_of_##name(void)                                      \
    {                                                                                              \
        int level = fnp_cpu_level();                                                               \
        (void)level;                                                                               \
        V4(name)                                                                                   \
        V3(name)                                                                                   \
        return &fnp__products_##name##_v2;                                                         \
    }
PICK(f32)
PICK(f64)
