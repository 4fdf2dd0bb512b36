/* Which types go together: promotion of type numbers, casting levels, equivalence. */
#include "fnp/dtype.h"

#include <string.h>

typedef struct cast_row {
    char level[FNP_NTYPES + 1], common[FNP_NTYPES + 1];
} cast_row;

static const cast_row rows[FNP_NTYPES] = {
#define FNP_CAST_ROW(from, level, common) [FNP_##from] = {level, common},
#include "casts.def"
#undef FNP_CAST_ROW
};

static bool is_builtin(int t)
{
    return t >= 0 && t < FNP_NTYPES;
}

static int typenum_of_char(char c)
{
    static const char chars[] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) [num] = chr,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    };
    const char *p = memchr(chars, c, sizeof chars);
    return p ? (int)(p - chars) : FNP_NOTYPE;
}

int fnp_promote_typenums(int a, int b)
{
    if (!is_builtin(a) || !is_builtin(b)) return FNP_NOTYPE;
    return typenum_of_char(rows[a].common[b]);
}

fnp_casting fnp_cast_level_typenums(int from, int to)
{
    if (!is_builtin(from) || !is_builtin(to)) return from == to ? FNP_CAST_NO : FNP_CAST_UNSAFE;
    return (fnp_casting)(rows[from].level[to] - '0');
}

static fnp_casting worse(fnp_casting a, fnp_casting b)
{
    return a > b ? a : b;
}

static bool same_subshape(const fnp_dtype *a, const fnp_dtype *b)
{
    return a->sub_ndim == b->sub_ndim &&
           (a->sub_ndim == 0 ||
            memcmp(a->sub_shape, b->sub_shape, (size_t)a->sub_ndim * sizeof(fnp_intp)) == 0);
}

static fnp_casting order_level(const fnp_dtype *from, const fnp_dtype *to)
{
    return from->swapped == to->swapped ? FNP_CAST_NO : FNP_CAST_EQUIV;
}

/* Characters that text of type `to` has room for. */
static fnp_intp text_room(const fnp_dtype *dt)
{
    return dt->type_num == FNP_UNICODE ? dt->elsize / 4 : dt->elsize;
}

static fnp_casting time_level(const fnp_dtype *from, const fnp_dtype *to)
{
    if (from->meta.unit == to->meta.unit && from->meta.num == to->meta.num)
        return order_level(from, to);
    bool delta = from->type_num == FNP_TIMEDELTA;
    for (int level = FNP_CAST_SAFE; level < FNP_CAST_UNSAFE; level++)
        if (fnp_dtmeta_can_cast(delta, from->meta, to->meta, level)) return level;
    return FNP_CAST_UNSAFE;
}

static fnp_casting structured_level(const fnp_dtype *from, const fnp_dtype *to)
{
    if (!fnp_dtype_is_structured(to)) {
        /* one field goes into anything that the field goes into; objects take whole records */
        if (to->type_num == FNP_OBJECT) return FNP_CAST_SAFE;
        if (from->nfields != 1 || fnp_cast_level(from->fields[0].dtype, to) == FNP_CAST_NEVER)
            return FNP_CAST_NEVER;
        return FNP_CAST_UNSAFE;
    }
    if (!fnp_dtype_is_structured(from)) {
        if (from->type_num == FNP_VOID) return FNP_CAST_UNSAFE;
        for (int i = 0; i < to->nfields; i++)
            if (fnp_cast_level(from, to->fields[i].dtype) == FNP_CAST_NEVER) return FNP_CAST_NEVER;
        return FNP_CAST_UNSAFE;
    }
    if (from->nfields != to->nfields) return FNP_CAST_NEVER;
    fnp_casting level = from->elsize == to->elsize ? FNP_CAST_NO : FNP_CAST_EQUIV;
    for (int i = 0; i < from->nfields; i++) {
        const fnp_field *a = &from->fields[i], *b = &to->fields[i];
        if (strcmp(a->name, b->name) != 0) level = worse(level, FNP_CAST_SAFE);
        if (a->offset != b->offset) level = worse(level, FNP_CAST_EQUIV);
        level = worse(level, fnp_cast_level(a->dtype, b->dtype));
    }
    return level;
}

fnp_casting fnp_cast_level(const fnp_dtype *from, const fnp_dtype *to)
{
    if (from == to) return FNP_CAST_NO;
    if (from->sub_ndim || to->sub_ndim) {
        if (to->type_num == FNP_OBJECT && !to->sub_ndim) return FNP_CAST_SAFE;
        if (same_subshape(from, to)) return fnp_cast_level(from->sub_base, to->sub_base);
        fnp_casting base = fnp_cast_level(from->sub_ndim ? from->sub_base : from,
                                          to->sub_ndim ? to->sub_base : to);
        if (base == FNP_CAST_NEVER) return base;
        return from->sub_ndim ? FNP_CAST_UNSAFE : worse(base, FNP_CAST_SAFE);
    }
    if (fnp_dtype_is_structured(from) || fnp_dtype_is_structured(to))
        return structured_level(from, to);

    int f = from->type_num, t = to->type_num;
    fnp_casting level = fnp_cast_level_typenums(f, t);
    if (f == t && fnp_typenum_is_time(t)) return time_level(from, to);
    if (t == FNP_VOID && f != FNP_OBJECT) {
        if (from->elsize <= to->elsize)
            return f == t && from->elsize == to->elsize ? FNP_CAST_NO : FNP_CAST_SAFE;
        return f == t ? FNP_CAST_SAME_KIND : FNP_CAST_UNSAFE;
    }
    if ((t == FNP_STRING || t == FNP_UNICODE) && level < FNP_CAST_UNSAFE) {
        if (to->elsize == 0 && f != t) return level; /* length not chosen yet */
        fnp_intp room = text_room(to);
        fnp_intp need =
            f == FNP_STRING || f == FNP_UNICODE ? text_room(from) : fnp_dtype_text_width(f);
        if (room < need) return FNP_CAST_SAME_KIND;
        return f == t && room == need ? order_level(from, to) : FNP_CAST_SAFE;
    }
    return level == FNP_CAST_NO ? order_level(from, to) : level;
}

bool fnp_dtype_equiv(const fnp_dtype *a, const fnp_dtype *b)
{
    if (a == b) return true;
    if (a->elsize != b->elsize || a->ops != b->ops) return false;
    return fnp_cast_level(a, b) == FNP_CAST_NO;
}
