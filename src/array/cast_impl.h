/* Inside src/array: how casts are built. Each builder fills out->loop, or fails and leaves nothing
 * behind. */
#ifndef FNP_ARRAY_CAST_IMPL_H
#define FNP_ARRAY_CAST_IMPL_H

#include "fnp/base.h"
#include "fnp/cast.h"

/* What the parts of one cast share. */
typedef struct cast_build {
    uint32_t flags;
    fnp_error *failure; /* the whole cast's message record, made when the first part asks for it */
    fnp_error *err;
} cast_build;

fnp_status fnp__cast_build(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                           fnp_intp src_stride, fnp_intp dst_stride, fnp_loop *out);
fnp_status fnp__cast_build_fields(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                  fnp_loop *out);
fnp_status fnp__cast_build_subarray(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                    fnp_loop *out);
fnp_status fnp__cast_build_text(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                fnp_loop *out);
fnp_status fnp__cast_build_time(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                fnp_loop *out);
/* Between numbers, with every value checked (FNP_CASTF_SAME_VALUE). */
fnp_status fnp__cast_build_exact(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                 fnp_loop *out);
/* Wrap `inner`, which works on native, aligned-or-not data, so that it reads `from` and writes `to`
 * as they are. */
fnp_status fnp__cast_wrap_swapped(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                  fnp_loop *inner);

/* The record for messages, or NULL with b->err filled. */
fnp_error *fnp__cast_failure(cast_build *b);
/* aux of `size` bytes (zeroed) with its free function set; NULL with b->err filled. */
void *fnp__cast_aux(cast_build *b, size_t size, void (*free_fn)(fnp_auxdata *));
/* "no cast from X to Y"; FNP_ETYPE. */
fnp_status fnp__cast_none(cast_build *b, const fnp_dtype *from, const fnp_dtype *to);

static inline int fnp__loop_run(const fnp_loop *l, const char *src, fnp_intp ss, char *dst,
                                fnp_intp ds, fnp_intp n)
{
    char *args[2] = {(char *)src, dst};
    fnp_intp strides[2] = {ss, ds};
    return fnp_loop_call(l, args, &n, strides);
}

#endif
