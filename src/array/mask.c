/* Masks: counting, positions, and copies of the elements where a mask is set. Everything in C
 * order. */
#include "fnp/index.h"
#include "kernel/cast.h"
#include "kernel/gather.h"

#include <string.h>

/* A walk in C order over runs along the innermost joined axis, for a mask and up to one more
 * operand. */
typedef struct walk {
    int nop, ndim;
    fnp_intp shape[FNP_MAXDIMS], steps[2][FNP_MAXDIMS], counter[FNP_MAXDIMS];
    char *at[2];
} walk;

static void walk_init(walk *w, const fnp_view *mask, const fnp_view *other)
{
    w->nop = other ? 2 : 1;
    w->ndim = mask->ndim;
    for (int i = 0; i < w->ndim; i++) {
        int k = w->ndim - 1 - i;
        w->shape[i] = mask->shape[k];
        w->steps[0][i] = mask->strides[k];
        w->steps[1][i] = other ? other->strides[k] : 0;
    }
    fnp_intp *strides[2] = {w->steps[0], w->steps[1]};
    w->ndim = fnp_sce_coalesce(w->nop, w->ndim, w->shape, strides);
    if (w->ndim == 0) {
        w->shape[0] = 1;
        w->steps[0][0] = w->steps[1][0] = 0;
        w->ndim = 1;
    }
    memset(w->counter, 0, sizeof w->counter);
    w->at[0] = mask->data;
    w->at[1] = other ? other->data : NULL;
}

static bool walk_next(walk *w)
{
    for (int d = 1; d < w->ndim; d++) {
        bool more = ++w->counter[d] < w->shape[d];
        fnp_intp times = more ? 1 : 1 - w->shape[d];
        for (int op = 0; op < w->nop; op++) w->at[op] += w->steps[op][d] * times;
        if (more) return true;
        w->counter[d] = 0;
    }
    return false;
}

static bool is_empty(const fnp_view *v)
{
    for (int i = 0; i < v->ndim; i++)
        if (v->shape[i] == 0) return true;
    return false;
}

fnp_intp fnp_mask_count(const fnp_view *mask)
{
    if (is_empty(mask)) return 0;
    fnp_intp total = 0;
    walk w;
    walk_init(&w, mask, NULL);
    do {
        fnp_intp n = w.shape[0], step = w.steps[0][0];
        const char *m = w.at[0];
        if (step == 1) {
            total += fnp__count_bytes(m, n);
        } else {
            for (; n > 0; n--, m += step) total += *m != 0;
        }
    } while (walk_next(&w));
    return total;
}

/* Truth values that do not lie side by side are brought there, so many at a time. */
enum { MASK_BLOCK = 2048 };

static void gather_mask(char *to, const char *m, fnp_intp step, fnp_intp n)
{
    for (fnp_intp i = 0; i < n; i++) to[i] = m[i * step];
}

/* Positions of one dense run of a mask: out[i] = first + offset, `stride` bytes apart; returns how
 * many. */
static fnp_intp run_positions(const char *m, fnp_intp step, fnp_intp n, char *out, fnp_intp stride)
{
    fnp_intp k = 0;
    if (step == 1) return fnp__positions(m, n, 0, out, stride);
    char block[MASK_BLOCK];
    for (fnp_intp i = 0; i < n; i += MASK_BLOCK) {
        fnp_intp many = n - i < MASK_BLOCK ? n - i : MASK_BLOCK;
        gather_mask(block, m + i * step, step, many);
        k += fnp__positions(block, many, i, out + k * stride, stride);
    }
    return k;
}

void fnp_mask_nonzero(const fnp_view *mask, fnp_intp *const *out, fnp_intp stride)
{
    if (is_empty(mask) || mask->ndim == 0) return;
    int last = mask->ndim - 1;
    fnp_intp index[FNP_MAXDIMS] = {0}, done = 0;
    const char *m = mask->data;
    for (;;) {
        fnp_intp found = run_positions(m, mask->strides[last], mask->shape[last],
                                       (char *)out[last] + done * stride, stride);
        for (int d = 0; d < last; d++) {
            char *o = (char *)out[d] + done * stride;
            for (fnp_intp i = 0; i < found; i++) *(fnp_intp *)(void *)(o + i * stride) = index[d];
        }
        done += found;
        int d = last - 1;
        for (; d >= 0; d--) {
            m += mask->strides[d];
            if (++index[d] < mask->shape[d]) break;
            index[d] = 0;
            m -= mask->strides[d] * mask->shape[d];
        }
        if (d < 0) return;
    }
}

/* A copy loop for elements of one dtype; with or without their gaps. */
static fnp_status copy_loop(const fnp_dtype *dt, bool whole, fnp_cast *copy, fnp_error *err)
{
    if (!whole)
        return fnp_cast_init(copy, dt, dt, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE, 0, err);
    *copy =
        (fnp_cast){.loop = {.kernel = fnp__copy_kernel(dt->elsize), .data = (void *)dt->elsize}};
    return FNP_OK;
}

/* The next stretch of set mask bytes in [*i, n): true with its bounds. */
static bool next_stretch(const char *m, fnp_intp step, fnp_intp n, fnp_intp *i, fnp_intp *end)
{
    fnp_intp k = *i;
    while (k < n && !m[k * step]) k++;
    *i = k;
    while (k < n && m[k * step]) k++;
    *end = k;
    return *i < n;
}

fnp_status fnp_mask_get(const fnp_view *src, const fnp_view *mask, char *out, fnp_error *err)
{
    if (is_empty(mask)) return FNP_OK;
    const fnp_dtype *dt = src->dtype;
    fnp_intp size = dt->elsize;
    bool whole = !fnp_dtype_has_ref(dt) && !dt->ops;
    fnp__compress_fn *compress = whole ? fnp__compress_kernel(size) : NULL;
    fnp_cast copy;
    FNP_TRY(copy_loop(dt, whole, &copy, err));
    fnp_status status = FNP_OK;
    walk w;
    walk_init(&w, mask, src);
    do {
        fnp_intp n = w.shape[0], ms = w.steps[0][0], ss = w.steps[1][0];
        if (compress && ms == 1 && ss == size) {
            out += compress(w.at[1], w.at[0], out, n) * size;
            continue;
        }
        if (compress && ss == size) {
            char block[MASK_BLOCK];
            for (fnp_intp i = 0; i < n; i += MASK_BLOCK) {
                fnp_intp many = n - i < MASK_BLOCK ? n - i : MASK_BLOCK;
                gather_mask(block, w.at[0] + i * ms, ms, many);
                out += compress(w.at[1] + i * ss, block, out, many) * size;
            }
            continue;
        }
        for (fnp_intp i = 0, end; next_stretch(w.at[0], ms, n, &i, &end) && status == FNP_OK;
             i = end) {
            status = fnp_cast_run(&copy, w.at[1] + i * ss, ss, out, size, end - i, err);
            out += (end - i) * size;
        }
    } while (status == FNP_OK && walk_next(&w));
    fnp_cast_clear(&copy);
    return status;
}

fnp_status fnp_mask_set(const fnp_view *dst, const fnp_view *mask, const char *values,
                        fnp_intp stride, fnp_error *err)
{
    if (is_empty(mask)) return FNP_OK;
    const fnp_dtype *dt = dst->dtype;
    fnp_intp size = dt->elsize;
    bool whole = !fnp_dtype_has_ref(dt) && !dt->ops && !fnp_dtype_has_gaps(dt);
    fnp__spread_fn *spread = whole ? fnp__spread_kernel(size) : NULL;
    fnp_cast copy;
    FNP_TRY(copy_loop(dt, whole, &copy, err));
    fnp_status status = FNP_OK;
    walk w;
    walk_init(&w, mask, dst);
    do {
        fnp_intp n = w.shape[0], ms = w.steps[0][0], ds = w.steps[1][0];
        if (spread && ms == 1 && ds == size) {
            values += spread(w.at[1], w.at[0], values, stride, n) * stride;
            continue;
        }
        if (spread && ds == size) {
            char block[MASK_BLOCK];
            for (fnp_intp i = 0; i < n; i += MASK_BLOCK) {
                fnp_intp many = n - i < MASK_BLOCK ? n - i : MASK_BLOCK;
                gather_mask(block, w.at[0] + i * ms, ms, many);
                values += spread(w.at[1] + i * ds, block, values, stride, many) * stride;
            }
            continue;
        }
        for (fnp_intp i = 0, end; next_stretch(w.at[0], ms, n, &i, &end) && status == FNP_OK;
             i = end) {
            status = fnp_cast_run(&copy, values, stride, w.at[1] + i * ds, ds, end - i, err);
            values += (end - i) * stride;
        }
    } while (status == FNP_OK && walk_next(&w));
    fnp_cast_clear(&copy);
    return status;
}
