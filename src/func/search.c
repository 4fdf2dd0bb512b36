/* searchsorted: binary searches, many at a time where keys are integers. */
#include "fnp/sort.h"

#include "fnp/base.h"
#include "func/sort_text.h"
#include "kernel/sort.h"

#include <string.h>

enum { TOGETHER = 16 };

/* Lower bound (right: upper bound) of keys in sorted, TOGETHER of them in lock step so that their
 * cache misses overlap. n > 0. */
static void search_keys(const uint64_t *sorted, fnp_intp n, const uint64_t *keys, fnp_intp count,
                        bool right, fnp_intp *out)
{
    for (fnp_intp i = 0; i < count; i += TOGETHER) {
        int m = count - i < TOGETHER ? (int)(count - i) : TOGETHER;
        fnp_intp base[TOGETHER] = {0};
        const uint64_t *k = keys + i;
        for (fnp_intp len = n; len > 1;) {
            fnp_intp half = len / 2;
            if (right) {
                for (int j = 0; j < m; j++)
                    base[j] += sorted[base[j] + half - 1] <= k[j] ? half : 0;
            } else {
                for (int j = 0; j < m; j++) base[j] += sorted[base[j] + half - 1] < k[j] ? half : 0;
            }
            len -= half;
        }
        for (int j = 0; j < m; j++)
            out[i + j] = base[j] + (right ? sorted[base[j]] <= k[j] : sorted[base[j]] < k[j]);
    }
}

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

static bool dense_keys(const fnp_view *v, fnp_intp key_stride)
{
    const fnp_dtype *dt = v->dtype;
    return fnp__has_key(dt->type_num) && !dt->swapped && !dt->ops && v->strides[0] == dt->elsize &&
           key_stride == dt->elsize && (uintptr_t)v->data % (uintptr_t)dt->alignment == 0;
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
    if (count < n / 8 || !dense_keys(sorted, key_stride) ||
        (uintptr_t)keys % (uintptr_t)sorted->dtype->alignment)
        return search_each(sorted, keys, key_stride, count, right, sorter, out);
    uint64_t *a = fnp_malloc_array(n, sizeof *a), *k = fnp_malloc_array(count, sizeof *k),
             *p = NULL;
    fnp_status status = FNP_OK;
    if (sorter && a) p = fnp_malloc_array(n, sizeof *p);
    if (!a || !k || (sorter && !p)) {
        status = fnp_fail_nomem(err);
    } else {
        fnp__keys_u64(sorted->dtype->type_num, sorted->data, n, a);
        fnp__keys_u64(sorted->dtype->type_num, keys, count, k);
        if (sorter)
            for (fnp_intp i = 0; i < n; i++) p[i] = a[sorter[i]];
        search_keys(sorter ? p : a, n, k, count, right, out);
    }
    fnp_free(a);
    fnp_free(k);
    fnp_free(p);
    return status;
}
