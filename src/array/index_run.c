/* Copies through an index plan: an outer nest over the index arrays, an inner one over what each
 * index chooses. */
#include "fnp/index.h"
#include "kernel/cast.h"
#include "kernel/gather.h"

#include <string.h>

/* One copy of a whole subspace. Axis 0 is the innermost. */
typedef struct sub_nest {
    int ndim;
    fnp_intp shape[FNP_MAXDIMS], array[FNP_MAXDIMS], other[FNP_MAXDIMS];
    fnp_intp array_offset, other_offset;
} sub_nest;

static void plan_sub(const fnp_index_plan *p, const fnp_intp *other_strides, sub_nest *s)
{
    s->ndim = p->sub_ndim;
    memcpy(s->shape, p->sub_shape, (size_t)s->ndim * sizeof(fnp_intp));
    memcpy(s->array, p->sub_strides, (size_t)s->ndim * sizeof(fnp_intp));
    memcpy(s->other, other_strides + p->ndim, (size_t)s->ndim * sizeof(fnp_intp));
    fnp_intp *strides[2] = {s->other, s->array}, offset[2];
    fnp_sce_plan_loops(2, &s->ndim, s->shape, strides, offset);
    s->other_offset = offset[0];
    s->array_offset = offset[1];
}

typedef struct run {
    const fnp_index_plan *plan;
    const fnp_cast *copy;
    fnp__gather_fn *gather; /* for elements that are all that an index chooses */
    fnp_intp chunk;         /* or 0: bytes of the run that an index chooses */
    bool set;
    sub_nest sub;
    fnp_error *err;
} run;

static fnp_status copy_run(const run *r, char *array, fnp_intp as, char *other, fnp_intp os,
                           fnp_intp n)
{
    return r->set ? fnp_cast_run(r->copy, other, os, array, as, n, r->err)
                  : fnp_cast_run(r->copy, array, as, other, os, n, r->err);
}

static fnp_status copy_sub(const run *r, char *array, char *other)
{
    const sub_nest *s = &r->sub;
    array += s->array_offset;
    other += s->other_offset;
    if (s->ndim == 1) return copy_run(r, array, s->array[0], other, s->other[0], s->shape[0]);
    fnp_intp index[FNP_MAXDIMS] = {0};
    for (;;) {
        FNP_TRY(copy_run(r, array, s->array[0], other, s->other[0], s->shape[0]));
        int d = 1;
        for (; d < s->ndim; d++) {
            array += s->array[d];
            other += s->other[d];
            if (++index[d] < s->shape[d]) break;
            index[d] = 0;
            array -= s->array[d] * s->shape[d];
            other -= s->other[d] * s->shape[d];
        }
        if (d == s->ndim) return FNP_OK;
    }
}

static inline char *element(const fnp_index_plan *p, const char *const *index)
{
    char *at = p->base;
    for (int i = 0; i < p->narrays; i++) {
        fnp_intp k = *(const fnp_intp *)(const void *)index[i];
        k += k < 0 ? p->arrays[i].wrap : 0;
        at += k * p->arrays[i].step;
    }
    return at;
}

static void copy_plain(const run *r, char *base, fnp_intp extent, fnp_intp step, const char *index,
                       fnp_intp index_step, char *other, fnp_intp other_step, fnp_intp n)
{
    if (r->gather)
        r->gather(base, extent, step, index, index_step, other, other_step, n);
    else
        fnp__gather_chunks(base, extent, step, index, index_step, other, other_step, n, r->chunk,
                           r->set);
}

/* Bytes without meaning: straight through one index array, or through offsets made of several. */
static void inner_plain(const run *r, const char *const *index, const fnp_intp *index_steps,
                        char *other, fnp_intp other_step, fnp_intp n)
{
    enum { BLOCK = 256 };
    const fnp_index_plan *p = r->plan;
    char *base = p->base + r->sub.array_offset;
    if (p->narrays == 1) {
        const fnp_index_array *a = &p->arrays[0];
        copy_plain(r, base, a->wrap, a->step, index[0], index_steps[0], other, other_step, n);
        return;
    }
    fnp_intp offset[BLOCK];
    for (fnp_intp i = 0; i < n; i += BLOCK) {
        fnp_intp m = n - i < BLOCK ? n - i : BLOCK;
        /* an index that stays the same is part of the base */
        char *from = base;
        bool add = false;
        for (int k = 0; k < p->narrays; k++) {
            const fnp_index_array *a = &p->arrays[k];
            if (index_steps[k] == 0) {
                fnp_intp j = *(const fnp_intp *)(const void *)index[k];
                from += (j + (j < 0 ? a->wrap : 0)) * a->step;
                continue;
            }
            fnp__index_offsets(index[k] + i * index_steps[k], index_steps[k], m, a->wrap, a->step,
                               offset, add);
            add = true;
        }
        if (!add) memset(offset, 0, (size_t)m * sizeof *offset);
        copy_plain(r, from, 0, 1, (const char *)offset, sizeof *offset, other + i * other_step,
                   other_step, m);
    }
}

/* One run along the innermost axis of the index arrays. */
static fnp_status inner(const run *r, const char *const *index, const fnp_intp *index_steps,
                        char *other, fnp_intp other_step, fnp_intp n)
{
    const fnp_index_plan *p = r->plan;
    if (r->chunk) {
        inner_plain(r, index, index_steps, other + r->sub.other_offset, other_step, n);
        return FNP_OK;
    }
    const char *at[FNP_MAXDIMS];
    for (int i = 0; i < p->narrays; i++) at[i] = index[i];
    for (; n > 0; n--) {
        FNP_TRY(copy_sub(r, element(p, at), other));
        other += other_step;
        for (int i = 0; i < p->narrays; i++) at[i] += index_steps[i];
    }
    return FNP_OK;
}

/* The same for inner runs that are short and a dense `other`: offsets of many of them at once. */
enum { OFFSETS = 512 };
typedef struct offsets {
    fnp_intp n, offset[OFFSETS];
    char *other; /* where the first of them goes */
} offsets;

static void flush(const run *r, offsets *o)
{
    copy_plain(r, r->plan->base + r->sub.array_offset, 0, 1, (const char *)o->offset,
               sizeof *o->offset, o->other, r->chunk, o->n);
    o->other += o->n * r->chunk;
    o->n = 0;
}

static void collect(const run *r, offsets *o, const char *const *index, const fnp_intp *index_steps,
                    fnp_intp n)
{
    const fnp_index_plan *p = r->plan;
    if (o->n + n > OFFSETS) flush(r, o);
    for (int i = 0; i < p->narrays; i++)
        fnp__index_offsets(index[i], index_steps[i], n, p->arrays[i].wrap, p->arrays[i].step,
                           o->offset + o->n, i > 0);
    o->n += n;
}

static fnp_status outer(const run *r, char *other, const fnp_intp *other_strides)
{
    const fnp_index_plan *p = r->plan;
    int nop = p->narrays + 1, ndim = p->ndim;
    fnp_intp shape[FNP_MAXDIMS], steps[FNP_MAXDIMS + 1][FNP_MAXDIMS],
        *strides[FNP_MAXDIMS + 1] = {0};
    /* innermost first, in C order: the order of writes is seen where an index is repeated */
    for (int i = 0; i < ndim; i++) {
        int k = ndim - 1 - i;
        shape[i] = p->shape[k];
        steps[0][i] = other_strides[k];
        for (int a = 0; a < p->narrays; a++) steps[a + 1][i] = p->arrays[a].strides[k];
    }
    for (int op = 0; op < nop; op++) strides[op] = steps[op];
    ndim = fnp_sce_coalesce(nop, ndim, shape, strides);
    if (ndim == 0) {
        shape[0] = 1;
        for (int op = 0; op < nop; op++) steps[op][0] = 0;
        ndim = 1;
    }
    const char *index[FNP_MAXDIMS];
    fnp_intp index_steps[FNP_MAXDIMS], counter[FNP_MAXDIMS] = {0};
    for (int a = 0; a < p->narrays; a++) {
        index[a] = p->arrays[a].data;
        index_steps[a] = steps[a + 1][0];
    }
    offsets many;
    many.n = 0;
    many.other = other + r->sub.other_offset;
    bool together = r->chunk && p->narrays > 1 && ndim > 1 && shape[0] <= 64;
    for (int d = 0, at = 0; d < ndim && together; at = d++)
        together = steps[0][d] == (d ? steps[0][at] * shape[at] : r->chunk);
    for (;;) {
        if (together)
            collect(r, &many, index, index_steps, shape[0]);
        else
            FNP_TRY(inner(r, index, index_steps, other, steps[0][0], shape[0]));
        int d = 1;
        for (; d < ndim; d++) {
            bool more = ++counter[d] < shape[d];
            fnp_intp times = more ? 1 : 1 - shape[d];
            other += steps[0][d] * times;
            for (int a = 0; a < p->narrays; a++) index[a] += steps[a + 1][d] * times;
            if (more) break;
            counter[d] = 0;
        }
        if (d >= ndim) break;
    }
    if (together) flush(r, &many);
    return FNP_OK;
}

static fnp_status go(const fnp_index_plan *p, const fnp_dtype *dtype, char *other,
                     const fnp_intp *other_strides, bool set, fnp_error *err)
{
    if (p->count == 0 || p->sub_count == 0) return FNP_OK;
    run r = {.plan = p, .set = set, .err = err};
    bool plain = !fnp_dtype_has_ref(dtype) && !dtype->ops;
    /* As in the reference, only values that are paired with the indices of one list bring the bytes
     * between fields with them. */
    bool paired = p->narrays == 1 && p->ndim == 1 && p->sub_count == 1 && other_strides[0] != 0;
    if (set && !paired && fnp_dtype_has_gaps(dtype)) plain = false;
    fnp_cast copy;
    plan_sub(p, other_strides, &r.sub);
    bool dense =
        r.sub.ndim <= 1 &&
        (p->sub_count == 1 || (r.sub.array[0] == dtype->elsize && r.sub.other[0] == dtype->elsize));
    if (plain && dense && p->narrays > 0) {
        r.chunk = p->sub_count * dtype->elsize;
        r.gather = fnp__gather_kernel(r.chunk, set);
    }
    if (plain) {
        copy = (fnp_cast){
            .loop = {.kernel = fnp__copy_kernel(dtype->elsize), .data = (void *)dtype->elsize}};
    } else {
        FNP_TRY(
            fnp_cast_init(&copy, dtype, dtype, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE, 0, err));
    }
    r.copy = &copy;
    fnp_status status = outer(&r, other, other_strides);
    fnp_cast_clear(&copy);
    return status;
}

fnp_status fnp_index_get(const fnp_index_plan *plan, const fnp_dtype *dtype, char *other,
                         const fnp_intp *other_strides, fnp_error *err)
{
    return go(plan, dtype, other, other_strides, false, err);
}

fnp_status fnp_index_set(const fnp_index_plan *plan, const fnp_dtype *dtype, const char *other,
                         const fnp_intp *other_strides, fnp_error *err)
{
    return go(plan, dtype, (char *)other, other_strides, true, err);
}
