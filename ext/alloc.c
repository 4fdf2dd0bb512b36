/* Data memory of arrays: the handler protocol (PyDataMem_Handler), the default handler with its
 * caches of freed blocks, and tracemalloc's bookkeeping in domain 389047.
 *
 * Cached blocks are ordinary malloc blocks of at least the rounded size, so realloc and free of the
 * C library stay valid on them. Blocks that a vector loop may run over for a while begin on a cache
 * line. The caches live under the interpreter's lock. */
#include "ext.h"
#include "alloc.h"
#include "fnp/base.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define TRACE_DOMAIN 389047

enum {
    SMALL_STEP = 16,
    SMALL_LIMIT = 1024,
    SMALL_KEEP = 16,
    CACHE_LINE = 64,
    MIDDLE_FIRST = 10, /* sizes above 2^10, eight classes to each power of two */
    MIDDLE_POWERS = 8,
    MIDDLE_KEEP = 4,
    LARGE_LIMIT = 1 << 18, /* blocks from here on cost page faults when fresh */
    LARGE_KEEP = 8,
};
#define MIDDLE_TOTAL ((size_t)8 << 20)
#define LARGE_TOTAL ((size_t)192 << 20)

#if defined(__SANITIZE_ADDRESS__)
#define USE_CACHE 0 /* let the sanitizer see every block */
#else
#define USE_CACHE 1
#endif

typedef struct {
    int n;
    void *block[SMALL_KEEP];
} small_bin;

typedef struct {
    int n;
    void *block[MIDDLE_KEEP];
} middle_bin;

typedef struct {
    void *block;
    size_t size;
} large_block;

static small_bin small_bins[SMALL_LIMIT / SMALL_STEP + 1];
static middle_bin middle_bins[MIDDLE_POWERS * 8];
static size_t middle_total;
static large_block large_blocks[LARGE_KEEP];
static size_t large_total;
static int madvise_hugepage = 1;
static int trap_armed; /* data requests count for fnp_alloc_fail_after, too */

static inline int trapped(void)
{
    return trap_armed && fnp_alloc_trap();
}

static inline size_t round_up(size_t size, size_t step)
{
    return (size + step - 1) & ~(step - 1);
}

/* The class of a size above SMALL_LIMIT and below LARGE_LIMIT; *room: the largest size in it. */
static inline middle_bin *middle_class(size_t size, size_t *room)
{
    int power = 63 - __builtin_clzll(size - 1);
    size_t step = (size_t)1 << (power - 3);
    *room = round_up(size, step);
    return &middle_bins[(power - MIDDLE_FIRST) * 8 + (int)(*room / step) - 9];
}

static void *middle_take(size_t size)
{
    size_t room;
    middle_bin *bin = middle_class(size, &room);
    if (bin->n == 0) return NULL;
    middle_total -= room;
    return bin->block[--bin->n];
}

static int middle_keep(void *p, size_t size)
{
    size_t room;
    middle_bin *bin = middle_class(size, &room);
    if (bin->n == MIDDLE_KEEP || middle_total + room > MIDDLE_TOTAL) return 0;
    if (malloc_usable_size(p) < room) return 0; /* somebody has renewed it */
    middle_total += room;
    bin->block[bin->n++] = p;
    return 1;
}

/* What a block of `size` is made of: small ones on 16 bytes, as malloc has them. */
static void *fresh(size_t size)
{
    if (size <= SMALL_LIMIT) return malloc(size ? round_up(size, SMALL_STEP) : 1);
    if (size > PTRDIFF_MAX - CACHE_LINE) return NULL;
    size_t room = round_up(size, CACHE_LINE);
    if (USE_CACHE && size < LARGE_LIMIT) middle_class(size, &room);
    return aligned_alloc(CACHE_LINE, room);
}

static void *large_take(size_t size)
{
    int best = -1;
    for (int i = 0; i < LARGE_KEEP; i++) {
        large_block *b = &large_blocks[i];
        if (b->block && b->size >= size && b->size <= size + size / 8 &&
            (best < 0 || b->size < large_blocks[best].size))
            best = i;
    }
    if (best < 0) return NULL;
    void *p = large_blocks[best].block;
    large_total -= large_blocks[best].size;
    large_blocks[best].block = NULL;
    return p;
}

/* Keep the block if there is room for it; the oldest entry is not favoured, the budget is. */
static int large_keep(void *p, size_t size)
{
    if (large_total + size > LARGE_TOTAL) return 0;
    for (int i = 0; i < LARGE_KEEP; i++) {
        if (!large_blocks[i].block) {
            large_blocks[i] = (large_block){p, size};
            large_total += size;
            return 1;
        }
    }
    return 0;
}

static void advise(void *p, size_t size)
{
#ifdef MADV_HUGEPAGE
    if (madvise_hugepage && size >= ((size_t)1 << 22)) {
        uintptr_t start = ((uintptr_t)p + 4095) & ~(uintptr_t)4095;
        madvise((void *)start, size - (start - (uintptr_t)p), MADV_HUGEPAGE);
    }
#endif
}

static void *default_malloc(void *ctx, size_t size)
{
    if (trapped()) return NULL;
    if (USE_CACHE) {
        if (size <= SMALL_LIMIT) {
            small_bin *bin = &small_bins[round_up(size, SMALL_STEP) / SMALL_STEP];
            if (bin->n > 0) return bin->block[--bin->n];
        } else {
            void *p = size < LARGE_LIMIT ? middle_take(size) : large_take(size);
            if (p) return p;
        }
    }
    void *p = fresh(size);
    if (p && size >= LARGE_LIMIT) advise(p, size);
    return p;
}

static void *default_calloc(void *ctx, size_t n, size_t elsize)
{
    size_t size;
    if (__builtin_mul_overflow(n, elsize, &size)) return NULL;
    if (size < LARGE_LIMIT) {
        void *p = default_malloc(ctx, size);
        if (p) memset(p, 0, size);
        return p;
    }
    if (trapped()) return NULL;
    void *p = calloc(1, size); /* fresh pages come zeroed */
    if (p) advise(p, size);
    return p;
}

static void *default_realloc(void *ctx, void *ptr, size_t size)
{
    if (trapped()) return NULL;
    return realloc(ptr, size <= SMALL_LIMIT ? round_up(size + !size, SMALL_STEP) : size);
}

static void default_free(void *ctx, void *ptr, size_t size)
{
    if (USE_CACHE && ptr && size) { /* 0: not known */
        if (size <= SMALL_LIMIT) {
            size_t room = round_up(size, SMALL_STEP);
            small_bin *bin = &small_bins[room / SMALL_STEP];
            if (bin->n < SMALL_KEEP && malloc_usable_size(ptr) >= room) {
                bin->block[bin->n++] = ptr;
                return;
            }
        } else if (size < LARGE_LIMIT ? middle_keep(ptr, size) : large_keep(ptr, size)) {
            return;
        }
    }
    free(ptr);
}

static PyDataMem_Handler default_handler = {
    "default_allocator", 1, {NULL, default_malloc, default_calloc, default_realloc, default_free}};

PyObject *PyDataMem_DefaultHandler;
static PyObject *handler_var; /* ContextVar; its value is the handler's capsule */
static int handler_was_set;   /* until a handler is set, nobody needs to ask the context */

/* ---- handlers -----------------------------------------------------------------------------------
 */

PyObject *PyDataMem_GetHandler(void)
{
    PyObject *handler = NULL;
    if (!handler_was_set) return Py_NewRef(PyDataMem_DefaultHandler);
    if (PyContextVar_Get(handler_var, NULL, &handler) < 0) return NULL;
    return handler;
}

PyObject *PyDataMem_SetHandler(PyObject *handler)
{
    if (handler && !PyCapsule_IsValid(handler, "mem_handler")) {
        PyErr_SetString(PyExc_ValueError, "Capsule must be named 'mem_handler'");
        return NULL;
    }
    PyObject *old = PyDataMem_GetHandler();
    if (!old) return NULL;
    PyObject *token = PyContextVar_Set(handler_var, handler ? handler : PyDataMem_DefaultHandler);
    if (!token) {
        Py_DECREF(old);
        return NULL;
    }
    Py_DECREF(token);
    handler_was_set = 1;
    return old;
}

static PyDataMem_Handler *handler_of(PyObject *capsule)
{
    if (capsule == PyDataMem_DefaultHandler) return &default_handler;
    return (PyDataMem_Handler *)PyCapsule_GetPointer(capsule, "mem_handler");
}

void *ext_data_new(size_t size, PyObject *capsule)
{
    PyDataMem_Handler *h = handler_of(capsule);
    if (!h) return NULL;
    void *p = h->allocator.malloc(h->allocator.ctx, size);
    if (p) PyTraceMalloc_Track(TRACE_DOMAIN, (uintptr_t)p, size);
    return p;
}

void *ext_data_new_zeroed(size_t n, size_t elsize, PyObject *capsule)
{
    PyDataMem_Handler *h = handler_of(capsule);
    if (!h) return NULL;
    void *p = h->allocator.calloc(h->allocator.ctx, n, elsize);
    if (p) PyTraceMalloc_Track(TRACE_DOMAIN, (uintptr_t)p, n * elsize);
    return p;
}

void *ext_data_renew(void *ptr, size_t size, PyObject *capsule)
{
    PyDataMem_Handler *h = handler_of(capsule);
    if (!h) return NULL;
    void *p = h->allocator.realloc(h->allocator.ctx, ptr, size);
    if (p) {
        if (p != ptr) PyTraceMalloc_Untrack(TRACE_DOMAIN, (uintptr_t)ptr);
        PyTraceMalloc_Track(TRACE_DOMAIN, (uintptr_t)p, size);
    }
    return p;
}

void ext_data_free(void *ptr, size_t size, PyObject *capsule)
{
    PyDataMem_Handler *h = handler_of(capsule);
    if (!h) {
        PyErr_WriteUnraisable(NULL);
        return;
    }
    PyTraceMalloc_Untrack(TRACE_DOMAIN, (uintptr_t)ptr);
    h->allocator.free(h->allocator.ctx, ptr, size);
}

/* ---- the raw API (no handler): callers may not hold the lock
 * -------------------------------------- */

void *PyDataMem_NEW(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (p) PyTraceMalloc_Track(TRACE_DOMAIN, (uintptr_t)p, size);
    return p;
}

void *PyDataMem_NEW_ZEROED(size_t n, size_t elsize)
{
    void *p = calloc(n ? n : 1, elsize ? elsize : 1);
    if (p) PyTraceMalloc_Track(TRACE_DOMAIN, (uintptr_t)p, n * elsize);
    return p;
}

void *PyDataMem_RENEW(void *ptr, size_t size)
{
    uintptr_t before = (uintptr_t)ptr;
    void *p = realloc(ptr, size ? size : 1);
    if (p) {
        if ((uintptr_t)p != before) PyTraceMalloc_Untrack(TRACE_DOMAIN, before);
        PyTraceMalloc_Track(TRACE_DOMAIN, (uintptr_t)p, size);
    }
    return p;
}

void PyDataMem_FREE(void *ptr)
{
    PyTraceMalloc_Untrack(TRACE_DOMAIN, (uintptr_t)ptr);
    free(ptr);
}

/* ---- Python functions
 * ------------------------------------------------------------------------------ */

/* The handler of an array's data (found through views), or the current one; *none set if the data
 * is foreign. */
static PyDataMem_Handler *handler_for(PyObject *args, int *none)
{
    PyObject *obj = NULL;
    if (!PyArg_ParseTuple(args, "|O", &obj)) return NULL;
    *none = 0;
    if (!obj) {
        PyObject *capsule = PyDataMem_GetHandler();
        PyDataMem_Handler *h = capsule ? handler_of(capsule) : NULL;
        Py_XDECREF(capsule);
        return h;
    }
    if (!PyArray_Check(obj)) {
        PyErr_SetString(PyExc_ValueError, "if supplied, argument must be an ndarray");
        return NULL;
    }
    PyObject *capsule = ((PyArrayObject_fields *)obj)->mem_handler;
    if (!capsule) {
        *none = 1;
        return NULL;
    }
    return handler_of(capsule);
}

static PyObject *get_handler_name(PyObject *self, PyObject *args)
{
    int none = 0;
    PyDataMem_Handler *h = handler_for(args, &none);
    if (!h) return none ? Py_NewRef(Py_None) : NULL;
    return PyUnicode_FromString(h->name);
}

static PyObject *get_handler_version(PyObject *self, PyObject *args)
{
    int none = 0;
    PyDataMem_Handler *h = handler_for(args, &none);
    if (!h) return none ? Py_NewRef(Py_None) : NULL;
    return PyLong_FromLong(h->version);
}

static PyObject *set_madvise_hugepage(PyObject *self, PyObject *arg)
{
    int on = PyObject_IsTrue(arg);
    if (on < 0) return NULL;
    int old = madvise_hugepage;
    madvise_hugepage = on;
    return PyBool_FromLong(old);
}

static PyObject *get_madvise_hugepage(PyObject *self, PyObject *unused)
{
    return PyBool_FromLong(madvise_hugepage);
}

static int warn_without_policy;

int ext_warns_without_policy(void)
{
    return warn_without_policy;
}

static PyObject *set_warn_if_no_policy(PyObject *self, PyObject *arg)
{
    int on = PyObject_IsTrue(arg);
    if (on < 0) return NULL;
    int old = warn_without_policy;
    warn_without_policy = on;
    return PyBool_FromLong(old);
}

static PyObject *fail_allocation_after(PyObject *self, PyObject *arg)
{
    long n = PyLong_AsLong(arg);
    if (n == -1 && PyErr_Occurred()) return NULL;
    bool happened = fnp_alloc_failed();
    fnp_alloc_fail_after(n);
    trap_armed = n >= 0;
    return PyBool_FromLong(happened);
}

static PyMethodDef functions[] = {
    {"get_handler_name", get_handler_name, METH_VARARGS,
     "get_handler_name(a=None)\n\nName of the memory handler of `a`'s data, or of the current one; "
     "None if `a` does not own data."},
    {"get_handler_version", get_handler_version, METH_VARARGS,
     "get_handler_version(a=None)\n\nVersion of the memory handler of `a`'s data, or of the "
     "current one."},
    {"_fail_allocation_after", fail_allocation_after, METH_O,
     "For tests: of this thread's next requests for array data and the library's memory, `n` "
     "succeed and "
     "the one after them fails; n < 0 turns that off. Tells whether the last one armed has "
     "failed."},
    {"_set_madvise_hugepage", set_madvise_hugepage, METH_O,
     "Ask for huge pages for large arrays, or not; returns the former setting."},
    {"_get_madvise_hugepage", get_madvise_hugepage, METH_NOARGS,
     "Whether huge pages are asked for."},
    {"_set_numpy_warn_if_no_mem_policy", set_warn_if_no_policy, METH_O,
     "Warn when owned data is freed without a known handler; returns the former setting."},
    {NULL}};

int ext_init_base(PyObject *m)
{
    PyDataMem_DefaultHandler = PyCapsule_New(&default_handler, "mem_handler", NULL);
    if (!PyDataMem_DefaultHandler) return -1;
    handler_var = PyContextVar_New("current_allocator", PyDataMem_DefaultHandler);
    if (!handler_var) return -1;
    if (PyModule_AddIntConstant(m, "tracemalloc_domain", TRACE_DOMAIN) < 0) return -1;
    return ext_add_functions(m, functions);
}
