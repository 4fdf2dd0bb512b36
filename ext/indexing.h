/* Index expressions: parsed by index_parse.c, carried out by mapping.c. */
#ifndef FNP_EXT_INDEXING_H
#define FNP_EXT_INDEXING_H
#include "ext.h"

#include "fnp/index.h"

enum ext_index_kinds { /* what an index holds */
                       EXT_INDEX_INT = 1,
                       EXT_INDEX_SLICE = 2,
                       EXT_INDEX_NEWAXIS = 4,
                       EXT_INDEX_ELLIPSIS = 8,
                       EXT_INDEX_ARRAY = 16,
                       EXT_INDEX_BOOL = 32, /* a 0-d boolean */
                       EXT_INDEX_SCALAR_ARRAY =
                           64, /* an integer that came as a 0-d array: views are copied */
                       EXT_INDEX_MASK =
                           128, /* the index is one mask with all the array's axes, see `mask` */
};

enum { EXT_INDEX_MAX = 2 * NPY_MAXDIMS + 1 };

typedef struct {
    int n, kinds;
    int nowned;
    PyArrayObject *mask;
    PyObject *owned[EXT_INDEX_MAX];
    fnp_selector items[EXT_INDEX_MAX];
} ext_index;

/* Parse `obj` as an index of `self`. Shapes of masks are checked, integers are not. 0 or -1;
 * ext_index_clear on success. */
HIDDEN int ext_index_parse(PyArrayObject *self, PyObject *obj, ext_index *ix);
HIDDEN void ext_index_clear(ext_index *ix);
/* The sequence protocol's a[i] and a[i] = value, for i that was negative already made positive. */
HIDDEN PyObject *array_item(PyObject *self, Py_ssize_t i);
HIDDEN int array_ass_item(PyObject *self, Py_ssize_t i, PyObject *value);
/* A field by name, or a view with some of the fields; NULL without exception if obj is no field
 * index. */
HIDDEN PyObject *ext_index_fields(PyArrayObject *self, PyObject *obj);

/* Whether two arrays' memory ranges meet. */
HIDDEN int ext_may_share(PyArrayObject *a, PyArrayObject *b);

#endif
