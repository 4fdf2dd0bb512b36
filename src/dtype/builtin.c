/* The built-in element types: one static descriptor each. */
#include "fnp/dtype.h"

#define FLEXIBLE(num) ((num) == FNP_STRING || (num) == FNP_UNICODE || (num) == FNP_VOID)
#define IS_OBJECT(num) ((num) == FNP_OBJECT)

static const fnp_dtype builtin[FNP_NTYPES] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind_, chr, name, alias)                                  \
    [num] = {.type_num = num,                                                                      \
             .kind = kind_,                                                                        \
             .type = chr,                                                                          \
             .byteorder = (chr) == '?' || (chr) == 'b' || (chr) == 'B' || (chr) == 'O' ||          \
                                  (chr) == 'S' || (chr) == 'V'                                     \
                              ? '|'                                                                \
                              : '=',                                                               \
             .flags = IS_OBJECT(num)                                                               \
                          ? FNP_DTYPE_HASREF | FNP_DTYPE_NEEDS_INIT | FNP_DTYPE_NEEDS_API          \
                          : 0,                                                                     \
             .elsize = FLEXIBLE(num) ? 0 : sizeof(ctype),                                          \
             .alignment = _Alignof(ctype),                                                         \
             .meta = {FNP_UNIT_GENERIC, 1},                                                        \
             .nfields = -1},
#include "fnp/dtypes.def"
#undef FNP_DTYPE
};

const fnp_dtype *fnp_dtype_builtin(int type_num)
{
    return type_num >= 0 && type_num < FNP_NTYPES ? &builtin[type_num] : NULL;
}

void fnp_dtype_byteswapped(const fnp_dtype *dt, fnp_dtype *out)
{
    *out = *dt;
    if (dt->byteorder == '|') return;
    out->swapped = !dt->swapped;
    out->byteorder = out->swapped ? FNP_OTHER_ORDER : '=';
}

int fnp_dtype_text_width(int type_num)
{
    static const int8_t width[FNP_NTYPES] = {
        [FNP_BOOL] = 5,     [FNP_BYTE] = 4,         [FNP_UBYTE] = 3,       [FNP_SHORT] = 6,
        [FNP_USHORT] = 5,   [FNP_INT] = 11,         [FNP_UINT] = 10,       [FNP_LONG] = 21,
        [FNP_ULONG] = 20,   [FNP_LONGLONG] = 21,    [FNP_ULONGLONG] = 20,  [FNP_HALF] = 32,
        [FNP_FLOAT] = 32,   [FNP_DOUBLE] = 32,      [FNP_LONGDOUBLE] = 48, [FNP_CFLOAT] = 64,
        [FNP_CDOUBLE] = 64, [FNP_CLONGDOUBLE] = 96, [FNP_TIMEDELTA] = 21,
    };
    return type_num >= 0 && type_num < FNP_NTYPES ? width[type_num] : 0;
}
