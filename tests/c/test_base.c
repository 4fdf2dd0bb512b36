/* The ground floor: allocator and its trap, checked sizes, CPU level, flags, threads, fork. */
#include "check.h"
#include "fnp/base.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Three requests that must all be released, whichever fails. */
static fnp_status three_requests(fnp_error *err)
{
    char *a = fnp_malloc(10), *b = fnp_calloc(3, 4), *c = NULL;
    if (a && b) c = fnp_realloc(a, 1000);
    if (c) a = c;
    fnp_free(a);
    fnp_free(b);
    return c ? FNP_OK : fnp_fail_nomem(err);
}

static long live;
static void *count_malloc(void *ctx, size_t n)
{
    live++;
    return malloc(n);
}
static void *count_calloc(void *ctx, size_t n, size_t m)
{
    live++;
    return calloc(n, m);
}
static void *count_realloc(void *ctx, void *p, size_t n)
{
    live += p == NULL;
    return realloc(p, n);
}
static void count_free(void *ctx, void *p)
{
    live--;
    free(p);
}

static void test_alloc(void)
{
    fnp_allocator counting = {NULL, count_malloc, count_calloc, count_realloc, count_free}, back;
    fnp_allocator_set(&counting);
    fnp_allocator_get(&back);
    CHECK(back.malloc == count_malloc);
    long n = 0;
    for (;; n++) {
        fnp_error err;
        fnp_alloc_fail_after(n);
        fnp_status st = three_requests(&err);
        CHECK(live == 0);
        if (!fnp_alloc_failed()) {
            CHECK(st == FNP_OK);
            break;
        }
        CHECK(st == FNP_ENOMEM);
    }
    CHECK(n == 3);
    fnp_alloc_fail_after(-1);
    fnp_allocator_set(NULL);
    void *p = fnp_malloc(0);
    CHECK(p != NULL);
    fnp_free(p);
    CHECK(fnp_malloc_array(-1, 8) == NULL);
    CHECK(fnp_malloc_array(PTRDIFF_MAX, 8) == NULL);
    CHECK(strcmp(fnp_status_exception(FNP_ENOMEM), "MemoryError") == 0);
}

static void test_sizes(void)
{
    static const fnp_intp v[] = {0,
                                 1,
                                 -1,
                                 2,
                                 3,
                                 -7,
                                 1 << 20,
                                 (fnp_intp)1 << 31,
                                 (fnp_intp)1 << 32,
                                 PTRDIFF_MAX,
                                 PTRDIFF_MIN,
                                 PTRDIFF_MAX - 1,
                                 PTRDIFF_MAX / 2};
    int n = sizeof v / sizeof *v;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            fnp_intp r;
            __int128 a = v[i], b = v[j];
            bool o = fnp_size_mul(v[i], v[j], &r);
            CHECK(o == (a * b != (fnp_intp)(a * b)) && (o || r == (fnp_intp)(a * b)));
            o = fnp_size_add(v[i], v[j], &r);
            CHECK(o == (a + b != (fnp_intp)(a + b)) && (o || r == (fnp_intp)(a + b)));
            o = fnp_size_sub(v[i], v[j], &r);
            CHECK(o == (a - b != (fnp_intp)(a - b)) && (o || r == (fnp_intp)(a - b)));
            o = fnp_size_muladd(5, v[i], v[j], &r);
            if (!o) CHECK(r == (fnp_intp)(5 + a * b));
        }
    fnp_intp r;
    CHECK(!fnp_size_round_up(17, 16, &r) && r == 32);
    CHECK(!fnp_size_round_up(0, 16, &r) && r == 0);
    CHECK(fnp_size_round_up(PTRDIFF_MAX, 16, &r));
}

static void test_cpu(void)
{
    int level = fnp_cpu_level();
    CHECK(level >= 2 && level <= 4 && level <= fnp_cpu_level_hardware());
    CHECK(fnp_cpu_level() == level);
}

static volatile double zero = 0, one = 1, big = 1e308, tiny = 1e-308;
static volatile long double lzero = 0, lone = 1;

static void test_fp(void)
{
    volatile double sink;
    volatile long double lsink;
    fnp_fp_clear();
    CHECK(fnp_fp_get() == 0);
    sink = one / zero;
    CHECK(fnp_fp_get() == FNP_FP_DIVIDE && fnp_fp_take() == FNP_FP_DIVIDE && fnp_fp_get() == 0);
    sink = zero / zero;
    CHECK(fnp_fp_take() == FNP_FP_INVALID);
    sink = big * big;
    CHECK(fnp_fp_take() == FNP_FP_OVER);
    sink = tiny * tiny;
    CHECK(fnp_fp_take() == FNP_FP_UNDER);
    lsink = lone / lzero;
    CHECK(fnp_fp_get() == FNP_FP_DIVIDE);
    fnp_fp_clear();
    CHECK(fnp_fp_get() == 0);
    lsink = lzero / lzero;
    CHECK(fnp_fp_take() == FNP_FP_INVALID && fnp_fp_get() == 0);
    for (int f = 0; f <= FNP_FP_ALL; f++) {
        fnp_fp_raise(f);
        CHECK(fnp_fp_take() == f);
    }
    (void)sink, (void)lsink;
}

typedef struct marks {
    _Atomic unsigned char *seen;
    fnp_intp grain, n;
    _Atomic int bad;
    bool nest;
} marks;

static void mark(void *ctx, fnp_intp begin, fnp_intp end)
{
    marks *m = ctx;
    if (begin % m->grain || (end != m->n && end % m->grain) || begin >= end) m->bad++;
    for (fnp_intp i = begin; i < end; i++) m->seen[i]++;
    if (m->nest) {
        if (fnp_threads() != 1 && end != m->n) m->bad++;
        _Atomic unsigned char inner[8] = {0};
        marks k = {inner, 1, 8};
        fnp_parallel_for(8, 1, mark, &k);
        for (int i = 0; i < 8; i++)
            if (inner[i] != 1) m->bad++;
    }
}

static bool cover(fnp_intp n, fnp_intp grain, bool nest)
{
    marks m = {calloc((size_t)n + 1, 1), grain, n, 0, nest};
    bool ok = true;
    fnp_parallel_for(n, grain, mark, &m);
    for (fnp_intp i = 0; i < n; i++) ok &= m.seen[i] == 1;
    ok &= m.bad == 0;
    free((void *)m.seen);
    return ok;
}

static void divide(void *ctx, fnp_intp begin, fnp_intp end)
{
    volatile double sink;
    if (end == 64) sink = one / zero;
    (void)sink;
}

static void *covers(void *arg)
{
    bool ok = true;
    for (int i = 0; i < 300; i++) ok &= cover(100 + i, 1 + i % 7, false);
    return ok ? arg : NULL;
}

static void test_threads(void)
{
    CHECK(fnp_threads() >= 1);
    for (int t = 1; t <= 5; t++) {
        fnp_threads_set(t);
        CHECK(fnp_threads() == t);
        for (fnp_intp n = 0; n < 70; n++)
            for (fnp_intp g = 1; g < 9; g += 3) CHECK(cover(n, g, false));
        CHECK(cover(1000, 64, true));
        fnp_fp_clear();
        fnp_parallel_for(64, 1, divide, NULL);
        CHECK(fnp_fp_take() == FNP_FP_DIVIDE);
    }
    for (int i = 0; i < 3000; i++) CHECK(cover(i % 200, 1, false));
    for (int i = 0; i < 20; i++) { /* let the workers fall asleep */
        usleep(200);
        CHECK(cover(100, 1, false));
    }
    pthread_t t[3];
    int id[3];
    for (int i = 0; i < 3; i++) pthread_create(&t[i], NULL, covers, &id[i]);
    for (int i = 0; i < 3; i++) {
        void *r;
        pthread_join(t[i], &r);
        CHECK(r == &id[i]);
    }
    for (int i = 0; i < 5; i++) {
        pid_t pid = fork();
        if (pid == 0) _exit(cover(1000, 3, false) && cover(1000, 3, true) ? 0 : 1);
        int status = 1;
        waitpid(pid, &status, 0);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        CHECK(cover(1000, 3, false));
    }
    setenv("FNP_NUM_THREADS", "3", 1);
    fnp_threads_set(0);
    CHECK(fnp_threads() == 3);
    setenv("FNP_NUM_THREADS", "junk", 1);
    setenv("OMP_NUM_THREADS", "1,2", 1);
    CHECK(fnp_threads_set(0) == 3);
    CHECK(fnp_threads() == 1);
}

int main(void)
{
    test_alloc();
    test_sizes();
    test_cpu();
    test_fp();
    test_threads();
    return check_done();
}
