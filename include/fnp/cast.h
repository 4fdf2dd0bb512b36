/* Casts: the strided loop from any element type to any other, and whole-array assignment on top of
 * it. */
#ifndef FNP_CAST_H
#define FNP_CAST_H

#include "fnp/loop.h"
#include "fnp/view.h"

#ifdef __cplusplus
extern "C" {
#endif

enum fnp_cast_flags {
    FNP_CASTF_UNALIGNED = 1,  /* either side may be unaligned */
    FNP_CASTF_SAME_VALUE = 2, /* fail when a value would change */
    FNP_CASTF_MOVE_REFS = 4,  /* source references are moved, not copied: the source is cleared */
};

/* A cast that is ready to run over strided data. Owned: fnp_cast_clear. */
typedef struct fnp_cast {
    fnp_loop loop; /* args {src, dst}, dims {n}, strides {src, dst} in bytes */
    fnp_error *
        failure; /* owned; where a loop that can fail (text, dates) leaves its message, else NULL */
} fnp_cast;

/* Find the cast loop. Handles byte order, alignment, S/U lengths, datetime units, structured and
 * subarray types; asks dtype->ops for foreign types. Strides may be FNP_CAST_ANY_STRIDE when they
 * are not known. Errors: FNP_ETYPE when there is no such cast, FNP_ENOMEM, FNP_EPYTHON. */
#define FNP_CAST_ANY_STRIDE INTPTR_MAX
FNP_MUST_CHECK fnp_status fnp_cast_init(fnp_cast *cast, const fnp_dtype *from, const fnp_dtype *to,
                                        fnp_intp src_stride, fnp_intp dst_stride, uint32_t flags,
                                        fnp_error *err);
void fnp_cast_clear(fnp_cast *cast);

/* What calling the loop returned, as a status with its message. */
fnp_status fnp_cast_status(const fnp_cast *c, int returned, fnp_error *err);

FNP_MUST_CHECK static inline fnp_status fnp_cast_run(const fnp_cast *c, const char *src,
                                                     fnp_intp src_stride, char *dst,
                                                     fnp_intp dst_stride, fnp_intp n,
                                                     fnp_error *err)
{
    char *args[2] = {(char *)src, dst};
    fnp_intp strides[2] = {src_stride, dst_stride};
    int r = fnp_loop_call(&c->loop, args, &n, strides);
    return FNP_LIKELY(r == 0) ? FNP_OK : fnp_cast_status(c, r, err);
}

/* dst[...] = src, src broadcast to dst's shape (leading ones of src dropped), cast elementwise (no
 * casting-level check), correct for overlapping memory, references kept straight, floating-point
 * flags left raised for the caller to read. `where` may be NULL or a bool view that broadcasts to
 * dst. Errors: FNP_EVALUE (shapes), FNP_ETYPE, FNP_ENOMEM, FNP_EPYTHON. */
FNP_MUST_CHECK fnp_status fnp_assign(const fnp_view *dst, const fnp_view *src,
                                     const fnp_view *where, uint32_t flags, fnp_error *err);

/* Assignment of raw memory of equal dtype to freshly allocated memory and back, the same loop order
 * for all. */
FNP_MUST_CHECK fnp_status fnp_fill_zero(const fnp_view *dst, fnp_error *err);
/* Drop all references held by dst and zero it. */
FNP_MUST_CHECK fnp_status fnp_clear_refs(const fnp_view *dst, fnp_error *err);

#ifdef __cplusplus
}
#endif
#endif
