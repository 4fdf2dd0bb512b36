/* Ground floor: memory, checked sizes, CPU level, threads, floating-point status.
 * Nothing here knows what an array is. */
#ifndef FNP_BASE_H
#define FNP_BASE_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- memory -----------------------------------------------------------------------------
 * All memory of libfnp that is not array data comes from here. A failure is a NULL; the caller
 * turns it into FNP_ENOMEM (fnp_fail_nomem). Thread-safe. */
typedef struct fnp_allocator {
    void *ctx;
    void *(*malloc)(void *ctx, size_t size);
    void *(*calloc)(void *ctx, size_t count, size_t size);
    void *(*realloc)(void *ctx, void *ptr, size_t size);
    void (*free)(void *ctx, void *ptr);
} fnp_allocator;

/* Size 0 yields a unique non-NULL pointer. fnp_free(NULL) does nothing. */
void *fnp_malloc(size_t size);
void *fnp_calloc(size_t count, size_t size);
void *fnp_realloc(void *ptr, size_t size);
void fnp_free(void *ptr);
/* Array of `count` elements; NULL also if count is negative or the product overflows. */
void *fnp_malloc_array(fnp_intp count, size_t elsize);

/* Replace the allocator (NULL: the C library's). Only while nothing of the old one is alive. */
void fnp_allocator_set(const fnp_allocator *a);
void fnp_allocator_get(fnp_allocator *a);

/* Failure injection, for tests, in the calling thread only: the next `n` allocations succeed,
 * the one after them fails, later ones succeed again; n < 0 turns it off. */
void fnp_alloc_fail_after(long n);
/* True if the armed failure has happened since the last call of fnp_alloc_fail_after. */
bool fnp_alloc_failed(void);
/* Counts one request of an allocator that is not this one; true if it must fail. */
bool fnp_alloc_trap(void);

fnp_status fnp_fail_nomem(fnp_error *err);

/* For kernels, which return nothing: notes for this thread (and the one that waits for it) that
 * memory ran out, and raises FNP_FP_INVALID, so that only who finds that flag need ask. */
void fnp_kernel_nomem(void);
/* Whether a kernel has noted that since the last call. */
bool fnp_kernel_nomem_take(void);

/* ---- checked size arithmetic ------------------------------------------------------------
 * True if the exact result does not fit (then *r is unspecified): `if (fnp_size_mul(a, b, &r)) …`
 * Any sign is allowed. */
static inline bool fnp_size_mul(fnp_intp a, fnp_intp b, fnp_intp *r)
{
    return __builtin_mul_overflow(a, b, r);
}
static inline bool fnp_size_add(fnp_intp a, fnp_intp b, fnp_intp *r)
{
    return __builtin_add_overflow(a, b, r);
}
static inline bool fnp_size_sub(fnp_intp a, fnp_intp b, fnp_intp *r)
{
    return __builtin_sub_overflow(a, b, r);
}
/* r = a + b * c, every step checked. */
static inline bool fnp_size_muladd(fnp_intp a, fnp_intp b, fnp_intp c, fnp_intp *r)
{
    fnp_intp p;
    return __builtin_mul_overflow(b, c, &p) || __builtin_add_overflow(a, p, r);
}
/* r = the least multiple of `align` (a power of two) that is >= a, for a >= 0. */
static inline bool fnp_size_round_up(fnp_intp a, fnp_intp align, fnp_intp *r)
{
    if (__builtin_add_overflow(a, align - 1, r)) return true;
    *r &= ~(align - 1);
    return false;
}

/* ---- CPU level --------------------------------------------------------------------------
 * 2, 3 or 4: x86-64-v2, -v3 (AVX2, FMA, BMI), -v4 (AVX-512 F BW CD DQ VL). FNP_CPU=v2|v3|v4 in the
 * environment caps it. Found once; on other machines 2, the portable level. Thread-safe. */
int fnp_cpu_level(void);
/* Whether a CPU of `level` could run here, cap not applied. */
int fnp_cpu_level_hardware(void);

/* ---- threads ----------------------------------------------------------------------------
 * One pool, started on the first parallel call, never more threads than the affinity mask, the
 * cgroup quota, FNP_NUM_THREADS or else OMP_NUM_THREADS allow, and FNP_THREADS_MAX. A forked child
 * starts with an empty pool and makes its own. Inside a worker everything runs serially. */
enum { FNP_THREADS_MAX = 256 };

/* How many threads a parallel call may use now (>= 1; 1 inside a worker). */
int fnp_threads(void);
/* Set the limit (n <= 0: back to what the environment says). Returns the former limit. */
int fnp_threads_set(int n);

/* A share of [0, n): do begin <= i < end. */
typedef void (*fnp_range_fn)(void *ctx, fnp_intp begin, fnp_intp end);

/* Call fn on disjoint ranges that cover [0, n), each boundary a multiple of `grain` (>= 1), on as
 * many threads as pay (at most n / grain); returns when all are done. The partition for a given
 * thread count is fixed, but results may not depend on it. Floating-point flags that workers raise
 * are raised in the calling thread too. With one thread it is a plain call fn(ctx, 0, n). If the
 * pool is busy with another caller's work the call runs serially. */
void fnp_parallel_for(fnp_intp n, fnp_intp grain, fnp_range_fn fn, void *ctx);

/* How fnp_parallel_measured shared the work: on how many threads at most, and how long the rest
 * would have taken one of them (-1: it was not measured). */
typedef struct fnp_sharing {
    int threads;
    int64_t rest_ns;
} fnp_sharing;

/* fnp_parallel_for where the cost of a unit is not known: the calling thread does [0, first) under
 * a clock, and the rest is shared if it would keep one thread for longer than handing over costs.
 */
fnp_sharing fnp_parallel_measured(fnp_intp n, fnp_intp first, fnp_range_fn fn, void *ctx);

/* ---- floating-point status --------------------------------------------------------------
 * The sticky flags of SSE and x87 together, as NPY_FPE_*; reading costs a few cycles, clearing
 * writes only what is set. */
enum { FNP_FP_DIVIDE = 1, FNP_FP_OVER = 2, FNP_FP_UNDER = 4, FNP_FP_INVALID = 8, FNP_FP_ALL = 15 };

int fnp_fp_get(void);
void fnp_fp_clear(void);
/* Get and clear in one. */
int fnp_fp_take(void);
/* Raise flags without trapping. */
void fnp_fp_raise(int flags);

#ifdef __cplusplus
}
#endif
#endif
