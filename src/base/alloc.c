/* Memory: one replaceable table of four functions, and a per-thread trap that makes the n-th
 * request fail, so that tests can walk through every error path. */
#include "fnp/base.h"

#include <stdlib.h>
#include <string.h>

static void *libc_malloc(void *ctx, size_t size)
{
    return malloc(size);
}

static void *libc_calloc(void *ctx, size_t count, size_t size)
{
    /* glibc's calloc goes past the thread's cache of small blocks */
    if (count <= 1024 && size <= 1024 / count) {
        void *p = malloc(count * size);
        return p ? memset(p, 0, count * size) : NULL;
    }
    return calloc(count, size);
}

static void *libc_realloc(void *ctx, void *ptr, size_t size)
{
    return realloc(ptr, size);
}

static void libc_free(void *ctx, void *ptr)
{
    free(ptr);
}

static const fnp_allocator libc_allocator = {NULL, libc_malloc, libc_calloc, libc_realloc,
                                             libc_free};
static fnp_allocator current = {NULL, libc_malloc, libc_calloc, libc_realloc, libc_free};

static _Thread_local long fail_countdown = -1;
static _Thread_local bool fail_happened;

static inline bool trapped(void)
{
    if (FNP_LIKELY(fail_countdown < 0)) return false;
    if (fail_countdown-- > 0) return false;
    fail_happened = true;
    return true;
}

void *fnp_malloc(size_t size)
{
    return trapped() ? NULL : current.malloc(current.ctx, size ? size : 1);
}

void *fnp_calloc(size_t count, size_t size)
{
    if (trapped()) return NULL;
    if (count == 0 || size == 0) count = size = 1;
    return current.calloc(current.ctx, count, size);
}

void *fnp_realloc(void *ptr, size_t size)
{
    return trapped() ? NULL : current.realloc(current.ctx, ptr, size ? size : 1);
}

void fnp_free(void *ptr)
{
    if (ptr) current.free(current.ctx, ptr);
}

void *fnp_malloc_array(fnp_intp count, size_t elsize)
{
    size_t size;
    if (count < 0 || __builtin_mul_overflow((size_t)count, elsize, &size) || size > PTRDIFF_MAX)
        return NULL;
    return fnp_malloc(size);
}

void fnp_allocator_set(const fnp_allocator *a)
{
    current = a ? *a : libc_allocator;
}

void fnp_allocator_get(fnp_allocator *a)
{
    *a = current;
}

void fnp_alloc_fail_after(long n)
{
    fail_countdown = n;
    fail_happened = false;
}

bool fnp_alloc_failed(void)
{
    return fail_happened;
}

bool fnp_alloc_trap(void)
{
    return trapped();
}

static _Thread_local bool kernel_nomem;

void fnp_kernel_nomem(void)
{
    kernel_nomem = true;
    fnp_fp_raise(FNP_FP_INVALID);
}

bool fnp_kernel_nomem_take(void)
{
    bool noted = kernel_nomem;
    kernel_nomem = false;
    return noted;
}

fnp_status fnp_fail_nomem(fnp_error *err)
{
    return fnp_fail(err, FNP_ENOMEM, "out of memory");
}
