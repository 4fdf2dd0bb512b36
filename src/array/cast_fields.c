/* Casts of structured and subarray elements: their parts, cast one by one. */
#include "array/cast_impl.h"

#include <string.h>

/* ---- structured: field by field, by position ----------------------------------------------------
 */

typedef struct field_cast {
    fnp_loop loop;
    fnp_intp src_offset, dst_offset;
} field_cast;

typedef struct fields_aux {
    fnp_auxdata base;
    int n;
    field_cast fields[];
} fields_aux;

static void fields_aux_free(fnp_auxdata *base)
{
    fields_aux *a = (fields_aux *)base;
    for (int i = 0; i < a->n; i++) fnp_loop_clear(&a->fields[i].loop);
    fnp_free(a);
}

static int run_fields(void *context, char *const *data, const fnp_intp *dims,
                      const fnp_intp *strides, void *aux)
{
    const fields_aux *a = aux;
    for (int i = 0; i < a->n; i++) {
        const field_cast *f = &a->fields[i];
        int r = fnp__loop_run(&f->loop, data[0] + f->src_offset, strides[0],
                              data[1] + f->dst_offset, strides[1], dims[0]);
        if (r) return r;
    }
    return 0;
}

static fnp_status add_field(cast_build *b, fields_aux *a, uint32_t *flags, const fnp_dtype *from,
                            fnp_intp src_offset, const fnp_dtype *to, fnp_intp dst_offset)
{
    field_cast *f = &a->fields[a->n];
    FNP_TRY(fnp__cast_build(b, from, to, FNP_CAST_ANY_STRIDE, FNP_CAST_ANY_STRIDE, &f->loop));
    f->src_offset = src_offset;
    f->dst_offset = dst_offset;
    a->n++;
    *flags |= f->loop.flags & FNP_LOOP_NEEDS_API;
    if (!(f->loop.flags & FNP_LOOP_NO_FLOAT_ERRORS)) *flags &= ~(uint32_t)FNP_LOOP_NO_FLOAT_ERRORS;
    return FNP_OK;
}

fnp_status fnp__cast_build_fields(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                  fnp_loop *out)
{
    bool from_fields = fnp_dtype_is_structured(from), to_fields = fnp_dtype_is_structured(to);
    if (from_fields && to_fields ? from->nfields != to->nfields : from_fields && from->nfields != 1)
        return fnp__cast_none(b, from, to);
    int n = to_fields ? to->nfields : 1;
    fields_aux *a = fnp__cast_aux(b, sizeof *a + (size_t)n * sizeof a->fields[0], fields_aux_free);
    if (!a) return FNP_ENOMEM;
    uint32_t flags = FNP_LOOP_NO_FLOAT_ERRORS | FNP_LOOP_UNALIGNED_OK;
    fnp_status status = FNP_OK;
    for (int i = 0; i < n && status == FNP_OK; i++)
        status =
            add_field(b, a, &flags, from_fields ? from->fields[i].dtype : from,
                      from_fields ? from->fields[i].offset : 0,
                      to_fields ? to->fields[i].dtype : to, to_fields ? to->fields[i].offset : 0);
    if (status != FNP_OK) {
        fields_aux_free(&a->base);
        return status;
    }
    *out = (fnp_loop){.fn = run_fields, .aux = &a->base, .flags = flags};
    return FNP_OK;
}

/* ---- subarrays
 * ------------------------------------------------------------------------------------ Shapes are
 * aligned at their last axes. A source axis of 1 is repeated; where the destination is longer,
 * zeros fill it; where the source is longer or has more axes, the rest is dropped. */

typedef struct sub_aux {
    fnp_auxdata base;
    fnp_loop inner;
    const fnp_dtype *to_base;
    fnp_intp from_size, to_size; /* of the base elements */
    fnp_intp count;              /* elements of the destination's subarray */
    bool same;                   /* the shapes are equal: position[] is not used */
    fnp_intp position[]; /* per destination element: byte offset in the source, -1 for zero */
} sub_aux;

static void sub_aux_free(fnp_auxdata *base)
{
    fnp_loop_clear(&((sub_aux *)base)->inner);
    fnp_free(base);
}

static fnp_intp sub_count(const fnp_dtype *dt)
{
    fnp_intp n = 1;
    for (int i = 0; i < dt->sub_ndim; i++) n *= dt->sub_shape[i];
    return n;
}

static int zero_elements(const fnp_dtype *dt, char *dst, fnp_intp stride, fnp_intp n)
{
    if (dt->ops && fnp_dtype_has_ref(dt)) {
        fnp_status s = dt->ops->clear(dt, dst, n, stride, NULL);
        return s == FNP_EPYTHON ? -1 : (int)s;
    }
    for (; n > 0; n--, dst += stride) memset(dst, 0, (size_t)dt->elsize);
    return 0;
}

static int run_subarray(void *context, char *const *data, const fnp_intp *dims,
                        const fnp_intp *strides, void *aux)
{
    const sub_aux *a = aux;
    fnp_intp n = dims[0], ss = strides[0], ds = strides[1];
    const char *src = data[0];
    char *dst = data[1];
    if (a->same && ss == a->from_size * a->count && ds == a->to_size * a->count)
        return fnp__loop_run(&a->inner, src, a->from_size, dst, a->to_size, n * a->count);
    if (a->same && a->count >= n) {
        for (; n > 0; n--, src += ss, dst += ds) {
            int r = fnp__loop_run(&a->inner, src, a->from_size, dst, a->to_size, a->count);
            if (r) return r;
        }
        return 0;
    }
    for (fnp_intp j = 0; j < a->count; j++) {
        fnp_intp offset = a->same ? j * a->from_size : a->position[j];
        char *d = dst + j * a->to_size;
        int r = offset < 0 ? zero_elements(a->to_base, d, ds, n)
                           : fnp__loop_run(&a->inner, src + offset, ss, d, ds, n);
        if (r) return r;
    }
    return 0;
}

/* Where destination element j of shape `to` is found in `from`, counted in elements, or -1. */
static fnp_intp source_of(const fnp_dtype *from, const fnp_dtype *to, fnp_intp j)
{
    fnp_intp index = 0, step = 1;
    for (int k = 1; k <= from->sub_ndim; k++) {
        fnp_intp extent = from->sub_shape[from->sub_ndim - k], i = 0;
        if (k <= to->sub_ndim) {
            fnp_intp len = to->sub_shape[to->sub_ndim - k];
            i = j % len;
            j /= len;
        }
        if (extent == 1) i = 0;
        if (i >= extent) return -1;
        index += i * step;
        step *= extent;
    }
    return index;
}

fnp_status fnp__cast_build_subarray(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                    fnp_loop *out)
{
    const fnp_dtype *from_base = from->sub_ndim ? from->sub_base : from;
    const fnp_dtype *to_base = to->sub_ndim ? to->sub_base : to;
    bool same =
        from->sub_ndim == to->sub_ndim &&
        memcmp(from->sub_shape, to->sub_shape, (size_t)to->sub_ndim * sizeof(fnp_intp)) == 0;
    fnp_intp count = sub_count(to);
    sub_aux *a =
        fnp__cast_aux(b, sizeof *a + (same ? 0 : (size_t)count * sizeof(fnp_intp)), sub_aux_free);
    if (!a) return FNP_ENOMEM;
    fnp_status status =
        fnp__cast_build(b, from_base, to_base, from_base->elsize, to_base->elsize, &a->inner);
    if (status != FNP_OK) {
        sub_aux_free(&a->base);
        return status;
    }
    a->to_base = to_base;
    a->from_size = from_base->elsize;
    a->to_size = to_base->elsize;
    a->count = count;
    a->same = same;
    for (fnp_intp j = 0; !same && j < count; j++) {
        fnp_intp i = source_of(from, to, j);
        a->position[j] = i < 0 ? -1 : i * a->from_size;
    }
    *out = (fnp_loop){.fn = run_subarray, .aux = &a->base, .flags = a->inner.flags};
    return FNP_OK;
}
