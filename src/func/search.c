/* searchsorted: binary searches, many at a time. */
#include "fnp/sort.h"

#include "fnp/base.h"
#include "fnp/half.h"
#include "fnp/kernel.h"
#include "func/sort_text.h"

#include <string.h>

enum { TOGETHER = 16 };

static fnp_status check_sorter(const fnp_intp *sorter, fnp_intp n, fnp_error *err)
{
    for (fnp_intp i = 0; i < n; i++)
        if (sorter[i] < 0 || sorter[i] >= n)
            return fnp_fail(err, FNP_EVALUE, "Sorter index out of range.");
    return FNP_OK;
}

/* Each key by itself, by comparison of elements. */
static fnp_status search_each(const fnp_view *sorted, const char *keys, fnp_intp key_stride,
                              fnp_intp count, bool right, const fnp_intp *sorter, fnp_intp *out)
{
    fnp_intp n = sorted->shape[0], stride = sorted->strides[0];
    bool failed = false;
    for (fnp_intp i = 0; i < count; i++) {
        const char *key = keys + i * key_stride;
        fnp_intp low = 0, high = n;
        while (low < high) {
            fnp_intp mid = low + (high - low) / 2;
            const char *e = sorted->data + (sorter ? sorter[mid] : mid) * stride;
            int c = fnp_dtype_compare(sorted->dtype, e, key, &failed);
            if (failed) return FNP_EPYTHON;
            if (right ? c <= 0 : c < 0) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        out[i] = low;
    }
    return FNP_OK;
}

/* Halves and times as integers of their order: NaN and NaT are the greatest, both zeros are one. */
static inline int half_key(uint16_t h)
{
    int mag = h & 0x7fff;
    return mag > 0x7c00 ? 0x7fff : h & 0x8000 ? -mag : mag;
}
#define SAME(e) (e)
#define LESS(a, b) ((a) < (b))
#define LESS_NAN(a, b) ((a) < (b) || ((b) != (b) && (a) == (a)))
#define ALWAYS_PLAIN(v) true
#define NO_NAN(v) ((v) == (v))
#define TIME_KEY(e) ((int64_t)((uint64_t)(e)-1))
#define N(x) i8_##x
#define E int8_t
#define T int8_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) u8_##x
#define E uint8_t
#define T uint8_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) i16_##x
#define E int16_t
#define T int16_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) u16_##x
#define E uint16_t
#define T uint16_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) i32_##x
#define E int32_t
#define T int32_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) u32_##x
#define E uint32_t
#define T uint32_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) i64_##x
#define E int64_t
#define T int64_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) u64_##x
#define E uint64_t
#define T uint64_t
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) f16_##x
#define E uint16_t
#define T int
#define GET(e) half_key(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) time_##x
#define E int64_t
#define T int64_t
#define GET(e) TIME_KEY(e)
#define BEFORE(a, b) LESS(a, b)
#define PLAIN(v) ALWAYS_PLAIN(v)
#include "func/tmpl/search.h"
#define N(x) f32_##x
#define E float
#define T float
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS_NAN(a, b)
#define PLAIN(v) NO_NAN(v)
#include "func/tmpl/search.h"
#define N(x) f64_##x
#define E double
#define T double
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS_NAN(a, b)
#define PLAIN(v) NO_NAN(v)
#include "func/tmpl/search.h"
#define N(x) fld_##x
#define E long double
#define T long double
#define GET(e) SAME(e)
#define BEFORE(a, b) LESS_NAN(a, b)
#include "func/tmpl/search.h"

/* Complex: NaN in no part, in the imaginary, in the real, in both; then by the parts that are none.
 */
#define COMPLEX_BEFORE(R)                                                                          \
    static bool before_##R(R a, R b)                                                               \
    {                                                                                              \
        if (FNP_LIKELY(a.re == a.re && a.im == a.im && b.re == b.re && b.im == b.im))              \
            return a.re < b.re || (a.re == b.re && a.im < b.im);                                   \
        int ka = (a.re != a.re) * 2 + (a.im != a.im), kb = (b.re != b.re) * 2 + (b.im != b.im);    \
        return ka != kb ? ka < kb : ka == 1 ? a.re < b.re : ka == 2 && a.im < b.im;                \
    }
COMPLEX_BEFORE(fnp_c64)
COMPLEX_BEFORE(fnp_c128)
#define N(x) c64_##x
#define E fnp_c64
#define T fnp_c64
#define GET(e) SAME(e)
#define BEFORE(a, b) before_fnp_c64(a, b)
#define PLAIN(v) ((v).re == (v).re && (v).im == (v).im)
#define AHEAD(a, b)                                                                                \
    ((((a).re < (b).re) & ((a).im == (a).im)) | (((a).re == (b).re) & ((a).im < (b).im)))
#define NOT_AFTER(a, b)                                                                            \
    ((((a).re < (b).re) & ((a).im == (a).im)) | (((a).re == (b).re) & ((a).im <= (b).im)))
#include "func/tmpl/search.h"
#define N(x) c128_##x
#define E fnp_c128
#define T fnp_c128
#define GET(e) SAME(e)
#define BEFORE(a, b) before_fnp_c128(a, b)
#define PLAIN(v) ((v).re == (v).re && (v).im == (v).im)
#define AHEAD(a, b)                                                                                \
    ((((a).re < (b).re) & ((a).im == (a).im)) | (((a).re == (b).re) & ((a).im < (b).im)))
#define NOT_AFTER(a, b)                                                                            \
    ((((a).re < (b).re) & ((a).im == (a).im)) | (((a).re == (b).re) & ((a).im <= (b).im)))
#include "func/tmpl/search.h"

/* A search in lines of a type of its own; false: there is none for this type. */
/* false, with nothing done, if there is no loop for the type. */
static bool search_typed(const fnp_view *sorted, const char *keys, fnp_intp step, fnp_intp count,
                         bool right, const fnp_intp *sorter, fnp_intp *out)
{
    if (sorted->dtype->swapped || sorted->dtype->ops) return false;
#define CASE(name)                                                                                 \
    {                                                                                              \
        name##_line a = {sorted->data, sorted->shape[0], sorted->strides[0], sorter};              \
        name##_search(&a, keys, step, count, right, out);                                          \
        return true;                                                                               \
    }
    switch (sorted->dtype->type_num) {
    case FNP_BOOL: {
        u8_line a = {sorted->data, sorted->shape[0], sorted->strides[0], sorter};
        fnp_intp first = u8_one(&a, 1, false);
        for (fnp_intp i = 0; i < count; i++, keys += step)
            out[i] = right ? (*keys ? a.n : first) : (*keys ? first : 0);
        return true;
    }
    case FNP_UBYTE: CASE(u8)
    case FNP_BYTE: CASE(i8)
    case FNP_SHORT: CASE(i16)
    case FNP_USHORT: CASE(u16)
    case FNP_INT: CASE(i32)
    case FNP_UINT: CASE(u32)
    case FNP_LONG:
    case FNP_LONGLONG: CASE(i64)
    case FNP_ULONG:
    case FNP_ULONGLONG: CASE(u64)
    case FNP_HALF: CASE(f16)
    case FNP_FLOAT: CASE(f32)
    case FNP_DOUBLE: CASE(f64)
    case FNP_LONGDOUBLE: CASE(fld)
    case FNP_CFLOAT: CASE(c64)
    case FNP_CDOUBLE: CASE(c128)
    case FNP_DATETIME:
    case FNP_TIMEDELTA: CASE(time)
    default: return false;
    }
#undef CASE
}

/* A search, parts of whose keys go to several threads. */
typedef struct search {
    const fnp_view *sorted;
    const char *keys;
    fnp_intp step;
    bool right;
    const fnp_intp *sorter;
    fnp_intp *out;
} search;

static void search_part(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    const search *s = ctx;
    (void)axis;
    (void)search_typed(s->sorted, s->keys + begin * s->step, s->step, end - begin, s->right,
                       s->sorter, s->out + begin);
}

fnp_status fnp_searchsorted(const fnp_view *sorted, const char *keys, fnp_intp key_stride,
                            fnp_intp count, bool right, const fnp_intp *sorter, fnp_intp *out,
                            fnp_error *err)
{
    fnp_intp n = sorted->shape[0];
    if (sorter) FNP_TRY(check_sorter(sorter, n, err));
    if (n == 0) {
        memset(out, 0, (size_t)count * sizeof *out);
        return FNP_OK;
    }
    if (fnp__is_text(sorted->dtype)) {
        fnp__text_search(sorted, keys, key_stride, count, right, sorter, out);
        return FNP_OK;
    }
    if (!search_typed(sorted, keys, key_stride, 0, right, sorter, out))
        return search_each(sorted, keys, key_stride, count, right, sorter, out);
    search s = {sorted, keys, key_stride, right, sorter, out};
    if (count < FNP_SHARE_FROM)
        search_part(&s, 0, 0, count);
    else
        fnp_share_nest(1, &count, NULL, search_part, &s);
    return FNP_OK;
}
