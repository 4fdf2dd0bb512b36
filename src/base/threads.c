/* The thread pool.
 *
 * A job is cut into chunks whose bounds depend on (n, grain, threads) alone; caller and workers
 * take chunks by advancing one 64-bit ticket (job number in the upper half, next chunk in the
 * lower). While the job's record is rewritten the ticket bears a number of its own and no chunk, so
 * a worker that comes late can neither take nor misread anything. Handing over to a worker that
 * still spins costs a cache miss; after SPIN_NS it sleeps. One job runs at a time: whoever finds
 * the pool taken works alone, which is what a program with threads of its own wants. */
#include "fnp/base.h"
#include "cpulimit.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum { SPIN_NS = 20000, CHUNKS_PER_THREAD = 4 };
enum { WORTH_NS = 60000, GRAIN_NS = 10000 }; /* a job worth sharing, the least share of it */
enum { FLAG_NOMEM = 1 << 16 };               /* beside the floating-point flags of workers */

static struct {
    pthread_mutex_t taken;      /* held by the thread whose job runs */
    pthread_mutex_t lock;       /* guards the two conditions */
    pthread_cond_t work, ready; /* a new job; the job is done */
    _Atomic uint64_t ticket;
    _Atomic int sleepers;
    _Atomic bool waiting; /* the caller sleeps on `ready` */
    _Atomic fnp_range_fn fn;
    void *_Atomic ctx;
    _Atomic fnp_intp n, step;
    _Atomic uint32_t nchunks, undone;
    _Atomic int helpers; /* workers that may join this job: those of lower rank */
    _Atomic uint32_t fp_control, fp_flags;
    int workers; /* started; changed under `taken` */
} pool = {.taken = PTHREAD_MUTEX_INITIALIZER,
          .lock = PTHREAD_MUTEX_INITIALIZER,
          .work = PTHREAD_COND_INITIALIZER,
          .ready = PTHREAD_COND_INITIALIZER};

static _Atomic int limit;
static _Thread_local bool inside; /* this thread runs a chunk */
static pthread_once_t fork_once = PTHREAD_ONCE_INIT;

static inline void cpu_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Rounding and flush modes of the caller hold in the workers too. */
static uint32_t fp_control_get(void)
{
    uint32_t v = 0;
#if defined(__x86_64__)
    __asm__ volatile("stmxcsr %0" : "=m"(v)::"memory");
#endif
    return v & ~0x3fu;
}

static void fp_control_set(uint32_t v)
{
#if defined(__x86_64__)
    __asm__ volatile("ldmxcsr %0" ::"m"(v) : "memory");
#endif
}

static void run_chunk(uint32_t i, fnp_range_fn fn, void *ctx)
{
    fnp_intp step = pool.step, begin = (fnp_intp)i * step, end = begin + step;
    bool last = i + 1 == pool.nchunks;
    fn(ctx, begin, last ? pool.n : end);
}

/* Take chunks of job `number` until none is left. */
static void work_on(uint32_t number, bool worker)
{
    uint64_t t = atomic_load(&pool.ticket);
    for (;;) {
        fnp_range_fn fn = pool.fn;
        void *ctx = pool.ctx;
        uint32_t nchunks = pool.nchunks;
        if ((uint32_t)(t >> 32) != number || (uint32_t)t >= nchunks) return;
        if (!atomic_compare_exchange_weak(&pool.ticket, &t, t + 1)) continue;
        /* the chunk is ours, so what was read above belongs to this job and stays */
        if (worker) {
            fnp_fp_clear();
            fp_control_set(pool.fp_control);
        }
        run_chunk((uint32_t)t, fn, ctx);
        if (worker) {
            uint32_t flags = (uint32_t)fnp_fp_take();
            if (fnp_kernel_nomem_take()) flags |= FLAG_NOMEM;
            atomic_fetch_or(&pool.fp_flags, flags);
        }
        if (atomic_fetch_sub(&pool.undone, 1) == 1 && atomic_load(&pool.waiting)) {
            pthread_mutex_lock(&pool.lock);
            pthread_cond_signal(&pool.ready);
            pthread_mutex_unlock(&pool.lock);
        }
        t = atomic_load(&pool.ticket);
    }
}

static uint32_t wait_for_job(uint32_t last)
{
    int64_t start = now_ns();
    uint32_t number;
    for (int k = 1;; k++) {
        number = (uint32_t)(atomic_load_explicit(&pool.ticket, memory_order_acquire) >> 32);
        if (number != last) return number;
        cpu_pause();
        if ((k & 63) == 0 && now_ns() - start > SPIN_NS) break;
    }
    pthread_mutex_lock(&pool.lock);
    atomic_fetch_add(&pool.sleepers, 1);
    while ((number = (uint32_t)(atomic_load(&pool.ticket) >> 32)) == last)
        pthread_cond_wait(&pool.work, &pool.lock);
    atomic_fetch_sub(&pool.sleepers, 1);
    pthread_mutex_unlock(&pool.lock);
    return number;
}

static void *worker_main(void *arg)
{
    int rank = (int)(intptr_t)arg;
    uint32_t number = 0;
    inside = true;
    for (;;) {
        number = wait_for_job(number);
        if (rank < atomic_load(&pool.helpers)) work_on(number, true);
    }
    return NULL;
}

/* The child of a fork has none of the threads: start again from nothing. */
static void after_fork_in_child(void)
{
    pthread_mutex_init(&pool.taken, NULL);
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.work, NULL);
    pthread_cond_init(&pool.ready, NULL);
    pool.workers = 0;
    pool.sleepers = 0;
    pool.waiting = false;
    pool.undone = 0;
    inside = false;
}

static void register_fork(void)
{
    pthread_atfork(NULL, NULL, after_fork_in_child);
}

/* Bring the pool to `want` workers, or as many as the system grants. Signals stay with the
 * program's own threads. */
static void start_workers(int want)
{
    sigset_t all, old;
    pthread_attr_t attr;
    if (pool.workers >= want) return;
    pthread_once(&fork_once, register_fork);
    if (pthread_attr_init(&attr) != 0) return;
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    while (pool.workers < want) {
        pthread_t t;
        if (pthread_create(&t, &attr, worker_main, (void *)(intptr_t)pool.workers) != 0) break;
        pool.workers++;
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
}

static int current_limit(void)
{
    int n = atomic_load_explicit(&limit, memory_order_relaxed);
    if (FNP_UNLIKELY(n == 0)) {
        n = fnp__thread_default();
        atomic_store_explicit(&limit, n, memory_order_relaxed);
    }
    return n;
}

int fnp_threads(void)
{
    return inside ? 1 : current_limit();
}

int fnp_threads_set(int n)
{
    int old = current_limit();
    if (n <= 0) n = fnp__thread_default();
    if (n > FNP_THREADS_MAX) n = FNP_THREADS_MAX;
    atomic_store_explicit(&limit, n, memory_order_relaxed);
    return old;
}

static void wait_until_done(void)
{
    int64_t start = now_ns();
    for (int k = 1; atomic_load_explicit(&pool.undone, memory_order_acquire) != 0; k++) {
        cpu_pause();
        if ((k & 63) == 0 && now_ns() - start > SPIN_NS) {
            pthread_mutex_lock(&pool.lock);
            atomic_store(&pool.waiting, true);
            while (atomic_load(&pool.undone) != 0) pthread_cond_wait(&pool.ready, &pool.lock);
            atomic_store(&pool.waiting, false);
            pthread_mutex_unlock(&pool.lock);
            return;
        }
    }
}

static void run_job(fnp_intp n, fnp_intp step, uint32_t nchunks, int helpers, fnp_range_fn fn,
                    void *ctx)
{
    uint32_t number = (uint32_t)(atomic_load(&pool.ticket) >> 32);
    atomic_store(&pool.ticket, (uint64_t)(number + 1) << 32 | UINT32_MAX); /* closed */
    pool.helpers = helpers;
    pool.fn = fn;
    pool.ctx = ctx;
    pool.n = n;
    pool.step = step;
    pool.nchunks = nchunks;
    pool.undone = nchunks;
    pool.fp_control = fp_control_get();
    pool.fp_flags = 0;
    number += 2;
    atomic_store(&pool.ticket, (uint64_t)number << 32);
    if (atomic_load(&pool.sleepers) > 0) {
        pthread_mutex_lock(&pool.lock);
        pthread_cond_broadcast(&pool.work);
        pthread_mutex_unlock(&pool.lock);
    }
    inside = true;
    work_on(number, false);
    inside = false;
    wait_until_done();
    fnp_fp_raise((int)pool.fp_flags & FNP_FP_ALL);
    if (pool.fp_flags & FLAG_NOMEM) fnp_kernel_nomem();
}

void fnp_parallel_for(fnp_intp n, fnp_intp grain, fnp_range_fn fn, void *ctx)
{
    int threads = fnp_threads();
    if (n <= 0) return;
    if (grain < 1) grain = 1;
    if (n / grain < threads) threads = (int)(n / grain);
    if (threads < 2 || pthread_mutex_trylock(&pool.taken) != 0) {
        fn(ctx, 0, n);
        return;
    }
    start_workers(threads - 1);
    fnp_intp grains = n / grain, want = (fnp_intp)threads * CHUNKS_PER_THREAD;
    fnp_intp per = grains / (grains < want ? grains : want);
    run_job(n, per * grain, (uint32_t)(grains / per), threads - 1, fn, ctx);
    pthread_mutex_unlock(&pool.taken);
}

/* The units after the first piece. */
typedef struct rest {
    fnp_range_fn fn;
    void *ctx;
    fnp_intp from;
} rest;

static void run_rest(void *ctx, fnp_intp begin, fnp_intp end)
{
    const rest *r = ctx;
    r->fn(r->ctx, r->from + begin, r->from + end);
}

fnp_sharing fnp_parallel_measured(fnp_intp n, fnp_intp first, fnp_range_fn fn, void *ctx)
{
    fnp_sharing s = {fnp_threads(), -1};
    if (s.threads < 2 || first >= n) {
        s.threads = 1;
        if (n > 0) fn(ctx, 0, n);
        return s;
    }
    int64_t start = now_ns();
    fn(ctx, 0, first);
    double unit = (double)(now_ns() - start + 1) / (double)first;
    rest r = {fn, ctx, first};
    n -= first;
    s.rest_ns = (int64_t)(unit * (double)n);
    if (s.rest_ns < WORTH_NS) {
        s.threads = 1;
        fn(ctx, first, first + n);
        return s;
    }
    fnp_intp grain = (fnp_intp)(GRAIN_NS / unit) + 1;
    if (n / grain < s.threads) s.threads = (int)(n / grain);
    fnp_parallel_for(n, grain, run_rest, &r);
    return s;
}
