/* A dtype in a few characters, for the ledger and for messages of the core. */
#include "fnp/dtype.h"

#include <stdio.h>

const char *fnp_dtype_label(const fnp_dtype *dt, char *buf, size_t bufsize)
{
    static const char *const names[FNP_NTYPES + 1] = {
#define FNP_DTYPE(NAME, num, sfx, ctype, kind, chr, name, alias) [num] = name,
#include "fnp/dtypes.def"
#undef FNP_DTYPE
    };
    int t = dt->type_num;
    const char *order = dt->swapped ? "byte-swapped " : "";
    if (t == FNP_STRING || t == FNP_UNICODE || (t == FNP_VOID && dt->nfields < 0)) {
        fnp_intp width = t == FNP_UNICODE ? 4 : 1;
        snprintf(buf, bufsize, "%s%c%td", order, dt->type, dt->elsize / width);
    } else if (t == FNP_VOID) {
        snprintf(buf, bufsize, "record of %d fields", dt->nfields);
    } else if (t >= 0 && t < FNP_NTYPES && names[t]) {
        snprintf(buf, bufsize, "%s%s", order, names[t]);
    } else {
        snprintf(buf, bufsize, t == FNP_VSTRING ? "StringDType" : "user type %d", t);
    }
    return buf;
}
