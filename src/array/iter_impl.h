/* Hidden: the iterator's own record.
 *
 * Axis 0 is the innermost. Pointer number nop, if there is a flat index, is that index: an integer
 * that walks like a pointer with strides of its own. Strides lie axis by axis, nptr in a row. */
#ifndef FNP_ARRAY_ITER_IMPL_H
#define FNP_ARRAY_ITER_IMPL_H

#include "fnp/base.h"
#include "fnp/iter.h"

typedef struct iter_op {
    const fnp_dtype *dtype;  /* of the loop */
    const fnp_dtype *source; /* of the array */
    void *handle;
    uint32_t flags;
    bool read, write;
    bool cast;      /* the two types differ */
    bool unaligned; /* the array's elements may be */
    bool buffered;  /* always goes through the buffer */
    bool reduce;    /* written, and some axis does not move it */
    bool virtual_;  /* buffer only */
    int linear;     /* axes 0 .. linear-1 are one run */
    fnp_intp linear_count;
    /* buffered iteration */
    char *buffer;
    fnp_cast in, out; /* array to buffer and back */
    bool has_in, has_out;
    bool filled;    /* the present chunk lies in the buffer */
    fnp_intp count; /* elements in it */
    int fill_axis;  /* -1: in iteration order; else along that axis alone */
} iter_op;

struct fnp_iter {
    uint32_t state; /* fnp_iter_state */
    int ndim, nop, nptr, maskop;
    fnp_order order;
    fnp_intp size, start, end, index;
    /* all arrays are parts of one block, see fnp__iter_alloc_arrays; those of axes come first */
    int *perm; /* the operands' axis; meaningful with a multi-index */
    bool *flipped;
    fnp_intp *shape, *coord;
    fnp_intp *strides; /* [axis][nptr], at least one row */
    char **ptr;        /* [nptr] into the arrays, at coord */
    char **base;       /* [nptr] at index 0 */
    fnp_intp *offset;  /* [nptr] from the operands' first elements to base */
    iter_op *op;
    /* what the loop sees; the same arrays as ptr and strides if not buffered */
    char **data;
    fnp_intp *inner_strides;
    fnp_intp inner_size;
    /* buffered: a chunk of `outer` inner loops of `inner_size` elements each */
    fnp_intp buffersize, chunk_start, chunk_size, outer, outer_pos, pos;
    char **outer_ptr;
    fnp_intp *outer_strides;
    int core_axes; /* whole axes that fit a buffer and do not mix reduced with others */
    fnp_intp core_size;
    fnp_status failed;
    fnp_error *failure; /* buffered only */
};

static inline fnp_intp *fnp__iter_row(const fnp_iter *it, int axis)
{
    return it->strides + (size_t)axis * (size_t)it->nptr;
}

static inline bool fnp__iter_is(const fnp_iter *it, uint32_t state)
{
    return (it->state & state) != 0;
}

/* Coordinates and pointers for an index within the range; unbuffered part only. */
void fnp__iter_seek(fnp_iter *it, fnp_intp index);
/* Join axes where every pointer allows it; only without a multi-index. */
void fnp__iter_coalesce(fnp_iter *it);
/* Size from the shape; -1 if it does not fit. */
void fnp__iter_measure(fnp_iter *it);
/* Per-operand facts that depend on the final axes: linear runs, need of buffers, the core. */
void fnp__iter_settle(fnp_iter *it);
/* Memory for the arrays of `it`, whose nop and nptr are set. */
fnp_status fnp__iter_alloc_arrays(fnp_iter *it, int ndim, fnp_error *err);

/* Buffers (iter_buffer.c). */
fnp_status fnp__iter_fill(fnp_iter *it, fnp_error *err);
fnp_status fnp__iter_write_back(fnp_iter *it, fnp_error *err);
bool fnp__iter_next_buffered(fnp_iter *it);
void fnp__iter_update_flat_index(fnp_iter *it);

#endif
