/* The n-d iterator: several operands walked together, broadcast, in the order that suits their
 * memory, through buffers where a loop wants another type, byte order or alignment.
 *
 * It is what np.nditer and NpyIter_* are made of. The core computes with views; memory for outputs
 * and temporary copies comes from hooks, because only the caller knows what an array object is. */
#ifndef FNP_ITER_H
#define FNP_ITER_H

#include "fnp/cast.h"
#include "fnp/sce.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Values are those of NPY_ITER_*. */
enum fnp_iter_flags {
    FNP_ITER_C_INDEX = 0x1,
    FNP_ITER_F_INDEX = 0x2,
    FNP_ITER_MULTI_INDEX = 0x4,
    FNP_ITER_EXTERNAL_LOOP = 0x8,
    FNP_ITER_COMMON_DTYPE = 0x10, /* the caller resolves types; ignored here */
    FNP_ITER_REFS_OK = 0x20,
    FNP_ITER_ZEROSIZE_OK = 0x40,
    FNP_ITER_REDUCE_OK = 0x80,
    FNP_ITER_RANGED = 0x100,
    FNP_ITER_BUFFERED = 0x200,
    FNP_ITER_GROWINNER = 0x400,
    FNP_ITER_DELAY_BUFALLOC = 0x800,
    FNP_ITER_DONT_NEGATE_STRIDES = 0x1000,
    FNP_ITER_COPY_IF_OVERLAP = 0x2000,
    /* per operand */
    FNP_ITER_READWRITE = 0x10000,
    FNP_ITER_READONLY = 0x20000,
    FNP_ITER_WRITEONLY = 0x40000,
    FNP_ITER_NBO = 0x80000,
    FNP_ITER_ALIGNED = 0x100000,
    FNP_ITER_CONTIG = 0x200000,
    FNP_ITER_COPY = 0x400000,
    FNP_ITER_UPDATEIFCOPY = 0x800000,
    FNP_ITER_ALLOCATE = 0x1000000,
    FNP_ITER_NO_SUBTYPE = 0x2000000,
    FNP_ITER_VIRTUAL = 0x4000000,
    FNP_ITER_NO_BROADCAST = 0x8000000,
    FNP_ITER_WRITEMASKED = 0x10000000,
    FNP_ITER_ARRAYMASK = 0x20000000,
    FNP_ITER_OVERLAP_ASSUME_ELEMENTWISE = 0x40000000,
};

/* An entry of op_axes: an axis of the operand, or -1 for none; FNP_ITER_REDUCTION_AXIS(a) says in
 * addition that the operand is reduced along that axis. */
#define FNP_ITER_REDUCTION_AXIS(axis) ((axis) + (1 << 30))

typedef struct fnp_iter_operand {
    fnp_view view; /* read during construction only, but for view.dtype */
    void *handle;  /* the caller's object behind the view; NULL: none yet (ALLOCATE, VIRTUAL) */
    const fnp_dtype *dtype; /* what the loop sees; must live as long as the iterator */
    uint32_t flags;
    const int *axes; /* op_axes of this operand, or NULL */
} fnp_iter_operand;

/* What the core asks of its caller, in this order. */
typedef struct fnp_iter_hooks {
    void *ctx;
    /* Operand iop's flags are in order: check the object, note the type that is asked for. May be
     * NULL. */
    fnp_status (*check)(void *ctx, int iop, fnp_error *err);
    /* The shapes go together: fill each op->dtype, and refuse casts that are not allowed. May be
     * NULL if the dtypes are there already. */
    fnp_status (*resolve)(void *ctx, fnp_iter_operand *ops, fnp_error *err);
    /* A new output of op->dtype: fill op->view and op->handle. Shape and strides of the view have
     * to live until fnp_iter_new returns. */
    fnp_status (*allocate)(void *ctx, int iop, int ndim, const fnp_intp *shape,
                           const fnp_intp *strides, fnp_iter_operand *op, fnp_error *err);
    /* A temporary of op->dtype in place of the operand, holding its values if `fill`; with
     * `writeback` its values go back to the operand when the caller closes it. */
    fnp_status (*copy)(void *ctx, int iop, const fnp_intp *strides, bool fill, bool writeback,
                       fnp_iter_operand *op, fnp_error *err);
} fnp_iter_hooks;

typedef struct fnp_iter_request {
    int nop;
    uint32_t flags;
    fnp_order order;
    int ndim;                  /* of the iteration if op_axes or itershape are given, else -1 */
    const fnp_intp *itershape; /* -1: free; NULL: none */
    fnp_intp buffersize;       /* <= 0: 8192 */
    fnp_iter_operand *ops;     /* changed: handles and views of what was allocated or copied */
    const fnp_iter_hooks *hooks;
} fnp_iter_request;

typedef struct fnp_iter fnp_iter;

FNP_MUST_CHECK fnp_status fnp_iter_new(const fnp_iter_request *req, fnp_iter **out, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_copy(const fnp_iter *it, fnp_iter **out, fnp_error *err);
/* Write back what buffers hold. The iterator stays, and may be freed. */
fnp_status fnp_iter_flush(fnp_iter *it, fnp_error *err);
/* Flush is not included. NULL is allowed. */
void fnp_iter_free(fnp_iter *it);

/* ---- moving -------------------------------------------------------------------------- */

/* To the start of the range; buffers are allocated if that was delayed. */
FNP_MUST_CHECK fnp_status fnp_iter_reset(fnp_iter *it, fnp_error *err);
/* The same over other arrays of the same layout; base: one pointer per operand to its element 0. */
FNP_MUST_CHECK fnp_status fnp_iter_reset_base(fnp_iter *it, char *const *base, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_reset_range(fnp_iter *it, fnp_intp start, fnp_intp end,
                                               fnp_error *err);
/* One step (one inner loop with EXTERNAL_LOOP). False at the end, or on failure: then
 * fnp_iter_failure tells. */
bool fnp_iter_next(fnp_iter *it);
/* FNP_OK, or the status of the step that failed with its message in err; clears it. */
fnp_status fnp_iter_failure(fnp_iter *it, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_goto(fnp_iter *it, fnp_intp iterindex, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_goto_multi_index(fnp_iter *it, const fnp_intp *index,
                                                    fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_goto_flat_index(fnp_iter *it, fnp_intp index, fnp_error *err);

/* ---- changing ------------------------------------------------------------------------ */

FNP_MUST_CHECK fnp_status fnp_iter_remove_axis(fnp_iter *it, int axis, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_remove_multi_index(fnp_iter *it, fnp_error *err);
FNP_MUST_CHECK fnp_status fnp_iter_enable_external_loop(fnp_iter *it, fnp_error *err);

/* ---- asking -------------------------------------------------------------------------- */

int fnp_iter_ndim(const fnp_iter *it);
int fnp_iter_nop(const fnp_iter *it);
fnp_intp fnp_iter_size(const fnp_iter *it); /* -1: does not fit */
/* FNP_EVALUE "iterator is too large" if so. */
FNP_MUST_CHECK fnp_status fnp_iter_check_size(const fnp_iter *it, fnp_error *err);
fnp_intp fnp_iter_index(const fnp_iter *it);
void fnp_iter_range(const fnp_iter *it, fnp_intp *start, fnp_intp *end);
/* With a multi-index in the operands' order of axes, else as iterated, innermost first. */
void fnp_iter_shape(const fnp_iter *it, fnp_intp *shape);
void fnp_iter_multi_index(const fnp_iter *it, fnp_intp *index);
fnp_intp *fnp_iter_flat_index_ptr(fnp_iter *it);
/* The arrays that each step updates in place; valid as long as the iterator. */
char **fnp_iter_data(fnp_iter *it);
fnp_intp *fnp_iter_inner_strides(fnp_iter *it);
fnp_intp *fnp_iter_inner_size(fnp_iter *it);
/* Pointers at the start of the iteration. */
char **fnp_iter_initial_data(fnp_iter *it);
/* Strides of the inner loop as far as they never change, else PTRDIFF_MAX. */
void fnp_iter_fixed_strides(const fnp_iter *it, fnp_intp *strides);
/* Strides of all operands along an axis in the operands' order of axes (multi-index), or counted
 * from the innermost. NULL and err if there is no such axis. */
fnp_intp *fnp_iter_axis_strides(fnp_iter *it, int axis, fnp_error *err);
/* Dense strides of itemsize in this iteration's order of axes; needs a multi-index. */
FNP_MUST_CHECK fnp_status fnp_iter_compatible_strides(const fnp_iter *it, fnp_intp itemsize,
                                                      fnp_intp *strides, fnp_error *err);
/* Layout of an operand in iteration order, outermost axis first; `data` its first element. */
FNP_MUST_CHECK fnp_status fnp_iter_view(const fnp_iter *it, int iop, char **data, fnp_intp *shape,
                                        fnp_intp *strides, fnp_error *err);
bool fnp_iter_is_first_visit(const fnp_iter *it, int iop);
bool fnp_iter_is_writeable(const fnp_iter *it, int iop);
bool fnp_iter_is_readable(const fnp_iter *it, int iop);
fnp_intp fnp_iter_buffersize(const fnp_iter *it);

enum fnp_iter_state {
    FNP_ITER_HAS_INDEX = 1,
    FNP_ITER_HAS_MULTI_INDEX = 2,
    FNP_ITER_HAS_EXTERNAL_LOOP = 4,
    FNP_ITER_IS_RANGED = 8,
    FNP_ITER_IS_BUFFERED = 16,
    FNP_ITER_IS_GROWINNER = 32,
    FNP_ITER_IS_DELAYED = 64,     /* buffers await a reset */
    FNP_ITER_NEEDS_BUFFERS = 128, /* some operand is cast, copied or aligned through a buffer */
    FNP_ITER_NEEDS_API = 256,
    FNP_ITER_IS_REDUCE = 512,
};
uint32_t fnp_iter_state(const fnp_iter *it);
/* Whether a cast between buffers and arrays needs the interpreter, or may raise float errors; as
 * fnp_loop_flags. */
uint32_t fnp_iter_transfer_flags(const fnp_iter *it);
/* A dump for people, in NumPy's form. write_types is to write the loop's types, then the operands'.
 */
typedef struct fnp_iter_dump {
    void (*write)(void *ctx, const char *text);
    void (*write_types)(void *ctx, bool of_operands);
    void *ctx;
} fnp_iter_dump;
void fnp_iter_debug_print(const fnp_iter *it, const fnp_iter_dump *out);

#ifdef __cplusplus
}
#endif
#endif
