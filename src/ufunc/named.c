/* Ufuncs by name on owned arrays. */
#include "fnp/ufunc_named.h"

#include "fnp/ufunc.h"

#include <string.h>

fnp_status fnp_ufunc_find(const char *name, const fnp_ufunc_info **out, fnp_error *err)
{
    int n;
    const fnp_ufunc_info *table = fnp_ufunc_table(&n);
    for (int i = 0; i < n; i++)
        if (strcmp(table[i].name, name) == 0) {
            *out = &table[i];
            return FNP_OK;
        }
    return fnp_fail(err, FNP_EVALUE, "no ufunc has the name '%s'", name);
}

static const fnp_dtype *dtype_of_char(char c)
{
    for (int t = 0; t < FNP_NTYPES; t++) {
        const fnp_dtype *d = fnp_dtype_builtin(t);
        if (d && d->type == c) return d;
    }
    return NULL;
}

/* The first loop that takes inputs of these type numbers; dtypes[] gets what it works on. */
static const fnp_ufunc_loop *choose(const fnp_ufunc_info *u, const int *nums,
                                    const fnp_dtype **dtypes)
{
    for (int l = 0; l < u->nloops; l++) {
        const fnp_ufunc_loop *loop = &u->loops[l];
        bool fits = !loop->object;
        for (int i = 0; i < u->nin && fits; i++) {
            dtypes[i] = dtype_of_char(loop->types[i]);
            fits =
                dtypes[i] && fnp_cast_level_typenums(nums[i], dtypes[i]->type_num) <= FNP_CAST_SAFE;
        }
        if (!fits) continue;
        for (int k = 0; k < u->nout; k++)
            dtypes[u->nin + k] = dtype_of_char(loop->types[u->nin + 2 + k]);
        return loop;
    }
    return NULL;
}

static fnp_status no_loop(const fnp_ufunc_info *u, fnp_error *err)
{
    return fnp_fail(err, FNP_ETYPE, "ufunc '%s' not supported for the input types", u->name);
}

fnp_status fnp_ufunc_apply(const char *name, int nin, fnp_array *const *in, int nout,
                           fnp_array **out, fnp_error *err)
{
    const fnp_ufunc_info *u;
    const fnp_dtype *dtypes[FNP_MAXARGS];
    const fnp_intp *shapes[FNP_MAXARGS];
    fnp_intp shape[FNP_MAXDIMS];
    fnp_view ops[FNP_MAXARGS];
    int nums[FNP_MAXARGS], ndims[FNP_MAXARGS], ndim, made = 0;
    FNP_TRY(fnp_ufunc_find(name, &u, err));
    if (u->nin != nin || u->nout != nout || u->signature)
        return fnp_fail(err, FNP_EVALUE, "ufunc '%s' takes %d arrays and gives %d%s", name, u->nin,
                        u->nout, u->signature ? ", not elementwise" : "");
    for (int i = 0; i < nin; i++) {
        ops[i] = in[i]->view;
        nums[i] = in[i]->dtype.type_num;
        ndims[i] = in[i]->view.ndim;
        shapes[i] = in[i]->shape;
    }
    const fnp_ufunc_loop *chosen = choose(u, nums, dtypes);
    if (!chosen) return no_loop(u, err);
    FNP_TRY(
        fnp_sce_broadcast_shapes(nin, ndims, shapes, FNP_BROADCAST_OPERANDS, &ndim, shape, err));
    fnp_status st = FNP_OK;
    for (; made < nout && !st; made += !st) {
        st = fnp_array_new(dtypes[nin + made], ndim, shape, &out[made], err);
        if (!st) ops[nin + made] = out[made]->view;
    }
    if (!st) {
        fnp_loop loop = {.kernel = fnp_ufunc_kernel(chosen), .flags = 0};
        fnp_ufunc_call call = {.loop = &loop,
                               .nin = nin,
                               .nout = nout,
                               .ops = ops,
                               .dtypes = dtypes,
                               .ndim = ndim,
                               .shape = shape,
                               .bufsize = FNP_UFUNC_BUFSIZE,
                               .fresh = true};
        st = fnp_ufunc_run(&call, err);
    }
    if (st)
        while (made-- > 0) fnp_array_free(out[made]);
    return st;
}

/* What sums and products are kept in: at least 64 bits. */
static int wide(const fnp_ufunc_info *u, int num)
{
    bool sums = strcmp(u->name, "add") == 0 || strcmp(u->name, "multiply") == 0;
    if (!sums || !(fnp_typenum_is_bool(num) || fnp_typenum_is_integer(num))) return num;
    if (fnp_dtype_builtin(num)->elsize >= 8) return num;
    return fnp_typenum_is_unsigned(num) ? FNP_ULONG : FNP_LONG;
}

/* 1: *value is what an empty reduction gives. */
static bool start_value(fnp_ufunc_identity id, int *value)
{
    switch (id) {
    case FNP_ID_ZERO:
    case FNP_ID_FALSE: *value = 0; return true;
    case FNP_ID_ONE:
    case FNP_ID_TRUE: *value = 1; return true;
    case FNP_ID_MINUSONE: *value = -1; return true;
    default: return false;
    }
}

static fnp_status fill(const fnp_view *out, int value, fnp_error *err)
{
    int8_t byte = (int8_t)value;
    fnp_view one = {.data = (char *)&byte, .dtype = fnp_dtype_builtin(FNP_BYTE)};
    one.flags = FNP_VIEW_ALIGNED;
    return fnp_assign(out, &one, NULL, 0, err);
}

fnp_status fnp_ufunc_reduce_axis(const char *name, fnp_array *in, fnp_intp axis, fnp_array **out,
                                 fnp_error *err)
{
    const fnp_ufunc_info *u;
    const fnp_dtype *dtypes[FNP_MAXARGS];
    fnp_intp kept[FNP_MAXDIMS];
    bool axes[FNP_MAXDIMS];
    int ndim = in->view.ndim, value = 0, n = 0;
    FNP_TRY(fnp_ufunc_find(name, &u, err));
    if (u->nin != 2 || u->nout != 1 || u->signature)
        return fnp_fail(err, FNP_EVALUE, "reduce only supported for binary functions");
    FNP_TRY(fnp_sce_axis_mask(axis == FNP_ALL_AXES ? -1 : 1, &axis, ndim, axes, err));
    int nums[2] = {wide(u, in->dtype.type_num), wide(u, in->dtype.type_num)};
    const fnp_ufunc_loop *chosen = choose(u, nums, dtypes);
    if (!chosen || dtypes[0] != dtypes[2]) return no_loop(u, err);
    for (int i = 0; i < ndim; i++) kept[i] = axes[i] ? 1 : in->shape[i];
    bool begins = start_value(u->identity, &value);
    if (!begins && fnp_array_size(in) == 0 && fnp_sce_count(ndim, kept) != 0)
        return fnp_fail(err, FNP_EVALUE,
                        "zero-size array to reduction operation %s which has no identity", name);
    FNP_TRY(fnp_array_new(dtypes[2], ndim, kept, out, err));
    fnp_loop loop = {.kernel = fnp_ufunc_kernel(chosen)};
    fnp_ufunc_reduction r = {.loop = &loop,
                             .out = &(*out)->view,
                             .in = &in->view,
                             .in_dtype = dtypes[1],
                             .axes = axes,
                             .copy_first = !begins,
                             .bufsize = FNP_UFUNC_BUFSIZE};
    fnp_status st = begins ? fill(r.out, value, err) : FNP_OK;
    if (!st) st = fnp_ufunc_reduce(&r, err);
    if (st) {
        fnp_array_free(*out);
        return st;
    }
    for (int i = 0; i < ndim; i++) {
        if (axes[i]) continue;
        (*out)->shape[n] = (*out)->shape[i];
        (*out)->strides[n++] = (*out)->strides[i];
    }
    (*out)->view.ndim = n;
    return FNP_OK;
}
