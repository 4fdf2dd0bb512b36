/* Transforms against their definition in long double: every length up to a few hundred and some
 * larger ones, complex and real, both ways, one or several at once, near and far; the relative
 * error in the Euclidean norm stays within a few roundings times sqrt(log n). FNP_CPU chooses the
 * level. With an argument: the speed of some lengths. */
#include "fnp/fft.h"

#include "fnp/base.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef long double W;

static int passed, failed;
static uint64_t rng = 88172645463325252u;

static double next(void)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return (double)(int64_t)(rng * 2685821657736338717u) * 0x1p-63;
}

static const int types[3] = {FNP_FLOAT, FNP_DOUBLE, FNP_LONGDOUBLE};
static const size_t sizes[3] = {sizeof(float), sizeof(double), sizeof(W)};
static const W roundings[3] = {0x1p-24L, 0x1p-53L, 0x1p-64L};

static void put(int t, char *p, W x)
{
    if (t == 0) *(float *)p = (float)x;
    if (t == 1) *(double *)p = (double)x;
    if (t == 2) *(W *)p = x;
}
static W get(int t, const char *p)
{
    return t == 0 ? *(const float *)p : t == 1 ? *(const double *)p : *(const W *)p;
}

/* x: n complex values; y: n results, not scaled. */
static void define(fnp_intp n, const W *x, W *y, bool inverse)
{
    const W turn = 6.283185307179586476925286766559005768L * (inverse ? 1 : -1);
    W *w = malloc((size_t)n * 2 * sizeof *w);
    for (fnp_intp k = 0; k < n; k++) {
        w[2 * k] = cosl(turn * (W)k / (W)n);
        w[2 * k + 1] = sinl(turn * (W)k / (W)n);
    }
    for (fnp_intp k = 0; k < n; k++) {
        W re = 0, im = 0;
        for (fnp_intp i = 0, a = 0; i < n; i++, a = (a + k) % n) {
            re += x[2 * i] * w[2 * a] - x[2 * i + 1] * w[2 * a + 1];
            im += x[2 * i] * w[2 * a + 1] + x[2 * i + 1] * w[2 * a];
        }
        y[2 * k] = re, y[2 * k + 1] = im;
    }
    free(w);
}

/* `count` transforms of n points; apart: points of a transform are `count` elements apart. */
static void one(fnp_fft_kind kind, int t, fnp_intp n, fnp_intp count, bool apart)
{
    const bool to_real = kind == FNP_IRFFT,
               from_real = kind == FNP_RFFT_EVEN || kind == FNP_RFFT_ODD;
    const bool inverse = kind == FNP_IFFT || to_real;
    const fnp_intp half = n / 2 + 1, nin = to_real ? half : n, nout = from_real ? half : n;
    const fnp_intp es = (fnp_intp)sizes[t], ein = from_real ? es : 2 * es,
                   eout = to_real ? es : 2 * es;
    char *in = malloc((size_t)(count * nin * ein)), *out = malloc((size_t)(count * nout * eout));
    char fct[16];
    put(t, fct, 0.5L);
    W *x = calloc((size_t)(count * n * 2), sizeof *x), *y = malloc((size_t)n * 2 * sizeof *y);
    const fnp_intp pi = apart ? count * ein : ein, ci = apart ? ein : nin * ein;
    const fnp_intp po = apart ? count * eout : eout, co = apart ? eout : nout * eout;
    for (fnp_intp c = 0; c < count; c++)
        for (fnp_intp i = 0; i < nin; i++) {
            W *v = x + (c * n + i) * 2;
            char *p = in + c * ci + i * pi;
            put(t, p, next());
            v[0] = get(t, p);
            if (from_real) continue;
            put(t, p + es, next());
            v[1] = get(t, p + es);
            if (!to_real) continue;
            if (i == 0 || 2 * i == n) {
                v[1] = 0;
            } else {
                x[(c * n + n - i) * 2] = v[0];
                x[(c * n + n - i) * 2 + 1] = -v[1];
            }
        }
    char *args[3] = {in, fct, out};
    fnp_intp dims[3] = {count, nin, nout}, steps[5] = {ci, 0, co, pi, po};
    fnp_fft_kernel(kind, types[t])(args, dims, steps, NULL);
    W worst = 0;
    for (fnp_intp c = 0; c<count; c += count> 3 ? count - 1 : 1) {
        define(n, x + c * n * 2, y, inverse);
        W off = 0, norm = 0;
        for (fnp_intp i = 0; i < nout; i++) {
            const char *p = out + c * co + i * po;
            W dr = 2 * get(t, p) - y[2 * i], di = to_real ? 0 : 2 * get(t, p + es) - y[2 * i + 1];
            off += dr * dr + di * di;
            norm += y[2 * i] * y[2 * i] + y[2 * i + 1] * y[2 * i + 1];
        }
        W e = sqrtl(off / norm);
        if (!(e <= worst)) worst = e;
    }
    /* the definition itself is good to some sqrt(n) roundings of long double */
    W bound = roundings[t] * (t == 2 ? 3 * sqrtl((W)n) + 4 : 1.5L * sqrtl(log2l((W)n + 1)) + 1);
    if (worst <= bound) {
        passed++;
    } else if (++failed < 20) {
        printf("FAIL kind=%d type=%d n=%td count=%td apart=%d: %.3Lg roundings, allowed %.3Lg\n",
               kind, t, n, count, apart, worst / roundings[t], bound / roundings[t]);
    }
    free(in), free(out), free(x), free(y);
}

static void speed(fnp_intp n)
{
    for (int t = 0; t < 2; t++)
        for (int kind = 0; kind < FNP_FFT_KINDS; kind++) {
            if ((kind == FNP_RFFT_ODD && n % 2 == 0) || (kind == FNP_RFFT_EVEN && n % 2)) continue;
            bool to_real = kind == FNP_IRFFT, from_real = kind > FNP_IFFT && !to_real;
            fnp_intp es = (fnp_intp)sizes[t], half = n / 2 + 1;
            char *in = calloc((size_t)n, 2 * sizes[t]), *out = calloc((size_t)n, 2 * sizes[t]),
                 fct[16];
            put(t, fct, 1);
            fnp_intp dims[3] = {1, to_real ? half : n, from_real ? half : n},
                     steps[5] = {0, 0, 0, from_real ? es : 2 * es, to_real ? es : 2 * es};
            double best = 1e9;
            for (int round = 0; round < 20; round++) {
                struct timespec a, b;
                int times = (int)(200000 / n) + 1;
                clock_gettime(CLOCK_MONOTONIC, &a);
                for (int i = 0; i < times; i++) {
                    char *args[3] = {in, fct, out};
                    fnp_fft_kernel(kind, types[t])(args, dims, steps, NULL);
                }
                clock_gettime(CLOCK_MONOTONIC, &b);
                double us =
                    ((double)(b.tv_sec - a.tv_sec) * 1e9 + (double)(b.tv_nsec - a.tv_nsec)) / 1e3 /
                    times;
                if (us < best) best = us;
            }
            printf("n=%td type=%d kind=%d: %.3f us\n", n, t, kind, best);
            free(in), free(out);
        }
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 1; i < argc; i++) speed(atol(argv[i]));
        return 0;
    }
    static const fnp_intp large[] = {256, 289, 343, 480, 512, 625, 729, 1000, 1009, 1024, 1331};
    for (int t = 0; t < 3; t++)
        for (fnp_intp i = 1; i <= 134 + (fnp_intp)(sizeof large / sizeof *large); i++) {
            fnp_intp n = i <= 134 ? i : large[i - 135];
            for (int kind = 0; kind < FNP_FFT_KINDS; kind++) {
                if (kind == (n % 2 ? FNP_RFFT_EVEN : FNP_RFFT_ODD)) continue;
                one(kind, t, n, 1, false);
                if (n > 140 && t == 2) continue;
                one(kind, t, n, 10, true);
                if (i % 3 == 0) one(kind, t, n, 3, false);
                if (i % 5 == 0) one(kind, t, n, 9, false);
            }
        }
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
