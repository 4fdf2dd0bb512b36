/* Data memory through a handler's capsule. Sizes in bytes. NULL on failure, possibly with no
 * exception set. */
#ifndef FNP_EXT_ALLOC_H
#define FNP_EXT_ALLOC_H
#include "ext.h"

HIDDEN void *ext_data_new(size_t size, PyObject *capsule);
HIDDEN void *ext_data_new_zeroed(size_t n, size_t elsize, PyObject *capsule);
HIDDEN void *ext_data_renew(void *ptr, size_t size, PyObject *capsule);
HIDDEN void ext_data_free(void *ptr, size_t size, PyObject *capsule);
HIDDEN int ext_warns_without_policy(void);
#endif
