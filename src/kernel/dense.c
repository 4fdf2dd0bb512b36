/* The kernels of dense.h that fit this CPU. */
#include "kernel/dense.h"

#include "fnp/base.h"

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
#ifdef FNP_HAVE_V3
DECLARE(v3)
#define V3(f) f##_v3
#else
#define V3(f) f##_v2
#endif
#ifdef FNP_HAVE_V4
DECLARE(v4)
#define V4(f) f##_v4
#else
#define V4(f) V3(f)
#endif
#define CALL(f, ...)                                                                               \
    switch (fnp_cpu_level()) {                                                                     \
    case 4: V4(f)(__VA_ARGS__); break;                                                             \
    case 3: V3(f)(__VA_ARGS__); break;                                                             \
    default: f##_v2(__VA_ARGS__); break;                                                           \
    }

void fnp__pack_bytes(const uint8_t *in, fnp_intp count, uint8_t *out, bool little)
{
    CALL(fnp__pack_bytes, in, count, out, little)
}

void fnp__unpack_bytes(const uint8_t *in, fnp_intp count, uint8_t *out, bool little)
{
    CALL(fnp__unpack_bytes, in, count, out, little)
}

bool fnp__slide(int type_num, const void *a, fnp_intp n, const void *v, fnp_intp m, fnp_intp left,
                void *out, fnp_intp len)
{
    switch (type_num) {
    case FNP_FLOAT: CALL(fnp__slide_f32, a, n, v, m, left, out, len) return true;
    case FNP_DOUBLE: CALL(fnp__slide_f64, a, n, v, m, left, out, len) return true;
    case FNP_INT:
    case FNP_UINT: CALL(fnp__slide_u32, a, n, v, m, left, out, len) return true;
    case FNP_LONG:
    case FNP_ULONG:
    case FNP_LONGLONG:
    case FNP_ULONGLONG: CALL(fnp__slide_u64, a, n, v, m, left, out, len) return true;
    default: return false;
    }
}
