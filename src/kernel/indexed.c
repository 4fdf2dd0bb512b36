/* Operations in place at indexed elements. */
#include "fnp/kernel.h"
#include "kernel/tmpl/names.h"

enum {
    FNP_INDEXED_ADD,
    FNP_INDEXED_SUBTRACT,
    FNP_INDEXED_MULTIPLY,
    FNP_INDEXED_MAXIMUM,
    FNP_INDEXED_MINIMUM
};
static const char *const op_names[] = {"add", "subtract", "multiply", "maximum", "minimum", NULL};

#define TMPL "kernel/tmpl/indexed.h"
#include "kernel/tmpl/for_ints.h"
#define IS_INT 0
#define SFX f32
#define T float
#include TMPL
#undef SFX
#undef T
#define SFX f64
#define T double
#include TMPL
#undef SFX
#undef T
#undef IS_INT

bool fnp_kernel_indexed(const char *name, int type_num, char *data, fnp_intp stride,
                        const fnp_intp *index, const char *values, fnp_intp value_stride,
                        fnp_intp n)
{
    int op = 0;
    while (op_names[op] && strcmp(op_names[op], name) != 0) op++;
    if (!op_names[op]) return false;
    switch (type_num) {
    case FNP_BYTE: indexed_i8(op, data, stride, index, values, value_stride, n); return true;
    case FNP_UBYTE: indexed_u8(op, data, stride, index, values, value_stride, n); return true;
    case FNP_SHORT: indexed_i16(op, data, stride, index, values, value_stride, n); return true;
    case FNP_USHORT: indexed_u16(op, data, stride, index, values, value_stride, n); return true;
    case FNP_INT: indexed_i32(op, data, stride, index, values, value_stride, n); return true;
    case FNP_UINT: indexed_u32(op, data, stride, index, values, value_stride, n); return true;
    case FNP_LONG:
    case FNP_LONGLONG: indexed_i64(op, data, stride, index, values, value_stride, n); return true;
    case FNP_ULONG:
    case FNP_ULONGLONG: indexed_u64(op, data, stride, index, values, value_stride, n); return true;
    case FNP_FLOAT: indexed_f32(op, data, stride, index, values, value_stride, n); return true;
    case FNP_DOUBLE: indexed_f64(op, data, stride, index, values, value_stride, n); return true;
    }
    return false;
}
