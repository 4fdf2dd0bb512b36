/* Arrays that own their memory. */
#include "fnp/array.h"

#include "fnp/base.h"
#include "fnp/cast.h"

#include <stdatomic.h>
#include <string.h>

enum { DATA_ALIGN = 64 };

static atomic_long *counter(fnp_array *a)
{
    _Static_assert(sizeof(atomic_long) == sizeof(long), "the public field is plain");
    return (atomic_long *)(void *)&a->refs;
}

static fnp_array *new_head(const fnp_dtype *dtype, int ndim)
{
    fnp_array *a = fnp_calloc(1, sizeof *a);
    if (!a) return NULL;
    a->dtype = *dtype;
    a->refs = 1;
    a->view.ndim = ndim;
    a->view.dtype = &a->dtype;
    a->view.shape = a->shape;
    a->view.strides = a->strides;
    a->view.flags = FNP_VIEW_WRITEABLE;
    return a;
}

static void find_alignment(fnp_array *a)
{
    uintptr_t bits = (uintptr_t)a->view.data;
    for (int i = 0; i < a->view.ndim; i++)
        if (a->shape[i] > 1) bits |= (uintptr_t)a->strides[i];
    if (bits % (uintptr_t)(a->dtype.alignment ? a->dtype.alignment : 1) == 0)
        a->view.flags |= FNP_VIEW_ALIGNED;
}

fnp_status fnp_array_new(const fnp_dtype *dtype, int ndim, const fnp_intp *shape, fnp_array **out,
                         fnp_error *err)
{
    fnp_intp size, nbytes, total;
    if (fnp_dtype_has_ref(dtype))
        return fnp_fail(err, FNP_ETYPE, "elements that hold references need an owner in Python");
    FNP_TRY(fnp_sce_check_ndim(ndim, err));
    FNP_TRY(fnp_sce_nbytes(ndim, shape, dtype->elsize, &size, &nbytes, err));
    if (size == 0) nbytes = 0;
    if (fnp_size_add(nbytes, DATA_ALIGN, &total)) return fnp_fail_nomem(err);
    fnp_array *a = new_head(dtype, ndim);
    char *memory = a ? fnp_calloc(1, (size_t)total) : NULL;
    if (!memory) {
        fnp_free(a);
        return fnp_fail_nomem(err);
    }
    /* the byte before the data says how far the block's start is */
    size_t skip = DATA_ALIGN - (uintptr_t)memory % DATA_ALIGN;
    a->view.data = memory + skip;
    a->view.data[-1] = (char)(skip - 1);
    if (ndim) memcpy(a->shape, shape, (size_t)ndim * sizeof *shape);
    fnp_sce_fill_strides(ndim, shape, dtype->elsize, FNP_ORDER_C, a->strides);
    find_alignment(a);
    *out = a;
    return FNP_OK;
}

fnp_status fnp_array_zeros(int type_num, int ndim, const fnp_intp *shape, fnp_array **out,
                           fnp_error *err)
{
    const fnp_dtype *dtype = fnp_dtype_builtin(type_num);
    if (!dtype) return fnp_fail(err, FNP_ETYPE, "no built-in type has the number %d", type_num);
    return fnp_array_new(dtype, ndim, shape, out, err);
}

fnp_array *fnp_array_share(fnp_array *a)
{
    atomic_fetch_add_explicit(counter(a), 1, memory_order_relaxed);
    return a;
}

void fnp_array_free(fnp_array *a)
{
    while (a && atomic_fetch_sub_explicit(counter(a), 1, memory_order_acq_rel) == 1) {
        fnp_array *base = a->base;
        if (!base) fnp_free(a->view.data - 1 - (unsigned char)a->view.data[-1]);
        fnp_free(a);
        a = base;
    }
}

fnp_intp fnp_array_size(const fnp_array *a)
{
    return fnp_sce_count(a->view.ndim, a->shape);
}

void *fnp_array_at(const fnp_array *a, const fnp_intp *index)
{
    char *p = a->view.data;
    for (int i = 0; i < a->view.ndim; i++) p += index[i] * a->strides[i];
    return p;
}

/* An array that sees the memory of `a` from `offset` bytes on; its layout is the caller's to fill.
 */
static fnp_array *see(fnp_array *a, int ndim, fnp_intp offset)
{
    fnp_array *v = new_head(&a->dtype, ndim);
    if (!v) return NULL;
    v->base = fnp_array_share(a->base ? a->base : a);
    v->view.data = a->view.data + offset;
    return v;
}

fnp_status fnp_array_index(fnp_array *a, int nitems, const fnp_index_item *items, fnp_array **out,
                           fnp_error *err)
{
    fnp_intp shape[FNP_MAXDIMS], strides[FNP_MAXDIMS], offset;
    int ndim;
    FNP_TRY(fnp_sce_index(a->view.ndim, a->shape, a->strides, nitems, items, &ndim, shape, strides,
                          &offset, err));
    fnp_array *v = see(a, ndim, offset);
    if (!v) return fnp_fail_nomem(err);
    memcpy(v->shape, shape, (size_t)ndim * sizeof *shape);
    memcpy(v->strides, strides, (size_t)ndim * sizeof *strides);
    find_alignment(v);
    *out = v;
    return FNP_OK;
}

fnp_status fnp_array_reshape(fnp_array *a, int ndim, const fnp_intp *shape, fnp_array **out,
                             fnp_error *err)
{
    fnp_reshape_plan plan;
    FNP_TRY(fnp_sce_reshape(a->view.ndim, a->shape, a->strides, a->dtype.elsize, ndim, shape,
                            FNP_ORDER_C, &plan, err));
    if (!plan.view) {
        fnp_array *copy;
        FNP_TRY(fnp_array_copy(a, NULL, &copy, err));
        fnp_status st = fnp_array_reshape(copy, ndim, shape, out, err);
        fnp_array_free(copy);
        return st;
    }
    fnp_array *v = see(a, plan.ndim, 0);
    if (!v) return fnp_fail_nomem(err);
    memcpy(v->shape, plan.shape, sizeof v->shape);
    memcpy(v->strides, plan.strides, sizeof v->strides);
    find_alignment(v);
    *out = v;
    return FNP_OK;
}

fnp_status fnp_array_transpose(fnp_array *a, const fnp_intp *axes, fnp_array **out, fnp_error *err)
{
    int perm[FNP_MAXDIMS];
    FNP_TRY(fnp_sce_transpose_perm(a->view.ndim, a->view.ndim, axes, perm, err));
    fnp_array *v = see(a, a->view.ndim, 0);
    if (!v) return fnp_fail_nomem(err);
    fnp_sce_permute(a->view.ndim, perm, a->shape, a->strides, v->shape, v->strides);
    find_alignment(v);
    *out = v;
    return FNP_OK;
}

fnp_status fnp_array_copy(const fnp_array *a, const fnp_dtype *dtype, fnp_array **out,
                          fnp_error *err)
{
    fnp_array *copy;
    FNP_TRY(fnp_array_new(dtype ? dtype : &a->dtype, a->view.ndim, a->shape, &copy, err));
    fnp_status st = fnp_assign(&copy->view, &a->view, NULL, 0, err);
    if (st) {
        fnp_array_free(copy);
        return st;
    }
    *out = copy;
    return FNP_OK;
}
