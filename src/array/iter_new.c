/* Building an iterator: flags, common shape, order of axes, memory for what is missing. */
#include "iter_impl.h"

#include <stdio.h>
#include <string.h>

/* ---- flags --------------------------------------------------------------------------- */

static fnp_status check_op_flags(uint32_t global, uint32_t f, bool missing, fnp_error *err)
{
    uint32_t access = f & (FNP_ITER_READWRITE | FNP_ITER_READONLY | FNP_ITER_WRITEONLY);
    if (!access)
        return fnp_fail(err, FNP_EVALUE,
                        "None of the iterator flags READWRITE, READONLY, or "
                        "WRITEONLY were specified for an operand");
    if (access & (access - 1))
        return fnp_fail(err, FNP_EVALUE,
                        "Only one of the iterator flags READWRITE, READONLY, and "
                        "WRITEONLY may be specified for an operand");
    bool write = !(f & FNP_ITER_READONLY), read = !(f & FNP_ITER_WRITEONLY);
    if (write && (f & (FNP_ITER_COPY | FNP_ITER_UPDATEIFCOPY)) == FNP_ITER_COPY)
        return fnp_fail(err, FNP_EVALUE,
                        "If an iterator operand is writeable, must use the flag "
                        "UPDATEIFCOPY instead of COPY");
    if (f & FNP_ITER_WRITEMASKED) {
        if (!write)
            return fnp_fail(err, FNP_EVALUE,
                            "The iterator flag WRITEMASKED may only be used with "
                            "READWRITE or WRITEONLY");
        if (f & FNP_ITER_ARRAYMASK)
            return fnp_fail(err, FNP_EVALUE,
                            "The iterator flag WRITEMASKED may not be used "
                            "together with ARRAYMASK");
    }
    if ((f & FNP_ITER_VIRTUAL) && !(f & FNP_ITER_READWRITE))
        return fnp_fail(err, FNP_EVALUE,
                        "The iterator flag VIRTUAL should be be used together with READWRITE");
    if (!missing) return FNP_OK;
    if (!(f & (FNP_ITER_ALLOCATE | FNP_ITER_VIRTUAL)))
        return fnp_fail(err, FNP_EVALUE,
                        "Iterator operand was NULL, but neither the ALLOCATE nor "
                        "the VIRTUAL flag was specified");
    if (f & FNP_ITER_ALLOCATE) {
        if (!write)
            return fnp_fail(err, FNP_EVALUE,
                            "Automatic allocation was requested for an iterator "
                            "operand, but it wasn't flagged for writing");
        if (read && (global & FNP_ITER_BUFFERED) && !(global & FNP_ITER_DELAY_BUFALLOC))
            return fnp_fail(err, FNP_EVALUE,
                            "Automatic allocation was requested for an iterator operand, and it "
                            "was flagged as readable, but buffering  without delayed allocation "
                            "was enabled");
    }
    return FNP_OK;
}

static fnp_status check_masks(const fnp_iter_request *req, fnp_error *err)
{
    bool masked = false, mask = false;
    for (int i = 0; i < req->nop; i++) {
        masked |= (req->ops[i].flags & FNP_ITER_WRITEMASKED) != 0;
        if (!(req->ops[i].flags & FNP_ITER_ARRAYMASK)) continue;
        if (mask)
            return fnp_fail(err, FNP_EVALUE,
                            "Only one iterator operand may receive an ARRAYMASK flag");
        mask = true;
    }
    if (masked && !mask)
        return fnp_fail(err, FNP_EVALUE,
                        "An iterator operand was flagged as WRITEMASKED, but no "
                        "ARRAYMASK operand was given to supply the mask");
    if (mask && !masked)
        return fnp_fail(err, FNP_EVALUE,
                        "An iterator operand was flagged as the ARRAYMASK, but no "
                        "WRITEMASKED operands were given to use the mask");
    return FNP_OK;
}

static fnp_status check_global_flags(uint32_t f, fnp_error *err)
{
    if ((f & FNP_ITER_C_INDEX) && (f & FNP_ITER_F_INDEX))
        return fnp_fail(err, FNP_EVALUE,
                        "Iterator flags C_INDEX and F_INDEX cannot both be specified");
    if ((f & FNP_ITER_EXTERNAL_LOOP) &&
        (f & (FNP_ITER_C_INDEX | FNP_ITER_F_INDEX | FNP_ITER_MULTI_INDEX)))
        return fnp_fail(err, FNP_EVALUE,
                        "Iterator flag EXTERNAL_LOOP cannot be used if an index "
                        "or multi-index is being tracked");
    if ((f & FNP_ITER_RANGED) && (f & FNP_ITER_EXTERNAL_LOOP) && !(f & FNP_ITER_BUFFERED))
        return fnp_fail(err, FNP_EVALUE,
                        "Iterator flag RANGED cannot be used with the flag "
                        "EXTERNAL_LOOP unless BUFFERED is also enabled");
    return FNP_OK;
}

static inline int plain_axis(int axis)
{
    return axis >= 1 << 29 ? axis - (1 << 30) : axis;
}

static fnp_status check_op_axes(const fnp_iter_request *req, fnp_error *err)
{
    for (int i = 0; i < req->nop; i++) {
        bool seen[FNP_MAXDIMS] = {false};
        const int *axes = req->ops[i].axes;
        for (int k = 0; axes && k < req->ndim; k++) {
            int a = plain_axis(axes[k]);
            if (a < 0) continue;
            if (a >= FNP_MAXDIMS || seen[a])
                return fnp_fail(err, FNP_EVALUE,
                                a >= FNP_MAXDIMS ? "The 'op_axes' provided to the iterator "
                                                   "constructor for operand %d contained invalid "
                                                   "values %d"
                                                 : "The 'op_axes' provided to the iterator "
                                                   "constructor for operand %d contained duplicate "
                                                   "value %d",
                                i, a);
            seen[a] = true;
        }
    }
    return FNP_OK;
}

static fnp_status fail_empty(fnp_error *err)
{
    return fnp_fail(err, FNP_EVALUE, "Iteration of zero-sized operands is not enabled");
}

static fnp_status check_request(const fnp_iter_request *req, fnp_error *err)
{
    FNP_TRY(check_op_axes(req, err));
    FNP_TRY(check_global_flags(req->flags, err));
    for (int i = 0; i < req->nop; i++) {
        const fnp_iter_operand *op = &req->ops[i];
        FNP_TRY(check_op_flags(req->flags, op->flags, !op->handle, err));
        if (op->handle && !(req->flags & FNP_ITER_ZEROSIZE_OK) &&
            fnp_sce_count(op->view.ndim, op->view.shape) == 0)
            return fail_empty(err);
        if (req->hooks->check) FNP_TRY(req->hooks->check(req->hooks->ctx, i, err));
    }
    return check_masks(req, err);
}

/* ---- shape --------------------------------------------------------------------------- */

/* The operand's axis that lies along iteration axis `k` (in the operands' order), or -1; *reduced
 * if op_axes says that it is to be reduced there. */
static int op_axis(const fnp_iter_operand *op, int op_ndim, int k, int ndim, bool *reduced)
{
    *reduced = false;
    if (!op->axes) {
        int a = k - (ndim - op_ndim);
        return a >= 0 ? a : -1;
    }
    int a = op->axes[k];
    if (a >= 1 << 29) {
        *reduced = true;
        a -= 1 << 30;
    }
    return a < 0 ? -1 : a;
}

static fnp_intp op_extent(const fnp_iter_operand *op, int k, int ndim)
{
    bool reduced;
    int a = op->handle ? op_axis(op, op->view.ndim, k, ndim, &reduced) : -1;
    return a < 0 ? 1 : op->view.shape[a];
}

/* Text pieces into a message of limited size. */
static void add_text(char *buf, size_t size, size_t *at, const char *s)
{
    int n = snprintf(buf + *at, size - *at, "%s", s);
    *at += n < 0 ? 0 : (size_t)n < size - *at ? (size_t)n : size - *at - 1;
}

static fnp_status fail_remapped(const fnp_iter_request *req, int ndim, fnp_error *err)
{
    char buf[400], text[200];
    size_t at = 0;
    bool remapped = req->ndim >= 0;
    buf[0] = 0;
    for (int i = 0; i < req->nop; i++) {
        const fnp_iter_operand *op = &req->ops[i];
        fnp_intp mapped[FNP_MAXDIMS];
        bool reduced;
        if (!op->handle) continue;
        fnp_sce_format_shape(op->view.ndim, op->view.shape, text, sizeof text);
        add_text(buf, sizeof buf, &at, text);
        if (op->axes) {
            for (int k = 0; k < ndim; k++) {
                int a = op_axis(op, op->view.ndim, k, ndim, &reduced);
                mapped[k] = a < 0 ? -1 : op->view.shape[a];
            }
            add_text(buf, sizeof buf, &at, "->");
            fnp_sce_format_shape(ndim, mapped, text, sizeof text);
            add_text(buf, sizeof buf, &at, text);
        }
        add_text(buf, sizeof buf, &at, " ");
    }
    if (req->itershape) {
        fnp_sce_format_shape(ndim, req->itershape, text, sizeof text);
        add_text(buf, sizeof buf, &at, " and requested shape ");
        add_text(buf, sizeof buf, &at, text);
    }
    return fnp_fail(err, FNP_EVALUE, "operands could not be broadcast together with %s %s",
                    remapped ? "remapped shapes [original->remapped]:" : "shapes", buf);
}

/* NumPy counts the entries of op_axes from the last in this message. */
static fnp_status check_axis_bounds(const fnp_iter_request *req, int ndim, fnp_error *err)
{
    for (int i = 0; i < req->nop; i++) {
        const fnp_iter_operand *op = &req->ops[i];
        for (int k = 0; op->handle && op->axes && k < ndim; k++)
            if (plain_axis(op->axes[k]) >= op->view.ndim)
                return fnp_fail(err, FNP_EVALUE,
                                "Iterator input op_axes[%d][%d] (==%d) is not a valid axis of "
                                "op[%d], which has %d dimensions ",
                                i, ndim - 1 - k, plain_axis(op->axes[k]), i, op->view.ndim);
    }
    return FNP_OK;
}

/* Common shape in the operands' order of axes. */
static fnp_status common_shape(const fnp_iter_request *req, int *out_ndim, fnp_intp *shape,
                               fnp_error *err)
{
    int ndim = req->ndim;
    if (ndim < 0) {
        ndim = 0;
        for (int i = 0; i < req->nop; i++)
            if (req->ops[i].handle && req->ops[i].view.ndim > ndim) ndim = req->ops[i].view.ndim;
    }
    *out_ndim = ndim;
    FNP_TRY(check_axis_bounds(req, ndim, err));
    for (int k = 0; k < ndim; k++)
        shape[k] = req->itershape && req->itershape[k] >= 0 ? req->itershape[k] : -1;
    for (int i = 0; i < req->nop; i++) {
        const fnp_iter_operand *op = &req->ops[i];
        if (!op->handle) continue;
        if (!op->axes && op->view.ndim > ndim)
            return fnp_fail(err, FNP_EVALUE,
                            "input operand has more dimensions than allowed by "
                            "the axis remapping");
        for (int k = 0; k < ndim; k++) {
            fnp_intp n = op_extent(op, k, ndim);
            if (n == 1) continue;
            if (shape[k] < 0)
                shape[k] = n;
            else if (shape[k] != n)
                return fail_remapped(req, ndim, err);
        }
    }
    for (int k = 0; k < ndim; k++)
        if (shape[k] < 0) shape[k] = 1;
    return FNP_OK;
}

static fnp_status fail_no_broadcast(const fnp_iter_operand *op, int ndim, const fnp_intp *shape,
                                    fnp_error *err)
{
    char a[100], b[100], remapped[150] = "";
    const char *what = op->flags & FNP_ITER_READONLY ? "operand" : "output operand";
    fnp_sce_format_shape(op->view.ndim, op->view.shape, a, sizeof a);
    fnp_sce_format_shape(ndim, shape, b, sizeof b);
    if (op->axes) { /* NumPy names the remapped extents from the last on, and all of them */
        size_t at = 0;
        for (int k = ndim - 1; k >= 0; k--) {
            char one[32];
            int axis = plain_axis(op->axes[k]);
            if (axis < 0)
                snprintf(one, sizeof one, "newaxis");
            else
                snprintf(one, sizeof one, "%td", op->view.shape[axis]);
            add_text(remapped, sizeof remapped, &at, k < ndim - 1 ? "," : " [remapped to (");
            add_text(remapped, sizeof remapped, &at, one);
        }
        add_text(remapped, sizeof remapped, &at, ndim == 1 ? ",)]" : ")]");
    }
    return fnp_fail(err, FNP_EVALUE,
                    "non-broadcastable %s with shape %s%s doesn't match the broadcast shape %s",
                    what, a, remapped, b);
}

/* A written operand that does not move along axis k is the result of a reduction. */
static fnp_status check_reduction(const fnp_iter_request *req, const fnp_iter_operand *op, int k,
                                  int ndim, fnp_error *err)
{
    if (!(req->flags & FNP_ITER_REDUCE_OK))
        return fnp_fail(err, FNP_EVALUE,
                        "output operand requires a reduction along dimension %d, but the reduction "
                        "is not enabled. The dimension size of 1 does not match the expected "
                        "output shape.",
                        op->axes ? plain_axis(op->axes[k]) : ndim - 1 - k);
    if (op->flags & FNP_ITER_WRITEONLY)
        return fnp_fail(err, FNP_EVALUE,
                        "output operand requires a reduction, but is flagged as "
                        "write-only, not read-write");
    if (op->flags & FNP_ITER_ARRAYMASK)
        return fnp_fail(err, FNP_EVALUE,
                        "output operand requires a reduction, but is flagged as "
                        "the ARRAYMASK operand which is not permitted to be the "
                        "result of a reduction");
    return FNP_OK;
}

static fnp_status check_operand_on_axis(const fnp_iter_request *req, const fnp_iter_operand *op,
                                        int k, int ndim, const fnp_intp *shape, fnp_error *err)
{
    bool reduced = false, write = !(op->flags & FNP_ITER_READONLY);
    int a = op->handle || op->axes ? op_axis(op, op->view.ndim, k, ndim, &reduced) : -1;
    if (!op->handle) {
        if (op->flags & FNP_ITER_VIRTUAL || !op->axes || a >= 0 || (shape[k] == 1 && !reduced))
            return FNP_OK;
    } else {
        fnp_intp n = a < 0 ? 1 : op->view.shape[a];
        bool whole = n == shape[k] && !(write && reduced && n != 1);
        bool stretched = op->axes ? !whole && a >= 0 : !whole || a < 0;
        if (stretched && op->flags & FNP_ITER_NO_BROADCAST)
            return fail_no_broadcast(op, ndim, shape, err);
        if (whole) return FNP_OK;
    }
    return write ? check_reduction(req, op, k, ndim, err) : FNP_OK;
}

/* Operands that are stretched, or stand still, must be allowed to. From the last axis on. */
static fnp_status check_broadcast(const fnp_iter_request *req, int ndim, const fnp_intp *shape,
                                  fnp_error *err)
{
    for (int k = ndim - 1; k >= 0; k--)
        for (int i = 0; i < req->nop; i++)
            FNP_TRY(check_operand_on_axis(req, &req->ops[i], k, ndim, shape, err));
    return FNP_OK;
}

/* ---- axes ---------------------------------------------------------------------------- */

/* Stride of an operand along iteration axis k (operands' order); 0 where it does not move. */
static fnp_intp op_stride(const fnp_iter_operand *op, int k, int ndim)
{
    bool reduced;
    if (!op->handle) return 0;
    int a = op_axis(op, op->view.ndim, k, ndim, &reduced);
    return a < 0 || op->view.shape[a] == 1 ? 0 : op->view.strides[a];
}

/* Put an operand's strides and pointer in place, once perm and flips are known. */
static void place_operand(fnp_iter *it, const fnp_iter_operand *op, int iop)
{
    fnp_intp offset = 0;
    for (int i = 0; i < it->ndim; i++) {
        fnp_intp s = op_stride(op, it->perm[i], it->ndim);
        if (it->shape[i] == 1) s = 0;
        if (it->flipped[i] && it->shape[i] > 0) {
            offset += (it->shape[i] - 1) * s;
            s = -s;
        }
        fnp__iter_row(it, i)[iop] = s;
    }
    it->offset[iop] = offset;
    it->base[iop] = op->view.data + offset;
}

static void place_flat_index(fnp_iter *it, const fnp_intp *shape, bool f_order)
{
    fnp_intp step[FNP_MAXDIMS], s = 1, offset = 0;
    for (int n = 0; n < it->ndim; n++) {
        int k = f_order ? n : it->ndim - 1 - n;
        step[k] = s;
        s = (fnp_intp)((size_t)s * (size_t)shape[k]);
    }
    for (int i = 0; i < it->ndim; i++) {
        fnp_intp v = it->shape[i] == 1 ? 0 : step[it->perm[i]];
        if (it->flipped[i]) {
            offset += (it->shape[i] - 1) * v;
            v = -v;
        }
        fnp__iter_row(it, i)[it->nop] = v;
    }
    it->offset[it->nop] = 0;
    it->base[it->nop] = (char *)0 + offset;
}

/* Order 'A': F if every operand is F-contiguous. */
static fnp_order order_of_all(const fnp_iter_request *req)
{
    bool all_f = true;
    for (int i = 0; i < req->nop; i++) {
        const fnp_view *v = &req->ops[i].view;
        if (!req->ops[i].handle) continue;
        all_f &= fnp_sce_is_f_contiguous(v->ndim, v->shape, v->strides, v->dtype->elsize);
    }
    return all_f ? FNP_ORDER_F : FNP_ORDER_C;
}

/* K: order the axes by the operands' strides and walk upwards in memory. */
static fnp_status best_order(fnp_iter *it, const fnp_iter_request *req, const fnp_intp *shape,
                             fnp_error *err)
{
    int ndim = it->ndim;
    size_t n = (size_t)it->nop;
    fnp_intp *values = fnp_malloc_array((fnp_intp)(n * (size_t)ndim), sizeof *values);
    fnp_intp **rows = fnp_malloc_array((fnp_intp)n, sizeof *rows);
    if (!values || !rows) {
        fnp_free(values);
        fnp_free(rows);
        return fnp_fail_nomem(err);
    }
    for (int i = 0; i < it->nop; i++) {
        rows[i] = values + (size_t)i * (size_t)ndim;
        for (int k = 0; k < ndim; k++)
            rows[i][k] = shape[k] == 1 ? 0 : op_stride(&req->ops[i], k, ndim);
    }
    fnp_sce_sort_axes(it->nop, ndim, (const fnp_intp *const *)rows, shape, it->perm);
    /* An output still to be made fixes the direction: as its indices count. */
    bool may_flip = !(req->flags & FNP_ITER_DONT_NEGATE_STRIDES);
    for (int iop = 0; iop < it->nop; iop++) may_flip &= req->ops[iop].handle != NULL;
    for (int i = 0; i < ndim && may_flip; i++) {
        bool down = false, up = false;
        for (int iop = 0; iop < it->nop; iop++) {
            down |= rows[iop][it->perm[i]] < 0;
            up |= rows[iop][it->perm[i]] > 0;
        }
        it->flipped[i] = down && !up;
    }
    fnp_free(values);
    fnp_free(rows);
    return FNP_OK;
}

static fnp_status choose_order(fnp_iter *it, const fnp_iter_request *req, const fnp_intp *shape,
                               fnp_error *err)
{
    fnp_order order = req->order == FNP_ORDER_A ? order_of_all(req) : req->order;
    it->order = order;
    for (int i = 0; i < it->ndim; i++) it->perm[i] = order == FNP_ORDER_F ? i : it->ndim - 1 - i;
    if (order == FNP_ORDER_K && it->ndim > 0) FNP_TRY(best_order(it, req, shape, err));
    for (int i = 0; i < it->ndim; i++) it->shape[i] = shape[it->perm[i]];
    return FNP_OK;
}

/* ---- memory that the iterator asks for ----------------------------------------------- */

/* Dense strides for an operand's own axes, in the order of iteration. */
static void dense_strides(const fnp_iter *it, const fnp_iter_operand *op, int op_ndim,
                          const fnp_intp *op_shape, fnp_intp itemsize, fnp_intp *strides)
{
    bool placed[FNP_MAXDIMS] = {false}, reduced, empty = false;
    fnp_intp step = itemsize;
    for (int a = 0; a < op_ndim; a++) empty |= op_shape[a] == 0;
    if (empty) step = 0;
    for (int i = 0; i < it->ndim; i++) {
        int a = op_axis(op, op_ndim, it->perm[i], it->ndim, &reduced);
        if (a < 0 || a >= op_ndim) continue;
        strides[a] = step;
        placed[a] = true;
        step *= op_shape[a];
    }
    for (int a = op_ndim - 1; a >= 0; a--) {
        if (placed[a]) continue;
        strides[a] = step;
        step *= op_shape[a];
    }
}

static fnp_status allocate_operand(fnp_iter *it, const fnp_iter_request *req, int iop,
                                   fnp_error *err)
{
    fnp_iter_operand *op = &req->ops[iop];
    fnp_intp op_shape[FNP_MAXDIMS], strides[FNP_MAXDIMS], full[FNP_MAXDIMS], size, nbytes;
    bool have[FNP_MAXDIMS] = {false}, reduced;
    int op_ndim = it->ndim;
    for (int i = 0; i < it->ndim; i++) full[it->perm[i]] = it->shape[i];
    if (!op->axes) {
        for (int k = 0; k < it->ndim; k++) op_shape[k] = full[k];
    } else {
        op_ndim = 0;
        for (int k = it->ndim - 1; k >= 0; k--) {
            int a = op_axis(op, 0, k, it->ndim, &reduced);
            if (a < 0) continue;
            if (a >= it->ndim)
                return fnp_fail(err, FNP_EVALUE,
                                "automatically allocated output array specified with an "
                                "inconsistent axis mapping; the axis mapping cannot include "
                                "dimension %d which is too large for the iterator dimension of %d.",
                                a, it->ndim);
            have[a] = true;
            op_shape[a] = reduced ? 1 : full[k];
            op_ndim++;
        }
        for (int a = 0; a < op_ndim; a++)
            if (!have[a])
                return fnp_fail(err, FNP_EVALUE,
                                "automatically allocated output array specified with an "
                                "inconsistent axis mapping; the axis mapping is missing an entry "
                                "for dimension %d.",
                                a);
    }
    FNP_TRY(fnp_sce_nbytes(op_ndim, op_shape, op->dtype->elsize, &size, &nbytes, err));
    dense_strides(it, op, op_ndim, op_shape, op->dtype->elsize, strides);
    FNP_TRY(req->hooks->allocate(req->hooks->ctx, iop, op_ndim, op_shape, strides, op, err));
    return FNP_OK;
}

static fnp_layout layout_of(const fnp_view *v)
{
    return (fnp_layout){(uintptr_t)v->data, v->ndim, v->shape, v->strides, v->dtype->elsize};
}

/* Both are walked element by element over the very same elements. */
static bool walk_together(const fnp_iter_operand *a, const fnp_iter_operand *b)
{
    if (!(a->flags & b->flags & FNP_ITER_OVERLAP_ASSUME_ELEMENTWISE)) return false;
    if (a->view.data != b->view.data || a->view.ndim != b->view.ndim || a->axes || b->axes)
        return false;
    for (int i = 0; i < a->view.ndim; i++)
        if (a->view.shape[i] != b->view.shape[i] || a->view.strides[i] != b->view.strides[i])
            return false;
    fnp_layout l = layout_of(&a->view);
    return a->view.dtype->elsize == b->view.dtype->elsize &&
           fnp_sce_internal_overlap(&l, 1) == FNP_OVERLAP_NO;
}

/* Whether writing operand iop could change what another operand still has to read. */
static bool overlaps_a_read(const fnp_iter_request *req, const bool *copied, int iop)
{
    const fnp_iter_operand *op = &req->ops[iop];
    fnp_layout mine = layout_of(&op->view);
    for (int k = 0; k < req->nop; k++) {
        const fnp_iter_operand *other = &req->ops[k];
        if (k == iop || !other->handle || copied[k]) continue;
        if (other->flags & FNP_ITER_WRITEONLY) continue;
        if (walk_together(op, other)) continue;
        fnp_layout theirs = layout_of(&other->view);
        if (fnp_sce_shares_memory(&mine, &theirs, 1) != FNP_OVERLAP_NO) return true;
    }
    return false;
}

static fnp_status copy_operand(fnp_iter *it, const fnp_iter_request *req, int iop, bool write_back,
                               fnp_error *err)
{
    fnp_iter_operand *op = &req->ops[iop];
    fnp_intp strides[FNP_MAXDIMS];
    dense_strides(it, op, op->view.ndim, op->view.shape, op->dtype->elsize, strides);
    return req->hooks->copy(req->hooks->ctx, iop, strides, !(op->flags & FNP_ITER_WRITEONLY),
                            write_back, op, err);
}

static bool view_is_aligned(const fnp_view *v)
{
    return fnp_sce_is_aligned((uintptr_t)v->data, v->ndim, v->shape, v->strides,
                              v->dtype->alignment);
}

/* Outputs are made, operands that must not be touched as they are get copies. */
static fnp_status provide_memory(fnp_iter *it, const fnp_iter_request *req, fnp_error *err)
{
    bool overlap = (req->flags & FNP_ITER_COPY_IF_OVERLAP) != 0;
    bool *copied = fnp_calloc((size_t)it->nop, sizeof *copied);
    fnp_status st = copied ? FNP_OK : fnp_fail_nomem(err);
    for (int i = 0; i < it->nop && st == FNP_OK; i++) {
        fnp_iter_operand *op = &req->ops[i];
        bool write = !(op->flags & FNP_ITER_READONLY);
        if (!op->handle) {
            if (!(op->flags & FNP_ITER_VIRTUAL)) {
                st = allocate_operand(it, req, i, err);
                copied[i] = true; /* new memory overlaps nothing */
            }
            continue;
        }
        bool convert = !fnp_dtype_equiv(op->view.dtype, op->dtype) ||
                       ((op->flags & FNP_ITER_ALIGNED) && !view_is_aligned(&op->view));
        bool allowed =
            (op->flags & (FNP_ITER_COPY | FNP_ITER_UPDATEIFCOPY)) || (!write && op->view.ndim == 0);
        if (overlap && write && overlaps_a_read(req, copied, i)) {
            st = copy_operand(it, req, i, true, err);
            copied[i] = true;
        } else if (convert && allowed) {
            st = copy_operand(it, req, i, write, err);
            copied[i] = true;
        } else if (convert && !(req->flags & FNP_ITER_BUFFERED)) {
            st = fnp_fail(err, FNP_ETYPE,
                          "Iterator operand required copying or buffering, but "
                          "neither copying nor buffering was enabled");
        }
    }
    fnp_free(copied);
    return st;
}

/* ---- the whole ----------------------------------------------------------------------- */

fnp_status fnp__iter_alloc_arrays(fnp_iter *it, int ndim, fnp_error *err)
{
    fnp_intp rows = ndim > 0 ? ndim : 1, n = it->nptr, cells;
    bool buffered = fnp__iter_is(it, FNP_ITER_IS_BUFFERED);
    if (fnp_size_mul(rows, n, &cells)) return fnp_fail_nomem(err);
    /* one block: the operands, then shape, coord, strides, ptr, base, offset, four more and the
     * error if there are buffers, perm, flipped; a pointer is as wide as a count */
    fnp_intp words = 2 * rows + cells + (buffered ? 7 : 3) * n;
    size_t head = (size_t)it->nop * sizeof *it->op, error = buffered ? sizeof *it->failure : 0,
           wide = head + (size_t)words * sizeof(fnp_intp);
    char *block = fnp_calloc(1, wide + error + (size_t)rows * (sizeof *it->perm + 1));
    if (!block) return fnp_fail_nomem(err);
    it->op = (iter_op *)(void *)block;
    it->failure = (fnp_error *)(void *)(block + wide);
    it->perm = (int *)(void *)(block + wide + error);
    it->flipped = (bool *)(it->perm + rows);
    it->shape = (fnp_intp *)(void *)(block + head);
    it->coord = it->shape + rows;
    it->strides = it->coord + rows;
    it->ptr = (char **)(it->strides + cells);
    it->base = it->ptr + n;
    it->offset = (fnp_intp *)(it->base + n);
    it->data = it->ptr;
    it->inner_strides = it->strides;
    if (!buffered) return FNP_OK;
    it->data = (char **)(it->offset + n);
    it->inner_strides = (fnp_intp *)(it->data + n);
    it->outer_ptr = (char **)(it->inner_strides + n);
    it->outer_strides = (fnp_intp *)(it->outer_ptr + n);
    return FNP_OK;
}

/* What is final about each operand once its memory is there. */
static fnp_status describe_operands(fnp_iter *it, const fnp_iter_request *req, fnp_error *err)
{
    bool refs = false;
    for (int i = 0; i < it->nop; i++) {
        const fnp_iter_operand *in = &req->ops[i];
        iter_op *op = &it->op[i];
        op->handle = in->handle;
        op->flags = in->flags;
        op->dtype = in->dtype;
        op->virtual_ = !in->handle;
        op->source = in->handle ? in->view.dtype : in->dtype;
        op->read = !(in->flags & FNP_ITER_WRITEONLY);
        op->write = !(in->flags & FNP_ITER_READONLY);
        op->cast = !fnp_dtype_equiv(op->source, op->dtype);
        op->unaligned = in->handle && !view_is_aligned(&in->view);
        op->buffered = op->cast || (op->unaligned && (in->flags & FNP_ITER_ALIGNED));
        refs |= fnp_dtype_has_ref(op->source) || fnp_dtype_has_ref(op->dtype);
        if ((op->source->flags | op->dtype->flags) & FNP_DTYPE_NEEDS_API)
            it->state |= FNP_ITER_NEEDS_API;
        if (in->flags & FNP_ITER_ARRAYMASK) it->maskop = i;
        place_operand(it, in, i);
        for (int a = 0; a < it->ndim; a++)
            op->reduce |= op->write && it->shape[a] > 1 && fnp__iter_row(it, a)[i] == 0;
        if (op->virtual_) op->reduce = false;
        if (op->reduce) it->state |= FNP_ITER_IS_REDUCE;
    }
    if (refs && !(req->flags & FNP_ITER_REFS_OK))
        return fnp_fail(err, FNP_ETYPE,
                        "Iterator operand or requested dtype holds references, but "
                        "the NPY_ITER_REFS_OK flag was not enabled");
    if (refs) it->state |= FNP_ITER_NEEDS_API;
    return FNP_OK;
}

/* A masked reduction must find one mask value per element. */
static fnp_status check_masked_reductions(const fnp_iter *it, fnp_error *err)
{
    for (int i = 0; i < it->nop && it->maskop >= 0; i++) {
        if (!(it->op[i].flags & FNP_ITER_WRITEMASKED) || !it->op[i].reduce) continue;
        for (int a = 0; a < it->ndim; a++) {
            const fnp_intp *row = fnp__iter_row(it, a);
            if (it->shape[a] > 1 && row[i] == 0 && row[it->maskop] != 0)
                return fnp_fail(err, FNP_EVALUE,
                                "Iterator reduction operand is WRITEMASKED, but also broadcasts to "
                                "multiple mask values. There can be only one mask value per "
                                "WRITEMASKED element.");
        }
    }
    return FNP_OK;
}

/* Unbuffered, an operand that was asked to be contiguous must be so in the inner loop. */
static fnp_status check_contiguity(fnp_iter *it, fnp_error *err)
{
    for (int i = 0; i < it->nop; i++) {
        iter_op *op = &it->op[i];
        if (!(op->flags & FNP_ITER_CONTIG) || op->virtual_) continue;
        if (it->size == 0 || fnp__iter_row(it, 0)[i] == op->source->elsize) continue;
        if (!fnp__iter_is(it, FNP_ITER_IS_BUFFERED))
            return fnp_fail(err, FNP_ETYPE,
                            "Iterator operand required buffering, to be contiguous "
                            "as requested, but buffering is not enabled");
        op->buffered = true;
    }
    return FNP_OK;
}

static fnp_status build(fnp_iter *it, const fnp_iter_request *req, fnp_error *err)
{
    fnp_intp shape[FNP_MAXDIMS] = {1};
    int ndim = 0;
    FNP_TRY(common_shape(req, &ndim, shape, err));
    FNP_TRY(check_broadcast(req, ndim, shape, err));
    it->ndim = ndim;
    FNP_TRY(fnp__iter_alloc_arrays(it, ndim, err));
    it->shape[0] = 1;
    FNP_TRY(choose_order(it, req, shape, err));
    fnp__iter_measure(it);
    if (it->size < 0 && !fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX))
        return fnp_iter_check_size(it, err);
    if (it->size == 0 && !(req->flags & FNP_ITER_ZEROSIZE_OK)) return fail_empty(err);
    if (req->hooks->resolve) FNP_TRY(req->hooks->resolve(req->hooks->ctx, req->ops, err));
    FNP_TRY(provide_memory(it, req, err));
    FNP_TRY(describe_operands(it, req, err));
    FNP_TRY(check_masked_reductions(it, err));
    if (fnp__iter_is(it, FNP_ITER_HAS_INDEX))
        place_flat_index(it, shape, (req->flags & FNP_ITER_F_INDEX) != 0);
    FNP_TRY(check_contiguity(it, err)); /* before axes are joined, as NumPy does */
    if (!fnp__iter_is(it, FNP_ITER_HAS_MULTI_INDEX)) fnp__iter_coalesce(it);
    fnp__iter_settle(it);
    if (fnp__iter_is(it, FNP_ITER_IS_DELAYED) || it->size < 0) {
        fnp__iter_seek(it, 0);
        return FNP_OK;
    }
    return fnp_iter_reset(it, err);
}

fnp_status fnp_iter_new(const fnp_iter_request *req, fnp_iter **out, fnp_error *err)
{
    static const struct {
        uint32_t flag, state;
    } map[] = {{FNP_ITER_MULTI_INDEX, FNP_ITER_HAS_MULTI_INDEX},
               {FNP_ITER_EXTERNAL_LOOP, FNP_ITER_HAS_EXTERNAL_LOOP},
               {FNP_ITER_RANGED, FNP_ITER_IS_RANGED},
               {FNP_ITER_C_INDEX, FNP_ITER_HAS_INDEX},
               {FNP_ITER_F_INDEX, FNP_ITER_HAS_INDEX},
               {FNP_ITER_BUFFERED, FNP_ITER_IS_BUFFERED}};
    FNP_TRY(check_request(req, err));
    fnp_iter *it = fnp_calloc(1, sizeof *it);
    if (!it) return fnp_fail_nomem(err);
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (req->flags & map[i].flag) it->state |= map[i].state;
    if (req->flags & FNP_ITER_BUFFERED) {
        if (req->flags & FNP_ITER_GROWINNER) it->state |= FNP_ITER_IS_GROWINNER;
        if (req->flags & FNP_ITER_DELAY_BUFALLOC) it->state |= FNP_ITER_IS_DELAYED;
    }
    it->nop = req->nop;
    it->nptr = req->nop + (fnp__iter_is(it, FNP_ITER_HAS_INDEX) ? 1 : 0);
    it->maskop = -1;
    it->buffersize = req->buffersize > 0 ? req->buffersize : 8192;
    fnp_status st = build(it, req, err);
    if (st != FNP_OK) {
        fnp_iter_free(it);
        return st;
    }
    *out = it;
    return FNP_OK;
}
