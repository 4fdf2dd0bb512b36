/* Elementwise execution: the result's shape, its memory, the run, floating-point errors. */
#include "ufunc_call.h"

#include <string.h>

bool ufunc_may_release(UfuncLoop *loop, PyArrayObject *const *arrays, int n, npy_intp count)
{
    if (count < 500 || loop->run.flags & FNP_LOOP_NEEDS_API) return false;
    for (int i = 0; i < n; i++)
        if (arrays[i] &&
            (PyDataType_FLAGCHK(PyArray_DESCR(arrays[i]), NPY_ITEM_REFCOUNT | NPY_NEEDS_PYAPI) ||
             PyDataType_FLAGCHK(loop->descrs[i], NPY_ITEM_REFCOUNT | NPY_NEEDS_PYAPI)))
            return false;
    return true;
}

/* The shape of all operands together. */
static int common_shape(UfuncRun *r, int *ndim, npy_intp *shape)
{
    int nop = r->loop->nop, n = 0, ndims[NPY_MAXARGS + 1];
    const npy_intp *shapes[NPY_MAXARGS + 1];
    for (int i = 0; i < nop; i++) {
        if (!r->arrays[i]) continue;
        ndims[n] = PyArray_NDIM(r->arrays[i]);
        shapes[n++] = PyArray_DIMS(r->arrays[i]);
    }
    if (r->where) {
        ndims[n] = PyArray_NDIM(r->where);
        shapes[n++] = PyArray_DIMS(r->where);
    }
    EXT_TRY(fnp_sce_broadcast_shapes(n, ndims, shapes, FNP_BROADCAST_OPERANDS, ndim, shape, err),
            -1);
    /* Given outputs are not stretched. */
    for (int i = r->loop->ufunc->nin; i < nop; i++) {
        PyArrayObject *o = r->arrays[i];
        if (!o || fnp_sce_same_shape(PyArray_NDIM(o), PyArray_DIMS(o), *ndim, shape)) continue;
        char have[256], want[256];
        fnp_sce_format_shape(PyArray_NDIM(o), PyArray_DIMS(o), have, sizeof have);
        fnp_sce_format_shape(*ndim, shape, want, sizeof want);
        PyErr_Format(
            PyExc_ValueError,
            "non-broadcastable output operand with shape %s doesn't match the broadcast shape %s",
            have, want);
        return -1;
    }
    return 0;
}

/* Strides of a new output: order C or F, or the inputs' order in memory. */
static bool output_strides(UfuncRun *r, int ndim, const npy_intp *shape, npy_intp itemsize,
                           npy_intp *strides)
{
    NPY_ORDER order = r->order;
    int nin = r->loop->ufunc->nin;
    if (ndim < 2) return false;
    if (order == NPY_ANYORDER) {
        order = NPY_FORTRANORDER;
        for (int i = 0; i < nin; i++)
            if (!PyArray_CHKFLAGS(r->arrays[i], NPY_ARRAY_F_CONTIGUOUS)) order = NPY_CORDER;
    }
    if (order == NPY_CORDER) return false;
    if (order == NPY_FORTRANORDER) {
        fnp_sce_fill_strides(ndim, shape, itemsize, FNP_ORDER_F, strides);
        return true;
    }
    bool plain = true;
    for (int i = 0; i < nin; i++)
        plain &= PyArray_NDIM(r->arrays[i]) == 0 ||
                 (PyArray_CHKFLAGS(r->arrays[i], NPY_ARRAY_C_CONTIGUOUS) &&
                  PyArray_NDIM(r->arrays[i]) == ndim &&
                  fnp_sce_same_shape(ndim, PyArray_DIMS(r->arrays[i]), ndim, shape));
    if (plain) return false;
    npy_intp block[NPY_MAXDIMS * 4], *mem = block;
    if (nin > 4 && !(mem = PyMem_Malloc(sizeof(npy_intp) * NPY_MAXDIMS * (size_t)nin)))
        return false;
    const npy_intp *by_op[NPY_MAXARGS];
    int perm[NPY_MAXDIMS];
    for (int i = 0; i < nin; i++) {
        by_op[i] = mem + i * NPY_MAXDIMS;
        if (fnp_sce_broadcast_strides(PyArray_NDIM(r->arrays[i]), PyArray_DIMS(r->arrays[i]),
                                      PyArray_STRIDES(r->arrays[i]), ndim, shape, false,
                                      mem + i * NPY_MAXDIMS, NULL))
            return false;
    }
    fnp_sce_sort_axes(nin, ndim, by_op, shape, perm);
    npy_intp step = itemsize;
    for (int k = 0; k < ndim; k++) {
        strides[perm[k]] = step;
        step *= shape[perm[k]] ? shape[perm[k]] : 1;
    }
    if (mem != block) PyMem_Free(mem);
    return true;
}

static int make_outputs(UfuncRun *r, int ndim, const npy_intp *shape)
{
    UfuncLoop *l = r->loop;
    for (int i = l->ufunc->nin; i < l->nop; i++) {
        if (r->arrays[i]) continue;
        npy_intp strides[NPY_MAXDIMS];
        bool given = output_strides(r, ndim, shape, l->descrs[i]->elsize, strides);
        Py_INCREF(l->descrs[i]);
        r->arrays[i] = (PyArrayObject *)PyArray_NewFromDescr(
            &PyArray_Type, l->descrs[i], ndim, shape, given ? strides : NULL, NULL, 0, NULL);
        if (!r->arrays[i]) return -1;
    }
    return 0;
}

int ufunc_run_elementwise(UfuncRun *r)
{
    UfuncLoop *l = r->loop;
    int nop = l->nop, nin = l->ufunc->nin, ndim;
    npy_intp shape[NPY_MAXDIMS];
    bool fresh = true;
    for (int i = nin; i < nop; i++) fresh &= r->arrays[i] == NULL;
    if (common_shape(r, &ndim, shape) < 0 || make_outputs(r, ndim, shape) < 0) return -1;
    fnp_view views[nop + 1];
    fnp_dtype scratch[nop + 1], loop_scratch[nop];
    const fnp_dtype *dtypes[nop];
    bool aligned = true;
    for (int i = 0; i < nop; i++) {
        if (ext_view(r->arrays[i], &views[i], &scratch[i]) < 0) return -1;
        if (!(dtypes[i] = ext_descr_core(l->descrs[i], &loop_scratch[i]))) return -1;
    }
    if (r->where && ext_view(r->where, &views[nop], &scratch[nop]) < 0) return -1;
    if (ufunc_loop_bind(l, NULL, aligned) < 0) return -1;
    npy_intp count = fnp_sce_count(ndim, shape), bufsize = FNP_UFUNC_BUFSIZE;
    for (int i = 0; i < nop && count > FNP_UFUNC_BUFSIZE; i++)
        if (views[i].dtype != dtypes[i]) bufsize = -1;
    if (bufsize < 0 && (bufsize = ufunc_bufsize()) < 0) return -1;
    fnp_ufunc_call c = {&l->run, nin,  nop - nin, views,
                        dtypes,  ndim, shape,     r->where ? &views[nop] : NULL,
                        bufsize, fresh};
    UfuncSection s;
    EXT_ERROR(err);
    ufunc_enter(&s, ufunc_may_release(l, r->arrays, nop, count));
    fnp_status st = fnp_ufunc_run(&c, &err);
    int flags = ufunc_leave(&s);
    if (st) return ufunc_raise(st, &err);
    if (PyErr_Occurred()) return -1;
    if (flags && !(l->run.flags & FNP_LOOP_NO_FLOAT_ERRORS))
        return ext_report_fp(ufunc_name(l->ufunc), flags);
    return 0;
}
