/* The kernels of dense.h that fit this CPU. */
#include "kernel/dense.h"

#include "kernel/level_symbols.h"

#define SLIDE(s, T, level)                                                                         \
    void fnp__slide_##s##_##level(const T *, fnp_intp, const T *, fnp_intp, fnp_intp, T *,         \
                                  fnp_intp);
#define DECLARE(level)                                                                             \
    void fnp__pack_bytes_##level(const uint8_t *, fnp_intp, uint8_t *, bool);                      \
    void fnp__unpack_bytes_##level(const uint8_t *, fnp_intp, uint8_t *, bool);                    \
    SLIDE(f32, float, level)                                                                       \
    SLIDE(f64, double, level)                                                                      \
    SLIDE(u32, uint32_t, level)                                                                    \
    SLIDE(u64, uint64_t, level)
DECLARE(v2)
DECLARE(v3)
DECLARE(v4)

void fnp__pack_bytes(const uint8_t *in, fnp_intp count, uint8_t *out, bool little)
{
    BY_LEVEL(fnp__pack_bytes)(in, count, out, little);
}

void fnp__unpack_bytes(const uint8_t *in, fnp_intp count, uint8_t *out, bool little)
{
    BY_LEVEL(fnp__unpack_bytes)(in, count, out, little);
}

bool fnp__slide(int type_num, const void *a, fnp_intp n, const void *v, fnp_intp m, fnp_intp left,
                void *out, fnp_intp len)
{
    switch (type_num) {
    case FNP_FLOAT: BY_LEVEL(fnp__slide_f32)(a, n, v, m, left, out, len); return true;
    case FNP_DOUBLE: BY_LEVEL(fnp__slide_f64)(a, n, v, m, left, out, len); return true;
    case FNP_INT:
    case FNP_UINT: BY_LEVEL(fnp__slide_u32)(a, n, v, m, left, out, len); return true;
    case FNP_LONG:
    case FNP_ULONG:
    case FNP_LONGLONG:
    case FNP_ULONGLONG: BY_LEVEL(fnp__slide_u64)(a, n, v, m, left, out, len); return true;
    default: return false;
    }
}
