/* Element types: type numbers, the descriptor that the core works with, promotion and can-cast
 * tables.
 *
 * A fnp_dtype is plain data, borrowed by every function that takes one. The simple native types are
 * static constants (fnp_dtype_builtin); parametric ones (S, U, V, structured, datetime, swapped)
 * are filled in place by whoever owns the memory: the binding keeps one behind each of its
 * descriptor objects. */
#ifndef FNP_DTYPE_H
#define FNP_DTYPE_H

#include "fnp/calendar.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fnp_c64 {
    float re, im;
} fnp_c64;
typedef struct fnp_c128 {
    double re, im;
} fnp_c128;
typedef struct fnp_cld {
    long double re, im;
} fnp_cld;

enum fnp_type_num {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) FNP_##NAME = num,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    FNP_NTYPES = 24,
    FNP_USERDEF = 256,  /* the first number of a legacy user type */
    FNP_VSTRING = 2056, /* StringDType */
    FNP_NOTYPE = -1     /* new-style user types have no number */
};

typedef fnp_dtmeta fnp_datetime_meta;

typedef struct fnp_dtype fnp_dtype;
typedef struct fnp_dtype_ops fnp_dtype_ops;

typedef struct fnp_field {
    const char *name; /* UTF-8 */
    fnp_intp offset;  /* bytes from the start of the element */
    const fnp_dtype *dtype;
} fnp_field;

enum fnp_dtype_flags {
    FNP_DTYPE_HASREF = 1,     /* holds references (object, StringDType arenas, fields of these) */
    FNP_DTYPE_NEEDS_INIT = 2, /* memory must be zeroed before use */
    FNP_DTYPE_NEEDS_API = 4,  /* loops on it need the interpreter's lock */
};

struct fnp_dtype {
    int32_t type_num;
    char kind, type,
        byteorder;   /* byteorder: '=' native, '|' does not apply, '>' or '<' the other one */
    uint8_t swapped; /* 1: elements are in the other byte order */
    uint32_t flags;
    fnp_intp elsize, alignment;
    fnp_datetime_meta meta; /* M and m only */
    int32_t nfields;        /* structured void: number of fields, else -1 (V without fields: -1) */
    int32_t sub_ndim;       /* subarray: number of its dimensions, else 0 */
    const fnp_field *fields;
    const fnp_intp *sub_shape;
    const fnp_dtype *sub_base;
    const fnp_dtype_ops
        *ops; /* element operations of foreign types (object, StringDType, user types), else NULL */
    void *handle; /* the owner's descriptor object, borrowed; opaque to the core */
};

struct fnp_cast;

/* What the core must be able to do with elements that it cannot interpret. Supplied by the binding.
 */
struct fnp_dtype_ops {
    /* The loop that casts from `from` to `to`; at least one of them has ops. src_stride/dst_stride:
     * bytes. flags: FNP_CASTF_*. */
    fnp_status (*get_cast)(const fnp_dtype *from, const fnp_dtype *to, fnp_intp src_stride,
                           fnp_intp dst_stride, uint32_t flags, struct fnp_cast *out,
                           fnp_error *err);
    /* Drop the references that n elements hold and leave them zero. */
    fnp_status (*clear)(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                        fnp_error *err);
    /* Give n uninitialised (zero) elements the type's default value (object: the integer 0). May be
     * NULL: zeros. */
    fnp_status (*fill_zero)(const fnp_dtype *dt, char *data, fnp_intp n, fnp_intp stride,
                            fnp_error *err);
    /* <0, 0, >0; *failed set when the comparison raised. NaN-likes sort last. */
    int (*compare)(const fnp_dtype *dt, const char *a, const char *b, bool *failed);
    bool (*nonzero)(const fnp_dtype *dt, const char *a, bool *failed);
};

/* The static descriptor of a native simple type (S, U, V with elsize 0); NULL for other numbers. */
const fnp_dtype *fnp_dtype_builtin(int type_num);

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define FNP_OTHER_ORDER '<'
#else
#define FNP_OTHER_ORDER '>'
#endif
/* out = dt in the other / native byte order ('=' or '|' left as they are). */
void fnp_dtype_byteswapped(const fnp_dtype *dt, fnp_dtype *out);

static inline bool fnp_dtype_is_structured(const fnp_dtype *dt)
{
    return dt->nfields >= 0;
}
static inline bool fnp_dtype_has_ref(const fnp_dtype *dt)
{
    return (dt->flags & FNP_DTYPE_HASREF) != 0;
}
/* Whether an element has bytes that belong to no field: assignment leaves them alone. */
static inline bool fnp_dtype_has_gaps(const fnp_dtype *dt)
{
    if (dt->sub_ndim) return fnp_dtype_has_gaps(dt->sub_base);
    fnp_intp used = 0;
    for (int i = 0; i < dt->nfields; i++) {
        if (fnp_dtype_has_gaps(dt->fields[i].dtype)) return true;
        used += dt->fields[i].dtype->elsize;
    }
    return dt->nfields >= 0 && used != dt->elsize;
}
static inline bool fnp_typenum_is_bool(int t)
{
    return t == FNP_BOOL;
}
static inline bool fnp_typenum_is_integer(int t)
{
    return t >= FNP_BYTE && t <= FNP_ULONGLONG;
}
static inline bool fnp_typenum_is_unsigned(int t)
{
    return fnp_typenum_is_integer(t) && (t & 1) == 0;
}
static inline bool fnp_typenum_is_float(int t)
{
    return (t >= FNP_FLOAT && t <= FNP_LONGDOUBLE) || t == FNP_HALF;
}
static inline bool fnp_typenum_is_complex(int t)
{
    return t >= FNP_CFLOAT && t <= FNP_CLONGDOUBLE;
}
static inline bool fnp_typenum_is_number(int t)
{
    return t <= FNP_CLONGDOUBLE || t == FNP_HALF;
}
static inline bool fnp_typenum_is_flexible(int t)
{
    return t >= FNP_STRING && t <= FNP_VOID;
}
static inline bool fnp_typenum_is_time(int t)
{
    return t == FNP_DATETIME || t == FNP_TIMEDELTA;
}

/* Same bytes mean the same value: NumPy's "equivalent" types (int64 and longlong, equal units,
 * equal fields). */
bool fnp_dtype_equiv(const fnp_dtype *a, const fnp_dtype *b);

/* Promotion of two built-in type numbers (bool .. half, object, S, U, V, M, m); FNP_NOTYPE if none
 * exists. */
int fnp_promote_typenums(int a, int b);

/* Smallest casting level at which every value of type number `from` may become `to` (parameters
 * aside). */
fnp_casting fnp_cast_level_typenums(int from, int to);

/* Casting level between two complete descriptors, core types only (no ops): byte order, lengths,
 * units, fields. */
fnp_casting fnp_cast_level(const fnp_dtype *from, const fnp_dtype *to);
static inline bool fnp_can_cast(const fnp_dtype *from, const fnp_dtype *to, fnp_casting level)
{
    return fnp_cast_level(from, to) <= (level & ~FNP_CAST_SAME_VALUE);
}

/* "float64", "S5", "byte-swapped int32": into buf, which is returned. */
const char *fnp_dtype_label(const fnp_dtype *dt, char *buf, size_t bufsize);

/* Length in characters that the text of any value of a built-in type needs (int64 -> 21, bool -> 5,
 * ...). */
int fnp_dtype_text_width(int type_num);

#ifdef __cplusplus
}
#endif
#endif
