/* Offsets and sizes that compiled wheels carry in their code, asserted: a header that drifts from
 * NumPy's does not compile. */
#include "ext.h"

#include "numpy/dtype_api.h"
#include "numpy/random/bitgen.h"
#include "numpy/random/distributions.h"

#define LAYOUT_STRUCT(type, size, align)                                                           \
    _Static_assert(sizeof(type) == (size), #type ": size");                                        \
    _Static_assert(_Alignof(type) == (align), #type ": alignment");
#define LAYOUT_FIELD(type, field, offset, size)                                                    \
    _Static_assert(offsetof(type, field) == (offset), #type "." #field ": offset");                \
    _Static_assert(sizeof(((type *)0)->field) == (size), #type "." #field ": size");
#define LAYOUT_TARGET(type, v2_4, v2_0, oldest)                                                    \
    _Static_assert(sizeof(type) == (v2_4), #type ": size for target 2.4");
#define LAYOUT_TYPE(name, basicsize, itemsize, dictoffset, weakrefoffset) /* at run time */
/* What embeds a struct of CPython's, by version; a version without rows has only the relative ones.
 */
#define LAYOUT_PYTHON_STRUCT(version, type, size)                                                  \
    _Static_assert(PY_VERSION_HEX >> 16 != (version) || sizeof(type) == (size),                    \
                   #type ": size in Python " #version);
#define LAYOUT_PYTHON_FIELD(version, type, field, offset)                                          \
    _Static_assert(PY_VERSION_HEX >> 16 != (version) || offsetof(type, field) == (offset),         \
                   #type "." #field ": offset in Python " #version);
#define LAYOUT_PYTHON_TYPE(version, name, basicsize) /* at run time */
#include "layouts.def"
