/* Sorting kernels over qsort: every length up to a few hundred, several patterns of values;
 * selection; stable order of positions. FNP_CPU chooses the level. With an argument: the speed of a
 * million. */
#include "kernel/sort.h"

#include "fnp/base.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int passed, failed;
static uint64_t rng = 88172645463325252u;

static uint64_t next(void)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return rng * 2685821657736338717u;
}

static void check(bool ok, const char *what, fnp_intp n, int pattern)
{
    if (ok) {
        passed++;
    } else if (++failed < 20) {
        printf("FAIL %s n=%td pattern=%d\n", what, n, pattern);
    }
}

static int by_i64(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* As doubles: zeros of both signs, the least and largest numbers, infinities, NaNs. */
static const int64_t edge[] = {0,
                               -1,
                               1,
                               -2,
                               INT64_MIN,
                               INT64_MIN + 1,
                               INT64_MAX,
                               0x7ff0000000000000,
                               0x7ff0000000000001,
                               -0x7ff0000000000000,
                               -0x7ff0000000000001,
                               -0x7ff0000000000002};

static int64_t value(int pattern, fnp_intp i, fnp_intp n)
{
    switch (pattern) {
    case 0: return (int64_t)next();
    case 1: return (int64_t)(next() % 5) - 2;
    case 2: return i;
    case 3: return n - i;
    case 4: return 7;
    case 5: return i & 1 ? INT64_MAX : INT64_MIN;
    case 6: return (int64_t)(next() >> 40);
    case 7: return edge[next() % (sizeof edge / sizeof *edge)];
    default: return i < n / 2 ? i : n - i;
    }
}

enum { MAX = 3000 };
static int64_t a[MAX + 64], want[MAX + 64], scratch[MAX + 64];
static int32_t b[MAX + 64];

static void one(fnp_intp n, int pattern)
{
    for (fnp_intp i = 0; i < n; i++) a[i] = want[i] = value(pattern, i, n);
    a[n] = 42;
    qsort(want, (size_t)n, 8, by_i64);
    static uint64_t keys[MAX];
    static fnp_intp order[MAX + 64];
    for (fnp_intp i = 0; i < n; i++) keys[i] = (uint64_t)a[i] ^ (uint64_t)1 << 63;
    fnp__argsort_keys(FNP_ULONG, (char *)keys, n, NULL, 0, order, (fnp_intp *)scratch);
    bool ok = true;
    for (fnp_intp i = 1; i < n; i++)
        ok &= keys[order[i - 1]] < keys[order[i]] ||
              (keys[order[i - 1]] == keys[order[i]] && order[i - 1] < order[i]);
    check(ok, "argsort", n, pattern);

    if (n > 0) {
        fnp_intp k = (fnp_intp)(next() % (uint64_t)n);
        fnp__argsort_keys(FNP_ULONG, (char *)keys, n, &k, 1, order, (fnp_intp *)scratch);
        uint64_t seen = 0, sum = 0;
        ok = true;
        for (fnp_intp i = 0; i < n; i++) {
            ok &= i < k ? keys[order[i]] <= keys[order[k]] : keys[order[i]] >= keys[order[k]];
            sum += (uint64_t)order[i];
            seen += (uint64_t)i;
        }
        check(ok && sum == seen, "argpartition", n, pattern);
    }

    for (fnp_intp i = 0; i < n; i++) b[i] = (int32_t)(a[i] >> (pattern == 0 ? 32 : 0));
    b[n] = 42;
    static int64_t saved[MAX];
    memcpy(saved, a, (size_t)n * 8);
    fnp__sort_i64(a, n);
    check(memcmp(a, want, (size_t)n * 8) == 0 && a[n] == 42, "sort64", n, pattern);
    static int64_t wide[MAX];
    for (fnp_intp i = 0; i < n; i++) wide[i] = b[i];
    qsort(wide, (size_t)n, 8, by_i64);
    fnp__sort_i32(b, n);
    ok = b[n] == 42;
    for (fnp_intp i = 0; i < n; i++) ok &= b[i] == wide[i];
    check(ok, "sort32", n, pattern);
    if (n == 0) return;
    fnp_intp kth = (fnp_intp)(next() % (uint64_t)n);
    memcpy(a, saved, (size_t)n * 8);
    fnp__select_i64(a, n, kth);
    ok = a[kth] == want[kth];
    for (fnp_intp i = 0; i < n; i++) ok &= i < kth ? a[i] <= a[kth] : a[i] >= a[kth];
    check(ok, "select64", n, pattern);
}

static void types(void)
{
    double x[8] = {NAN, 1, -INFINITY, -0.0, 0.0, -NAN, 3, INFINITY};
    fnp_intp n = fnp__nans_last(FNP_DOUBLE, (char *)x, 8);
    check(n == 6 && isnan(x[6]) && isnan(x[7]), "nans", 8, 0);
    int64_t lane[8];
    fnp__to_lane(FNP_DOUBLE, (char *)x, n, lane);
    fnp__sort_i64(lane, n);
    fnp__from_lane(FNP_DOUBLE, lane, n, (char *)x);
    for (int i = 1; i < 6; i++) check(x[i - 1] <= x[i], "doubles", i, 0);
    uint64_t k[8];
    fnp__keys_u64(FNP_DOUBLE, (char *)x, 8, k);
    for (int i = 1; i < 8; i++) check(k[i - 1] <= k[i], "keys", i, 0);
    enum { MANY = 1000 };
    static double y[MANY], z[MANY];
    const double some[] = {-INFINITY, -1e308, -1, -5e-324, -0.0, 0.0, 5e-324, 1, 1e308, INFINITY};
    for (int i = 0, at = 0; i < MANY; i++) {
        z[i] = some[i / (MANY / 10)];
        y[at = (at + 389) % MANY] = z[i];
    }
    check(fnp__sort_floats(FNP_DOUBLE, (char *)y, MANY), "no NaN", MANY, 0);
    check(memcmp(y, z, sizeof y) == 0, "doubles, -0.0 before 0.0", MANY, 0);
    y[777] = NAN;
    memcpy(z, y, sizeof y);
    check(!fnp__sort_floats(FNP_DOUBLE, (char *)y, MANY) && memcmp(y, z, sizeof y) == 0, "NaN",
          MANY, 0);
    int64_t t[3] = {INT64_MIN, 5, -5};
    fnp__to_lane(FNP_DATETIME, (char *)t, 3, lane);
    check(lane[0] > lane[1] && lane[1] > lane[2], "NaT", 3, 0);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void speed(void)
{
    fnp_intp n = 1000000;
    int64_t *v = malloc(8 * (size_t)n);
    fnp_intp *s = malloc(8 * (size_t)n);
    double best = 1e9, best32 = 1e9, bestarg = 1e9;
    for (int r = 0; r < 7; r++) {
        for (fnp_intp i = 0; i < n; i++) v[i] = (int64_t)next();
        double t = now();
        fnp__sort_i64(v, n);
        t = now() - t;
        best = t < best ? t : best;
        int32_t *v32 = (int32_t *)v;
        for (fnp_intp i = 0; i < n; i++) v32[i] = (int32_t)next();
        t = now();
        fnp__sort_i32(v32, n);
        t = now() - t;
        best32 = t < best32 ? t : best32;
        fnp_intp *order = malloc(8 * (size_t)n);
        for (fnp_intp i = 0; i < n; i++) v[i] = (int64_t)next();
        t = now();
        fnp__argsort_keys(FNP_LONG, (char *)v, n, NULL, 0, order, s);
        t = now() - t;
        bestarg = t < bestarg ? t : bestarg;
        free(order);
    }
    printf("1e6: sort i64 %.1f ms, i32 %.1f ms, argsort %.1f ms (level v%d)\n", best, best32,
           bestarg, fnp_cpu_level());
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        speed();
        return 0;
    }
    for (int pattern = 0; pattern < 9; pattern++) {
        for (fnp_intp n = 0; n < 300; n++) one(n, pattern);
        one(1000, pattern);
        one(MAX, pattern);
    }
    types();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
