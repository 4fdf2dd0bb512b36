/* Finding the loop for a cast: the decision tree over kinds of types, and the wrappers that let a
 * native kernel read and write swapped data. */
#include "array/cast_impl.h"

#include "kernel/cast.h"

#include <string.h>

enum { CHUNK_BYTES = 4096 };

/* ---- pieces shared by the builders -------------------------------------------------------------
 */

fnp_error *fnp__cast_failure(cast_build *b)
{
    if (!b->failure) {
        b->failure = fnp_calloc(1, sizeof *b->failure);
        if (!b->failure) (void)fnp_fail_nomem(b->err);
    }
    return b->failure;
}

void *fnp__cast_aux(cast_build *b, size_t size, void (*free_fn)(fnp_auxdata *))
{
    fnp_auxdata *aux = fnp_calloc(1, size);
    if (!aux) {
        (void)fnp_fail_nomem(b->err);
        return NULL;
    }
    aux->free = free_fn;
    return aux;
}

static const char *type_name(const fnp_dtype *dt)
{
    static const char *const names[FNP_NTYPES] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) [num] = name,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    };
    return dt->type_num >= 0 && dt->type_num < FNP_NTYPES ? names[dt->type_num] : "user type";
}

fnp_status fnp__cast_none(cast_build *b, const fnp_dtype *from, const fnp_dtype *to)
{
    return fnp_fail(b->err, FNP_ETYPE, "Cannot cast array data from %s to %s", type_name(from),
                    type_name(to));
}

/* ---- swapped data through a native kernel
 * -------------------------------------------------------- */

typedef struct swap_aux {
    fnp_auxdata base;
    fnp_loop inner;
    fnp_intp from_size, to_size, chunk;
    fnp_kernel_fn *swap_in, *swap_out; /* NULL: that side is native */
    void *in_units, *out_units;
} swap_aux;

static void swap_aux_free(fnp_auxdata *base)
{
    fnp_loop_clear(&((swap_aux *)base)->inner);
    fnp_free(base);
}

static int run_swapped(void *context, char *const *data, const fnp_intp *dims,
                       const fnp_intp *strides, void *aux)
{
    const swap_aux *a = aux;
    _Alignas(16) char in[CHUNK_BYTES], out[CHUNK_BYTES];
    const char *src = data[0];
    char *dst = data[1];
    for (fnp_intp n = dims[0]; n > 0;) {
        fnp_intp m = n < a->chunk ? n : a->chunk;
        const char *s = src;
        fnp_intp ss = strides[0];
        if (a->swap_in) {
            char *args[2] = {(char *)src, in};
            fnp_intp steps[2] = {ss, a->from_size};
            a->swap_in(args, &m, steps, a->in_units);
            s = in;
            ss = a->from_size;
        }
        if (a->swap_out) {
            int r = fnp__loop_run(&a->inner, s, ss, out, a->to_size, m);
            if (r) return r;
            char *args[2] = {out, dst};
            fnp_intp steps[2] = {a->to_size, strides[1]};
            a->swap_out(args, &m, steps, a->out_units);
        } else {
            int r = fnp__loop_run(&a->inner, s, ss, dst, strides[1], m);
            if (r) return r;
        }
        src += m * strides[0];
        dst += m * strides[1];
        n -= m;
    }
    return 0;
}

fnp_status fnp__cast_wrap_swapped(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                  fnp_loop *inner)
{
    if (!from->swapped && !to->swapped) return FNP_OK;
    swap_aux *a = fnp__cast_aux(b, sizeof *a, swap_aux_free);
    if (!a) {
        fnp_loop_clear(inner);
        return FNP_ENOMEM;
    }
    fnp_intp unit, count;
    a->inner = *inner;
    a->from_size = from->elsize;
    a->to_size = to->elsize;
    fnp_intp larger = from->elsize > to->elsize ? from->elsize : to->elsize;
    a->chunk = CHUNK_BYTES / (larger ? larger : 1);
    if (from->swapped) {
        fnp__swap_shape(from, &unit, &count);
        if (unit > 1) a->swap_in = fnp__swap_kernel(unit);
        a->in_units = (void *)count;
    }
    if (to->swapped) {
        fnp__swap_shape(to, &unit, &count);
        if (unit > 1) a->swap_out = fnp__swap_kernel(unit);
        a->out_units = (void *)count;
    }
    *inner = (fnp_loop){.fn = run_swapped, .aux = &a->base, .flags = inner->flags};
    return FNP_OK;
}

/* ---- raw bytes: S, U, V of other lengths
 * --------------------------------------------------------- */

typedef struct pad_aux {
    fnp_auxdata base;
    fnp_intp from_size, to_size;
    fnp_kernel_fn *swap;
    void *units;
} pad_aux;

static void plain_aux_free(fnp_auxdata *base)
{
    fnp_free(base);
}

static int run_pad(void *context, char *const *data, const fnp_intp *dims, const fnp_intp *strides,
                   void *aux)
{
    const pad_aux *a = aux;
    const char *src = data[0];
    char *dst = data[1];
    size_t keep = (size_t)(a->from_size < a->to_size ? a->from_size : a->to_size);
    size_t pad = (size_t)a->to_size - keep;
    fnp_intp one = 1, steps[2] = {0, 0};
    for (fnp_intp n = dims[0]; n > 0; n--, src += strides[0], dst += strides[1]) {
        if (a->swap) {
            char *args[2] = {(char *)src, dst};
            a->swap(args, &one, steps, a->units);
        } else {
            memmove(dst, src, keep);
        }
        if (pad) memset(dst + keep, 0, pad);
    }
    return 0;
}

/* Copy bytes, cut or padded with zeros; `swap` of the units of `shape_of` on the way. */
static fnp_status build_bytes(cast_build *b, const fnp_dtype *from, const fnp_dtype *to, bool swap,
                              fnp_loop *out)
{
    fnp_intp unit = 1, count = 1;
    if (swap) fnp__swap_shape(from, &unit, &count);
    if (from->elsize == to->elsize) {
        *out = unit > 1
                   ? (fnp_loop){.kernel = fnp__swap_kernel(unit), .data = (void *)count}
                   : (fnp_loop){.kernel = fnp__copy_kernel(to->elsize), .data = (void *)to->elsize};
        out->flags = FNP_LOOP_NO_FLOAT_ERRORS | FNP_LOOP_UNALIGNED_OK | FNP_LOOP_SHARES;
        return FNP_OK;
    }
    pad_aux *a = fnp__cast_aux(b, sizeof *a, plain_aux_free);
    if (!a) return FNP_ENOMEM;
    a->from_size = from->elsize;
    a->to_size = to->elsize;
    if (unit > 1) {
        fnp_intp room = to->elsize / unit;
        a->units = (void *)(count < room ? count : room);
        a->swap = fnp__swap_kernel(unit);
    }
    *out = (fnp_loop){
        .fn = run_pad, .aux = &a->base, .flags = FNP_LOOP_NO_FLOAT_ERRORS | FNP_LOOP_UNALIGNED_OK};
    return FNP_OK;
}

/* ---- the decision tree
 * --------------------------------------------------------------------------- */

static fnp_status build_number(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                               fnp_loop *out)
{
    if (fnp__num_id(from->type_num) == fnp__num_id(to->type_num))
        return build_bytes(b, from, to, from->swapped != to->swapped, out);
    if (b->flags & FNP_CASTF_SAME_VALUE && fnp_typenum_is_number(from->type_num) &&
        fnp_typenum_is_number(to->type_num) && !fnp_typenum_is_bool(to->type_num))
        return fnp__cast_build_exact(b, from, to, out);
    *out = (fnp_loop){.kernel = fnp__cast_kernel(from->type_num, to->type_num),
                      .flags = FNP_LOOP_UNALIGNED_OK | FNP_LOOP_SHARES};
    if (!out->kernel) return fnp__cast_none(b, from, to);
    if (fnp_typenum_is_bool(to->type_num) ||
        (fnp_typenum_is_integer(from->type_num) && fnp_typenum_is_integer(to->type_num)))
        out->flags |= FNP_LOOP_NO_FLOAT_ERRORS;
    return fnp__cast_wrap_swapped(b, from, to, out);
}

static fnp_status build_foreign(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                                fnp_intp src_stride, fnp_intp dst_stride, fnp_loop *out)
{
    const fnp_dtype_ops *ops = from->ops;
    if (!ops || (to->ops && from->type_num == FNP_OBJECT)) ops = to->ops;
    fnp_cast cast = {0};
    FNP_TRY(ops->get_cast(from, to, src_stride, dst_stride, b->flags, &cast, b->err));
    if (cast.failure && !b->failure) {
        b->failure = cast.failure;
    } else {
        fnp_free(cast.failure);
    }
    *out = cast.loop;
    return FNP_OK;
}

/* Native bytes of anything, cut or padded. */
static fnp_status build_raw(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                            fnp_loop *out)
{
    fnp_intp unit, count;
    fnp__swap_shape(from, &unit, &count);
    if (!from->swapped || to->elsize % unit == 0)
        return build_bytes(b, from, to, from->swapped, out);
    if (from->elsize > CHUNK_BYTES) /* a long swapped text into room that cuts a character */
        return fnp_fail(b->err, FNP_ENOTIMPL,
                        "cast of long byte-swapped text to void is not written yet");
    FNP_TRY(build_bytes(b, from, to, false, out));
    return fnp__cast_wrap_swapped(b, from, to, out);
}

static bool is_text(int t)
{
    return t == FNP_STRING || t == FNP_UNICODE;
}

fnp_status fnp__cast_build(cast_build *b, const fnp_dtype *from, const fnp_dtype *to,
                           fnp_intp src_stride, fnp_intp dst_stride, fnp_loop *out)
{
    int f = from->type_num, t = to->type_num;
    if ((from->ops && !from->sub_ndim) || (to->ops && !to->sub_ndim))
        return build_foreign(b, from, to, src_stride, dst_stride, out);
    if (from->sub_ndim || to->sub_ndim) return fnp__cast_build_subarray(b, from, to, out);
    if (fnp_dtype_is_structured(from) || fnp_dtype_is_structured(to))
        return fnp__cast_build_fields(b, from, to, out);
    if (t == FNP_VOID && f != FNP_OBJECT) return build_raw(b, from, to, out);
    if (f == t && f == FNP_STRING) return build_bytes(b, from, to, false, out);
    if (f == t && f == FNP_UNICODE)
        return build_bytes(b, from, to, from->swapped != to->swapped, out);
    if (is_text(f) || is_text(t) || f == FNP_VOID) return fnp__cast_build_text(b, from, to, out);
    if (fnp_typenum_is_time(t) && (fnp_typenum_is_float(f) || fnp_typenum_is_complex(f)))
        return fnp__cast_build_time(b, from, to, out);
    if (f == t && fnp_typenum_is_time(f) &&
        (from->meta.unit != to->meta.unit || from->meta.num != to->meta.num))
        return fnp__cast_build_time(b, from, to, out);
    return build_number(b, from, to, out);
}

fnp_status fnp_cast_init(fnp_cast *cast, const fnp_dtype *from, const fnp_dtype *to,
                         fnp_intp src_stride, fnp_intp dst_stride, uint32_t flags, fnp_error *err)
{
    cast_build b = {.flags = flags, .err = err};
    *cast = (fnp_cast){0};
    fnp_status status = fnp__cast_build(&b, from, to, src_stride, dst_stride, &cast->loop);
    if (status != FNP_OK) {
        fnp_free(b.failure);
        *cast = (fnp_cast){0};
        return status;
    }
    cast->failure = b.failure;
    return FNP_OK;
}

void fnp_cast_clear(fnp_cast *cast)
{
    fnp_loop_clear(&cast->loop);
    fnp_free(cast->failure);
    *cast = (fnp_cast){0};
}

fnp_status fnp_cast_status(const fnp_cast *c, int returned, fnp_error *err)
{
    if (returned > 0 && c->failure && err) *err = *c->failure;
    return fnp_loop_status(returned);
}
