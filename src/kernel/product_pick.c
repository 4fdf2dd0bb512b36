/* Which products serve on this CPU. */
#include "kernel/product.h"
#include "kernel/level_symbols.h"

#define PICK(name)                                                                                 \
    const fnp__products_##name *fnp__products_of_##name(void)                                      \
    {                                                                                              \
        return &BY_LEVEL(fnp__products_##name);                                                    \
    }
PICK(f32)
PICK(f64)
