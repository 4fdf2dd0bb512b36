/* Raw and byte-reversing copies of strided elements. */
#include "kernel/cast.h"

#include <string.h>

typedef uint16_t u_2 __attribute__((aligned(1), may_alias));
typedef uint32_t u_4 __attribute__((aligned(1), may_alias));
typedef uint64_t u_8 __attribute__((aligned(1), may_alias));
typedef struct {
    uint64_t lo, hi;
} __attribute__((packed, may_alias)) u_16;
typedef uint8_t u_1 __attribute__((may_alias));

static inline uint16_t swap_2(uint16_t x)
{
    return __builtin_bswap16(x);
}
static inline uint32_t swap_4(uint32_t x)
{
    return __builtin_bswap32(x);
}
static inline uint64_t swap_8(uint64_t x)
{
    return __builtin_bswap64(x);
}
static inline u_16 swap_16(u_16 x)
{
    return (u_16){__builtin_bswap64(x.hi), __builtin_bswap64(x.lo)};
}

/* Whether two stretches of so many bytes have none in common. */
static inline bool k_apart_copies(const char *a, const char *b, fnp_intp bytes)
{
    uintptr_t p = (uintptr_t)a, q = (uintptr_t)b;
    return p + (uintptr_t)bytes <= q || q + (uintptr_t)bytes <= p;
}

#define SIZE 1
#include "tmpl/copy.h"
#undef SIZE
#define SIZE 2
#include "tmpl/copy.h"
#undef SIZE
#define SIZE 4
#include "tmpl/copy.h"
#undef SIZE
#define SIZE 8
#include "tmpl/copy.h"
#undef SIZE
#define SIZE 16
#include "tmpl/copy.h"
#undef SIZE

static void k_copy_any(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    size_t size = (size_t)data;
    fnp_intp n = dims[0], ss = steps[0], ds = steps[1];
    const char *src = args[0];
    char *dst = args[1];
    if (ss == (fnp_intp)size && ds == ss) {
        if (n > 0) memmove(dst, src, size * (size_t)n);
        return;
    }
    for (; n > 0; n--, src += ss, dst += ds) memmove(dst, src, size);
}

static void k_copy_none(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data) {}

fnp_kernel_fn *fnp__copy_kernel(fnp_intp size)
{
    switch (size) {
    case 0: return k_copy_none;
    case 1: return k_copy_1;
    case 2: return k_copy_2;
    case 4: return k_copy_4;
    case 8: return k_copy_8;
    case 16: return k_copy_16;
    default: return k_copy_any;
    }
}

fnp_kernel_fn *fnp__swap_kernel(fnp_intp unit)
{
    switch (unit) {
    case 2: return k_swap_2;
    case 4: return k_swap_4;
    case 8: return k_swap_8;
    default: return k_swap_16;
    }
}

void fnp__swap_shape(const fnp_dtype *dt, fnp_intp *unit, fnp_intp *count)
{
    *unit = dt->elsize ? dt->elsize : 1;
    *count = 1;
    if (fnp_typenum_is_complex(dt->type_num)) {
        *unit /= 2;
        *count = 2;
    } else if (dt->type_num == FNP_UNICODE) {
        *unit = 4;
        *count = dt->elsize / 4;
    } else if (dt->byteorder == '|' || dt->type_num == FNP_VOID || dt->type_num == FNP_STRING) {
        *unit = 1;
        *count = dt->elsize;
    }
}
