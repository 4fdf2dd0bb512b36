/* The iterator's state as text, line by line as NumPy prints it. */
#include "iter_impl.h"

#include <stdarg.h>
#include <stdio.h>

static void say(const fnp_iter_dump *out, const char *fmt, ...) FNP_PRINTF(2, 3);
static void say(const fnp_iter_dump *out, const char *fmt, ...)
{
    char buf[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    out->write(out->ctx, buf);
}

static void say_sizes(const fnp_iter_dump *out, const char *title, int n, const fnp_intp *v)
{
    say(out, "%s", title);
    for (int i = 0; i < n; i++) say(out, "%td ", v[i]);
    say(out, "\n");
}

static void say_pointers(const fnp_iter_dump *out, const char *title, int n, char *const *v)
{
    say(out, "%s", title);
    for (int i = 0; i < n; i++) say(out, "%p ", (void *)v[i]);
    say(out, "\n");
}

static void say_head(const fnp_iter *it, const fnp_iter_dump *out)
{
    static const struct {
        uint32_t state;
        const char *name;
    } names[] = {
        {FNP_ITER_HAS_INDEX, "HASINDEX"},       {FNP_ITER_HAS_MULTI_INDEX, "HASMULTIINDEX"},
        {FNP_ITER_HAS_EXTERNAL_LOOP, "EXLOOP"}, {FNP_ITER_IS_RANGED, "RANGE"},
        {FNP_ITER_IS_BUFFERED, "BUFFER"},       {FNP_ITER_IS_GROWINNER, "GROWINNER"},
        {FNP_ITER_IS_DELAYED, "DELAYBUF"},      {FNP_ITER_NEEDS_API, "NEEDSAPI"},
        {FNP_ITER_IS_REDUCE, "REDUCE"}};
    say(out, "\n------ BEGIN ITERATOR DUMP ------\n");
    say(out, "| Iterator Address: %p\n", (const void *)it);
    say(out, "| ItFlags: ");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (fnp__iter_is(it, names[i].state)) say(out, "%s ", names[i].name);
    say(out, "\n| NDim: %d\n| NOp: %d\n", it->ndim, it->nop);
    if (it->maskop >= 0) say(out, "| MaskOp: %d\n", it->maskop);
    say(out, "| IterSize: %td\n| IterStart: %td\n| IterEnd: %td\n| IterIndex: %td\n", it->size,
        it->start, it->end, fnp_iter_index(it));
    say(out, "| Iterator SizeOf: %zu\n| BufferData SizeOf: %zu\n| AxisData SizeOf: %zu\n|\n",
        sizeof *it, sizeof *it->op * (size_t)it->nop, sizeof *it->strides * (size_t)it->nptr);
}

static void say_operands(const fnp_iter *it, const fnp_iter_dump *out)
{
    say(out, "| Perm: ");
    for (int i = 0; i < it->ndim; i++) say(out, "%d ", it->ndim - 1 - it->perm[i]);
    say(out, "\n| DTypes: ");
    say(out, "\n| DTypes: ");
    out->write_types(out->ctx, false);
    say(out, "\n");
    say_pointers(out, "| InitDataPtrs: ", it->nop, it->base);
    say_sizes(out, "| BaseOffsets: ", it->nop, it->offset);
    say_pointers(out, "| Ptrs: ", it->nptr, it->ptr);
    say_pointers(out, "| User/buffer ptrs: ", it->nop, it->data);
    say(out, "| Operands: ");
    for (int i = 0; i < it->nop; i++) say(out, "%p ", it->op[i].handle);
    say(out, "\n| Operand DTypes: ");
    out->write_types(out->ctx, true);
    say(out, "\n| OpItFlags:\n");
    for (int i = 0; i < it->nop; i++) {
        const iter_op *op = &it->op[i];
        say(out, "|   Flags[%d]: %s%s%s%s%s\n", i, op->read ? "READ " : "",
            op->write ? "WRITE " : "", op->cast ? "CAST " : "", op->virtual_ ? "VIRTUAL " : "",
            op->reduce ? "REDUCE " : "");
    }
    say(out, "|\n");
}

static void say_buffers(const fnp_iter *it, const fnp_iter_dump *out)
{
    bool reduce = fnp__iter_is(it, FNP_ITER_IS_REDUCE);
    say(out, "| BufferData:\n|   BufferSize: %td\n|   Size: %td\n|   BufIterEnd: %td\n",
        it->buffersize, it->inner_size, it->chunk_start + it->inner_size * (it->outer_pos + 1));
    say(out, "|   BUFFER CoreSize: %td\n", it->core_size);
    if (reduce)
        say(out, "|   REDUCE Pos: %td\n|   REDUCE OuterSize: %td\n|   REDUCE OuterDim: %d\n",
            it->outer_pos, it->outer, it->core_axes);
    say_sizes(out, "|   Strides: ", it->nop, it->inner_strides);
    if (reduce) {
        say_sizes(out, "|   REDUCE Outer Strides: ", it->nop, it->outer_strides);
        say_pointers(out, "|   REDUCE Outer Ptrs: ", it->nop, it->outer_ptr);
    }
    static const char *const titles[] = {"ReadTransferFn", "ReadTransferData", "WriteTransferFn",
                                         "WriteTransferData"};
    for (int k = 0; k < 4; k++) {
        say(out, "|   %s: ", titles[k]);
        for (int i = 0; i < it->nop; i++) {
            const iter_op *op = &it->op[i];
            const fnp_cast *c = k < 2         ? (op->has_in ? &op->in : NULL)
                                : op->has_out ? &op->out
                                              : NULL;
            const void *p = !c ? NULL : k % 2 ? (const void *)c->loop.aux : (const void *)c;
            say(out, "%p ", (void *)p);
        }
        say(out, "\n");
    }
    say(out, "|   Buffers: ");
    for (int i = 0; i < it->nop; i++) say(out, "%p ", (void *)it->op[i].buffer);
    say(out, "\n|\n");
}

void fnp_iter_debug_print(const fnp_iter *it, const fnp_iter_dump *out)
{
    say_head(it, out);
    say_operands(it, out);
    if (fnp__iter_is(it, FNP_ITER_IS_BUFFERED)) say_buffers(it, out);
    for (int i = 0; i < it->ndim; i++) {
        say(out, "| AxisData[%d]:\n|   Shape: %td\n|   Index: %td\n", i, it->shape[i],
            it->coord[i]);
        say_sizes(out, "|   Strides: ", it->nop, fnp__iter_row(it, i));
    }
    say(out, "------- END ITERATOR DUMP -------\n\n");
}
