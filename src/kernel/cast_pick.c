/* Which cast kernel serves a pair of types on this CPU. */
#include "kernel/cast.h"

#include "kernel/level_symbols.h"

int fnp__num_id(int type_num)
{
    static const int8_t id[FNP_NTYPES] = {
        [FNP_BOOL] = 0,     [FNP_BYTE] = 1,         [FNP_UBYTE] = 2,       [FNP_SHORT] = 3,
        [FNP_USHORT] = 4,   [FNP_INT] = 5,          [FNP_UINT] = 6,        [FNP_LONG] = 7,
        [FNP_ULONG] = 8,    [FNP_LONGLONG] = 7,     [FNP_ULONGLONG] = 8,   [FNP_HALF] = 9,
        [FNP_FLOAT] = 10,   [FNP_DOUBLE] = 11,      [FNP_LONGDOUBLE] = 12, [FNP_CFLOAT] = 13,
        [FNP_CDOUBLE] = 14, [FNP_CLONGDOUBLE] = 15, [FNP_OBJECT] = -1,     [FNP_STRING] = -1,
        [FNP_UNICODE] = -1, [FNP_VOID] = -1,        [FNP_DATETIME] = 7,    [FNP_TIMEDELTA] = 7,
    };
    return type_num >= 0 && type_num < FNP_NTYPES ? id[type_num] : -1;
}

fnp_kernel_fn *fnp__cast_kernel(int from, int to)
{
    int f = fnp__num_id(from), t = fnp__num_id(to);
    if (f < 0 || t < 0) return NULL;
    return BY_LEVEL(fnp__cast_table)[f][t];
}
