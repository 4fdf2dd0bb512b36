/* Lines that are in order already, and the sort of long doubles. */
#include "func/sort_runs.h"

#include "fnp/base.h"
#include "fnp/sort.h"
#include "func/sort_text.h"

#include <string.h>

enum { STRETCH = 64 };

/* Whole stretches without a branch each; ORDERED and FALLING on a, b = v[i], v[i + 1]. */
#define RUN(name, T, ORDERED, FALLING)                                                             \
    static int name(const char *line, fnp_intp n)                                                  \
    {                                                                                              \
        const T *v = (const T *)(const void *)line;                                                \
        const T a0 = v[0], b0 = v[1];                                                              \
        const bool up = ORDERED(a0, b0);                                                           \
        if (!up && !(FALLING(a0, b0))) return 0;                                                   \
        for (fnp_intp i = 0; i < n - 1; i += STRETCH) {                                            \
            fnp_intp end = n - 1 - i < STRETCH ? n - 1 : i + STRETCH;                              \
            int good = 1;                                                                          \
            if (up)                                                                                \
                for (fnp_intp k = i; k < end; k++) good &= ORDERED(v[k], v[k + 1]);                \
            else                                                                                   \
                for (fnp_intp k = i; k < end; k++) good &= FALLING(v[k], v[k + 1]);                \
            if (!good) return 0;                                                                   \
        }                                                                                          \
        return up ? 1 : -1;                                                                        \
    }
#define ORDERED_(a, b) ((a) <= (b))
#define FALLING_(a, b) ((a) > (b))
RUN(run_i8, int8_t, ORDERED_, FALLING_)
RUN(run_u8, uint8_t, ORDERED_, FALLING_)
RUN(run_i16, int16_t, ORDERED_, FALLING_)
RUN(run_u16, uint16_t, ORDERED_, FALLING_)
RUN(run_i32, int32_t, ORDERED_, FALLING_)
RUN(run_u32, uint32_t, ORDERED_, FALLING_)
RUN(run_i64, int64_t, ORDERED_, FALLING_)
RUN(run_u64, uint64_t, ORDERED_, FALLING_)
RUN(run_f32, float, ORDERED_, FALLING_)
RUN(run_f64, double, ORDERED_, FALLING_)
RUN(run_fld, long double, ORDERED_, FALLING_)
/* NaT is the last, NaN halves are not in order with anything. */
#define TIME_ORDERED(a, b) ((int64_t)((uint64_t)(a)-1) <= (int64_t)((uint64_t)(b)-1))
#define TIME_FALLING(a, b) ((int64_t)((uint64_t)(a)-1) > (int64_t)((uint64_t)(b)-1))
RUN(run_time, int64_t, TIME_ORDERED, TIME_FALLING)
static inline int half_key(uint16_t h)
{
    int mag = h & 0x7fff;
    return h & 0x8000 ? -mag : mag;
}
#define HALF_NUMBERS(a, b) (((a)&0x7fff) <= 0x7c00 && ((b)&0x7fff) <= 0x7c00)
#define HALF_ORDERED(a, b) (HALF_NUMBERS(a, b) && half_key(a) <= half_key(b))
#define HALF_FALLING(a, b) (HALF_NUMBERS(a, b) && half_key(a) > half_key(b))
RUN(run_f16, uint16_t, HALF_ORDERED, HALF_FALLING)
#define COMPLEX_NUMBERS(a, b) ((a).im == (a).im && (b).im == (b).im)
#define COMPLEX_ORDERED(a, b)                                                                      \
    (COMPLEX_NUMBERS(a, b) && ((a).re < (b).re || ((a).re == (b).re && (a).im <= (b).im)))
#define COMPLEX_FALLING(a, b)                                                                      \
    (COMPLEX_NUMBERS(a, b) && ((a).re > (b).re || ((a).re == (b).re && (a).im > (b).im)))
RUN(run_c64, fnp_c64, COMPLEX_ORDERED, COMPLEX_FALLING)
RUN(run_c128, fnp_c128, COMPLEX_ORDERED, COMPLEX_FALLING)

static int run_text(const fnp_dtype *dt, const char *line, fnp_intp n)
{
    bool failed = false;
    int first = fnp_dtype_compare(dt, line, line + dt->elsize, &failed);
    for (fnp_intp i = 1; i + 1 < n; i++) {
        const char *p = line + i * dt->elsize;
        int c = fnp_dtype_compare(dt, p, p + dt->elsize, &failed);
        if (first <= 0 ? c > 0 : c <= 0) return 0;
    }
    return first <= 0 ? 1 : -1;
}

int fnp__line_run(const fnp_dtype *dt, const char *line, fnp_intp n)
{
    if (dt->swapped || dt->ops || dt->sub_ndim) return 0;
    switch (dt->type_num) {
    case FNP_BOOL:
    case FNP_UBYTE: return run_u8(line, n);
    case FNP_BYTE: return run_i8(line, n);
    case FNP_SHORT: return run_i16(line, n);
    case FNP_USHORT: return run_u16(line, n);
    case FNP_INT: return run_i32(line, n);
    case FNP_UINT: return run_u32(line, n);
    case FNP_LONG:
    case FNP_LONGLONG: return run_i64(line, n);
    case FNP_ULONG:
    case FNP_ULONGLONG: return run_u64(line, n);
    case FNP_HALF: return run_f16(line, n);
    case FNP_FLOAT: return run_f32(line, n);
    case FNP_DOUBLE: return run_f64(line, n);
    case FNP_LONGDOUBLE: return run_fld(line, n);
    case FNP_CFLOAT: return run_c64(line, n);
    case FNP_CDOUBLE: return run_c128(line, n);
    case FNP_DATETIME:
    case FNP_TIMEDELTA: return run_time(line, n);
    case FNP_STRING:
    case FNP_UNICODE: return n > FNP__TEXT_FEW ? run_text(dt, line, n) : 0;
    default: return 0;
    }
}

#define REVERSE(T)                                                                                 \
    for (T *a = (T *)(void *)line, *b = a + n - 1; a < b; a++, b--) {                              \
        T x = *a;                                                                                  \
        *a = *b;                                                                                   \
        *b = x;                                                                                    \
    }
void fnp__line_reverse(char *line, fnp_intp n, fnp_intp size)
{
    switch (size) {
    case 1: REVERSE(uint8_t) return;
    case 2: REVERSE(uint16_t) return;
    case 4:
        if ((uintptr_t)line % 4) break;
        REVERSE(uint32_t) return;
    case 8:
        if ((uintptr_t)line % 8) break;
        REVERSE(uint64_t) return;
    default: break;
    }
    for (char *a = line, *b = line + (n - 1) * size; a < b; a += size, b -= size)
        for (fnp_intp i = 0; i < size; i++) {
            char c = a[i];
            a[i] = b[i];
            b[i] = c;
        }
}

/* ---- long doubles
 * --------------------------------------------------------------------------------------------- */

#define N merge_values
#define E long double
#define BEFORE(a, b) ((a) < (b) || ((b) != (b) && (a) == (a)))
#include "func/tmpl/sort_merge.h"
#define N merge_placed
#define E fnp__placed
#define BEFORE(a, b) ((a).value < (b).value || ((b).value != (b).value && (a).value == (a).value))
#include "func/tmpl/sort_merge.h"

void fnp__sort_longdoubles(long double *v, fnp_intp n, long double *room)
{
    merge_values(v, n, room);
}

void fnp__sort_placed(fnp__placed *v, fnp_intp n, fnp__placed *room)
{
    merge_placed(v, n, room);
}
