/* Stride Calculus Engine: shapes, strides, broadcasting, reshape, views, extents, overlap.
 *
 * Pure functions on small arrays of integers, up to FNP_MAXDIMS axes: no allocation, no globals, no
 * memory of arrays touched. Extents are elements and >= 0 unless a function says that it checks;
 * strides and offsets are bytes. Output arrays are the caller's, FNP_MAXDIMS long unless their
 * length is evident, and may be the input arrays only where "in place" is said. On an error the
 * outputs are unspecified. Everything is thread-safe. Error texts are NumPy's. */
#ifndef FNP_SCE_H
#define FNP_SCE_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Memory order; the values of NPY_ORDER. */
typedef enum fnp_order {
    FNP_ORDER_A = -1, /* F if the source is F- and not C-contiguous, else C */
    FNP_ORDER_C = 0,
    FNP_ORDER_F = 1,
    FNP_ORDER_K = 2, /* as the source lies in memory */
} fnp_order;

/* ---- sizes --------------------------------------------------------------------------- */

/* Product of the extents. FNP_EVALUE if one is negative or the product of the non-zero ones does
 * not fit ("array is too big; …", "negative dimensions are not allowed"). */
FNP_MUST_CHECK fnp_status fnp_sce_size(int ndim, const fnp_intp *shape, fnp_intp *size,
                                       fnp_error *err);
/* The same in bytes; both products are checked with zero extents left out, as NumPy does. */
FNP_MUST_CHECK fnp_status fnp_sce_nbytes(int ndim, const fnp_intp *shape, fnp_intp itemsize,
                                         fnp_intp *size, fnp_intp *nbytes, fnp_error *err);
/* Product of extents known to be good (an existing array's). */
static inline fnp_intp fnp_sce_count(int ndim, const fnp_intp *shape)
{
    fnp_intp n = 1;
    for (int i = 0; i < ndim; i++) n *= shape[i];
    return n;
}
/* FNP_EVALUE if ndim > FNP_MAXDIMS: "maximum supported dimension for an ndarray is …". */
FNP_MUST_CHECK fnp_status fnp_sce_check_ndim(fnp_intp ndim, fnp_error *err);
bool fnp_sce_same_shape(int ndim1, const fnp_intp *shape1, int ndim2, const fnp_intp *shape2);
/* "(2,3)", "(3,)", "()" into buf, which is always terminated; returns strlen(buf). Negative
 * extents print as `newaxis`, leading ones not at all. */
int fnp_sce_format_shape(int ndim, const fnp_intp *shape, char *buf, size_t bufsize);

/* ---- axes ---------------------------------------------------------------------------- */

/* -ndim <= axis < ndim to 0 <= *out < ndim; else FNP_EAXIS. `prefix` (may be NULL) is put before
 * the text: "axis2: axis 7 is out of bounds …". */
FNP_MUST_CHECK fnp_status fnp_sce_normalize_axis(fnp_intp axis, int ndim, const char *prefix,
                                                 int *out, fnp_error *err);
/* Each of `n` axes normalised into out; a repeat is FNP_EVALUE with text `repeat_text`
 * (NULL: "duplicate value in 'axis'"). FNP_EVALUE also if n > FNP_MAXDIMS. */
FNP_MUST_CHECK fnp_status fnp_sce_normalize_axes(int n, const fnp_intp *axes, int ndim,
                                                 const char *prefix, const char *repeat_text,
                                                 int *out, fnp_error *err);
/* The same as flags: mask[i] is true if axis i is among axes; n < 0 means all axes. */
FNP_MUST_CHECK fnp_status fnp_sce_axis_mask(int n, const fnp_intp *axes, int ndim, bool *mask,
                                            fnp_error *err);

/* ---- permutations and axes in and out ------------------------------------------------ */

/* The permutation of ndarray.transpose: perm[new] = old. axes NULL reverses. */
FNP_MUST_CHECK fnp_status fnp_sce_transpose_perm(int ndim, int naxes, const fnp_intp *axes,
                                                 int *perm, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_sce_swapaxes_perm(int ndim, fnp_intp axis1, fnp_intp axis2, int *perm,
                                                fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_sce_moveaxis_perm(int ndim, int nsrc, const fnp_intp *source,
                                                int ndst, const fnp_intp *destination, int *perm,
                                                fnp_error *err);
/* out[i] = in[perm[i]]. */
void fnp_sce_permute(int ndim, const int *perm, const fnp_intp *shape, const fnp_intp *strides,
                     fnp_intp *out_shape, fnp_intp *out_strides);
/* Drop axes of extent 1: those listed (FNP_EVALUE if one is longer), or all if naxes < 0. In
 * place allowed. */
FNP_MUST_CHECK fnp_status fnp_sce_squeeze(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                          int naxes, const fnp_intp *axes, int *out_ndim,
                                          fnp_intp *out_shape, fnp_intp *out_strides,
                                          fnp_error *err);
/* New axes of extent 1, stride 0, at the given places of the result. */
FNP_MUST_CHECK fnp_status fnp_sce_expand_dims(int ndim, const fnp_intp *shape,
                                              const fnp_intp *strides, int naxes,
                                              const fnp_intp *axes, int *out_ndim,
                                              fnp_intp *out_shape, fnp_intp *out_strides,
                                              fnp_error *err);

/* ---- slicing and basic indexing ------------------------------------------------------ */

/* Python's slice.indices(length), for bounds already given or defaulted: *start and *stop may be
 * anything, step != 0. Afterwards the elements are *start + i*step for 0 <= i < return value. */
fnp_intp fnp_sce_slice_adjust(fnp_intp length, fnp_intp *start, fnp_intp *stop, fnp_intp step);
/* The axis after start:stop:step, bounds as for slice_adjust; returns the bytes that the data moves
 * by. An empty axis keeps its stride and its place, as in NumPy. */
fnp_intp fnp_sce_slice_axis(fnp_intp *extent, fnp_intp *stride, fnp_intp start, fnp_intp stop,
                            fnp_intp step);

typedef enum fnp_index_kind {
    FNP_INDEX_INT,   /* start is the index */
    FNP_INDEX_SLICE, /* start, stop, step; defaults as Python fills them: 0 or PTRDIFF_MAX … */
    FNP_INDEX_NEWAXIS,
    FNP_INDEX_ELLIPSIS,
} fnp_index_kind;

typedef struct fnp_index_item {
    fnp_index_kind kind;
    fnp_intp start, stop, step;
} fnp_index_item;

/* Basic indexing. *offset is where the result's first element lies, in bytes from the source's.
 * A missing ellipsis stands at the end. FNP_EINDEX, FNP_EVALUE (step zero). */
FNP_MUST_CHECK fnp_status fnp_sce_index(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                        int nitems, const fnp_index_item *items, int *out_ndim,
                                        fnp_intp *out_shape, fnp_intp *out_strides,
                                        fnp_intp *offset, fnp_error *err);
/* index in [-length, length) to [0, length), else FNP_EINDEX "index 5 is out of bounds for axis 0
 * with size 3" (axis < 0: "… for size 3"). Inline, since indexing lives on it. */
FNP_MUST_CHECK fnp_status fnp_sce_fail_index(fnp_intp index, fnp_intp length, int axis,
                                             fnp_error *err);
FNP_MUST_CHECK static inline fnp_status fnp_sce_check_index(fnp_intp *index, fnp_intp length,
                                                            int axis, fnp_error *err)
{
    if (FNP_UNLIKELY(*index < -length || *index >= length))
        return fnp_sce_fail_index(*index, length, axis, err);
    if (*index < 0) *index += length;
    return FNP_OK;
}

/* The diagonal as the last axis, in place of axis1 and axis2; *start is its byte offset. */
FNP_MUST_CHECK fnp_status fnp_sce_diagonal(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                           fnp_intp offset, fnp_intp axis1, fnp_intp axis2,
                                           int *out_ndim, fnp_intp *out_shape,
                                           fnp_intp *out_strides, fnp_intp *start, fnp_error *err);
/* sliding_window_view: windows of `window[i]` along axes[i] as new trailing axes; axes NULL means
 * all, in order. */
FNP_MUST_CHECK fnp_status fnp_sce_windows(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                          int nwindow, const fnp_intp *window, int naxes,
                                          const fnp_intp *axes, int *out_ndim, fnp_intp *out_shape,
                                          fnp_intp *out_strides, fnp_error *err);

/* ---- broadcasting -------------------------------------------------------------------- */

typedef enum fnp_broadcast_text {
    FNP_BROADCAST_OPERANDS, /* "operands could not be broadcast together with shapes (2,) (3,) " */
    FNP_BROADCAST_OBJECTS, /* "shape mismatch: objects cannot be broadcast to a single shape. …" */
} fnp_broadcast_text;

/* The common shape of nop shapes. nop 0 gives a 0-d shape. */
FNP_MUST_CHECK fnp_status fnp_sce_broadcast_shapes(int nop, const int *ndims,
                                                   const fnp_intp *const *shapes,
                                                   fnp_broadcast_text text, int *out_ndim,
                                                   fnp_intp *out_shape, fnp_error *err);
/* Strides of `shape` seen as out_shape: 0 where it is stretched or missing. FNP_EVALUE "could not
 * broadcast input array from shape (3,) into shape (2,)". With drop_ones, leading axes of extent 1
 * beyond out_ndim are ignored, as assignment allows. */
FNP_MUST_CHECK fnp_status fnp_sce_broadcast_strides(int ndim, const fnp_intp *shape,
                                                    const fnp_intp *strides, int out_ndim,
                                                    const fnp_intp *out_shape, bool drop_ones,
                                                    fnp_intp *out_strides, fnp_error *err);
/* Fill err with the text for shapes that do not go together; returns FNP_EVALUE. */
fnp_status fnp_sce_fail_broadcast(int nop, const int *ndims, const fnp_intp *const *shapes,
                                  fnp_broadcast_text text, fnp_error *err);

/* ---- reshape ------------------------------------------------------------------------- */

/* new_shape with its one negative extent, if any, worked out from `size`. In place allowed. */
FNP_MUST_CHECK fnp_status fnp_sce_reshape_shape(fnp_intp size, int new_ndim,
                                                const fnp_intp *new_shape, fnp_intp *out_shape,
                                                fnp_error *err);
/* True if (shape, strides) read in order C or F can be seen as new_shape without moving data; then
 * new_strides is set. Equal sizes are required. */
bool fnp_sce_reshape_strides(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                             fnp_intp itemsize, int new_ndim, const fnp_intp *new_shape,
                             fnp_order c_or_f, fnp_intp *new_strides);

/* What a reshape has to do. If !view: copy the source in order `order` (C or F) into new memory;
 * then shape/strides describe the result there. */
typedef struct fnp_reshape_plan {
    bool view;
    fnp_order order;
    int ndim;
    fnp_intp shape[FNP_MAXDIMS], strides[FNP_MAXDIMS];
} fnp_reshape_plan;

/* Everything at once: order C/F/A (K is refused), -1, view or copy. */
FNP_MUST_CHECK fnp_status fnp_sce_reshape(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                          fnp_intp itemsize, int new_ndim,
                                          const fnp_intp *new_shape, fnp_order order,
                                          fnp_reshape_plan *plan, fnp_error *err);

/* ---- strides and flags of a layout --------------------------------------------------- */

/* Contiguity as NumPy defines it: extents of 1 do not count, an empty array is both. */
bool fnp_sce_is_c_contiguous(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                             fnp_intp itemsize);
bool fnp_sce_is_f_contiguous(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                             fnp_intp itemsize);
/* Whether every element stands at a multiple of `align` (a power of two, or 1). */
bool fnp_sce_is_aligned(uintptr_t data, int ndim, const fnp_intp *shape, const fnp_intp *strides,
                        fnp_intp align);

/* A from the flags of a source, to C or F; C, F and K stay. */
fnp_order fnp_sce_resolve_order(fnp_order order, int ndim, const fnp_intp *shape,
                                const fnp_intp *strides, fnp_intp itemsize);

/* Strides of a new dense array, order C or F (the product was checked). An array with an extent of
 * 0 gets zero strides, as NumPy gives. */
void fnp_sce_fill_strides(int ndim, const fnp_intp *shape, fnp_intp itemsize, fnp_order c_or_f,
                          fnp_intp *strides);
/* The same for any order, K and A after a source of the same ndim: K keeps the order of its axes in
 * memory, A asks whether it is F- and not C-contiguous. */
void fnp_sce_fill_strides_like(int ndim, const fnp_intp *shape, fnp_intp itemsize, fnp_order order,
                               const fnp_intp *like_shape, const fnp_intp *like_strides,
                               fnp_intp like_itemsize, fnp_intp *strides);
/* perm lists the axes from the largest to the smallest |stride|; ties keep their order. */
void fnp_sce_order_axes(int ndim, const fnp_intp *strides, int *perm);

/* Byte range [*low, *high) around the first element's address that the layout touches; 0,0 if it is
 * empty. FNP_EVALUE if it does not fit an fnp_intp. */
FNP_MUST_CHECK fnp_status fnp_sce_extent(int ndim, const fnp_intp *shape, const fnp_intp *strides,
                                         fnp_intp itemsize, fnp_intp *low, fnp_intp *high,
                                         fnp_error *err);
/* as_strided's check: the layout, its first element `offset` bytes into a buffer of `nbytes`,
 * stays inside. Else FNP_EVALUE "strides is incompatible with shape of requested array and size of
 * buffer". */
FNP_MUST_CHECK fnp_status fnp_sce_check_strides(int ndim, const fnp_intp *shape,
                                                const fnp_intp *strides, fnp_intp itemsize,
                                                fnp_intp offset, fnp_intp nbytes, fnp_error *err);

/* ---- overlap ------------------------------------------------------------------------- */

typedef enum fnp_overlap {
    FNP_OVERLAP_NO = 0,
    FNP_OVERLAP_YES = 1,
    FNP_OVERLAP_TOO_HARD = 2, /* max_work exceeded */
    FNP_OVERLAP_OVERFLOW = 3, /* a number beyond 64 bits came up */
} fnp_overlap;

/* Where elements lie: first address, extents, strides, itemsize. */
typedef struct fnp_layout {
    uintptr_t data;
    int ndim;
    const fnp_intp *shape, *strides;
    fnp_intp itemsize;
} fnp_layout;

/* Whether two arrays have a byte in common. max_work 0: bounds only, TOO_HARD where they meet; -1:
 * exact; else that many dead ends of the search before TOO_HARD. */
fnp_overlap fnp_sce_shares_memory(const fnp_layout *a, const fnp_layout *b, fnp_intp max_work);
/* Bounds only. */
bool fnp_sce_may_share_memory(const fnp_layout *a, const fnp_layout *b);
/* Whether two different indices of one array reach a common byte. */
fnp_overlap fnp_sce_internal_overlap(const fnp_layout *a, fnp_intp max_work);
/* Cheap and safe: false means no internal overlap; true means maybe. */
bool fnp_sce_may_overlap_itself(const fnp_layout *a);

/* sum a[i]*x[i] == b with 0 <= x[i] <= ub[i], a[i] > 0: is there a solution x? With `proper` one
 * that has 2*x[i] != ub[i] for some i. x is n long and set on YES. */
enum { FNP_SCE_MAXTERMS = 2 * FNP_MAXDIMS + 2 };
fnp_overlap fnp_sce_solve_bounded(int n, const int64_t *a, const int64_t *ub, int64_t b,
                                  bool proper, fnp_intp max_work, int64_t *x);

/* True if src and dst cover the same elements one to one in the same iteration order, or do not
 * touch: then an elementwise loop may write dst while it reads src. False: copy first. */
bool fnp_sce_safe_elementwise(const fnp_layout *src, const fnp_layout *dst, fnp_intp max_work);

/* ---- iteration ----------------------------------------------------------------------- */

/* Prepare nop operands of one shape for a nest of loops, all in place.
 *
 * strides[op] is that operand's stride array of length *ndim. Afterwards axis 0 is the innermost:
 * from C order, an axis moves inwards past another where some operand gains by it (its stride is
 * the smaller one) and none loses; then adjacent axes that are one run for every
 * operand are joined, and axes of extent 1 dropped. `offset` (may be NULL: strides are not flipped)
 * gets per operand the bytes to add to its data pointer after axes whose strides are all <= 0 were
 * turned round. *ndim >= 1 on return unless the shape was empty or 0-d: then *ndim is 1 with
 * shape[0] the element count (0 or 1). Allowed only where the order of visits does not matter. */
void fnp_sce_plan_loops(int nop, int *ndim, fnp_intp *shape, fnp_intp *const *strides,
                        fnp_intp *offset);
/* The parts, for callers with needs of their own. Innermost axis first in both. */
void fnp_sce_sort_axes(int nop, int ndim, const fnp_intp *const *strides, const fnp_intp *shape,
                       int *perm);
int fnp_sce_coalesce(int nop, int ndim, fnp_intp *shape, fnp_intp *const *strides);
/* The same question for a new array that is to follow the others: perm lists the axes from the
 * outermost to the innermost, and begins with C order, in which each axis goes as far out as all
 * operands agree. */
void fnp_sce_sort_axes_outward(int nop, int ndim, const fnp_intp *const *strides, int *perm);

#ifdef __cplusplus
}
#endif
#endif
