/* Loops shared between threads: the bits of one thread, every element once, flags of all parts. */
#include "check.h"

#include "fnp/base.h"
#include "fnp/kernel.h"
#include "fnp/sce.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static fnp_kernel_fn *kernel_of(const char *name, const char *types)
{
    int count;
    const fnp_ufunc_info *table = fnp_ufunc_table(&count);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < table[i].nloops; k++)
            if (strcmp(table[i].name, name) == 0 && strcmp(table[i].loops[k].types, types) == 0)
                return fnp_ufunc_kernel(&table[i].loops[k]);
    return NULL;
}

static void fill(char *p, fnp_intp n, char type)
{
    for (fnp_intp i = 0; i < n; i++) {
        double v = (double)(int64_t)check_random() * 0x1p-40;
        switch (type) {
        case 'd': ((double *)(void *)p)[i] = v; break;
        case 'f': ((float *)(void *)p)[i] = (float)v; break;
        default: ((uint64_t *)(void *)p)[i] = check_random();
        }
    }
}

/* Sums of contiguous and strided runs equal the kernel's own. */
static void test_sums(void)
{
    static const struct {
        const char *types;
        char real;
        fnp_intp size;
    } kinds[] = {{"dd->d", 'd', 8}, {"ff->f", 'f', 4}, {"DD->D", 'd', 16},
                 {"FF->F", 'f', 8}, {"ll->l", 'l', 8}, {"LL->L", 'l', 8}};
    enum { MOST = 700001 };
    char *data = malloc((size_t)MOST * 16);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        fnp_kernel_fn *add = kernel_of("add", kinds[k].types);
        fnp_intp size = kinds[k].size,
                 sizes[] = {65536, 65537, 65543, 100003, 131072, 350000, MOST};
        CHECK(add != NULL);
        fill(data, MOST * size / (kinds[k].real == 'f' ? 4 : 8), kinds[k].real);
        for (int step = 1; step <= 2; step++)
            for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
                fnp_intp n = sizes[i] / step, steps[3] = {0, size * step, 0};
                _Alignas(16) char got[16] = {0}, want[16] = {0};
                memcpy(got, data, (size_t)size);
                memcpy(want, data, (size_t)size);
                char *args[3] = {want, data, want};
                bool shared = fnp_sum_share(add, got, data, n, size * step);
                CHECK(shared == (n >= FNP_SHARE_FROM));
                if (!shared) continue;
                add(args, &n, steps, NULL);
                CHECK_MSG(memcmp(got, want, (size_t)size) == 0, "%s of %td", kinds[k].types, n);
            }
    }
    char out[8] = {0};
    CHECK(!fnp_sum_share(kernel_of("multiply", "dd->d"), out, data, MOST, 8));
    /* The sum of negative zeros is a negative zero. */
    for (fnp_intp i = 0; i < MOST; i++) ((double *)(void *)data)[i] = -0.0;
    double zero = -0.0;
    CHECK(fnp_sum_share(kernel_of("add", "dd->d"), (char *)&zero, data, MOST, 8));
    CHECK(zero == 0 && __builtin_signbit(zero));
    free(data);
}

typedef struct grid {
    int ndim;
    const fnp_intp *shape;
    const bool *whole;
    unsigned char *seen; /* C order, axis 0 innermost */
    _Atomic int bad;
} grid;

static void visit(void *ctx, int axis, fnp_intp begin, fnp_intp end)
{
    grid *g = ctx;
    fnp_intp inner = 1, outer = 1;
    if (begin < 0 || end > g->shape[axis] || begin >= end) g->bad++;
    if (g->whole && g->whole[axis] && (begin != 0 || end != g->shape[axis])) g->bad++;
    for (int i = 0; i < axis; i++) inner *= g->shape[i];
    for (int i = axis + 1; i < g->ndim; i++) outer *= g->shape[i];
    for (fnp_intp o = 0; o < outer; o++)
        for (fnp_intp i = begin * inner; i < end * inner; i++)
            g->seen[o * inner * g->shape[axis] + i]++;
    usleep(200); /* long enough to be shared */
}

static void test_nests(void)
{
    static const fnp_intp shapes[][3] = {{65536, 1, 1}, {100001, 1, 1}, {10, 7000, 1},
                                         {1000, 66, 1}, {70000, 3, 2},  {3, 5, 5000},
                                         {300, 17, 19}, {2, 2, 20000},  {8192, 9, 1}};
    for (size_t k = 0; k < sizeof shapes / sizeof shapes[0]; k++)
        for (int mask = 0; mask < 8; mask++) {
            int ndim = shapes[k][2] > 1 ? 3 : shapes[k][1] > 1 ? 2 : 1;
            bool whole[3] = {mask & 1, mask & 2, mask & 4};
            fnp_intp n = fnp_sce_count(ndim, shapes[k]);
            grid g = {ndim, shapes[k], mask ? whole : NULL, calloc((size_t)n, 1), 0};
            fnp_share_nest(ndim, shapes[k], g.whole, visit, &g);
            bool once = true;
            for (fnp_intp i = 0; i < n; i++) once &= g.seen[i] == 1;
            CHECK_MSG(once && g.bad == 0, "shape %zu, mask %d", k, mask);
            free(g.seen);
        }
}

/* A flag of any part is the caller's. */
static void test_flags(void)
{
    enum { N = 1000000 };
    double *x = malloc(N * sizeof *x), *out = malloc(N * sizeof *out), one = 1;
    fnp_loop loop = {.kernel = kernel_of("divide", "dd->d")};
    fnp_intp steps[3] = {0, 8, 8};
    char *args[3] = {(char *)&one, (char *)x, (char *)out};
    for (int k = 0; k <= 8; k++) {
        fnp_intp at = k * (N / 8) - (k > 0);
        for (fnp_intp i = 0; i < N; i++) x[i] = 2;
        x[at] = 0;
        fnp_fp_clear();
        fnp_loop_share(&loop, 3, args, N, steps);
        CHECK(fnp_fp_take() == FNP_FP_DIVIDE);
        bool right = true;
        for (fnp_intp i = 0; i < N; i++) right &= i == at ? out[i] > 1e308 : out[i] == 0.5;
        CHECK(right);
    }
    free(x);
    free(out);
}

static void count_units(void *ctx, fnp_intp begin, fnp_intp end)
{
    _Atomic fnp_intp *sum = ctx;
    for (fnp_intp i = begin; i < end; i++) *sum += i;
    usleep((unsigned)(end - begin) * 20);
}

static void test_measured(void)
{
    for (int threads = 1; threads <= 4; threads++) {
        fnp_threads_set(threads);
        for (fnp_intp n = 0; n < 40; n += 3)
            for (fnp_intp first = 1; first < 9; first += 3) {
                _Atomic fnp_intp sum = 0;
                fnp_sharing s = fnp_parallel_measured(n, first, count_units, &sum);
                CHECK(sum == n * (n - 1) / 2);
                CHECK(s.threads >= 1 && s.threads <= threads);
                CHECK((s.rest_ns < 0) == (threads == 1 || first >= n));
            }
    }
}

int main(void)
{
    test_measured();
    for (int threads = 1; threads <= 4; threads += 3) {
        fnp_threads_set(threads);
        test_sums();
        test_nests();
        test_flags();
    }
    return check_done();
}
