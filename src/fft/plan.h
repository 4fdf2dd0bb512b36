/* What is known of a length before any data: factors, roots of unity, Bluestein's chirp.
 *
 * A pass of radix f, after passes whose radices multiply to l, takes f inputs n/f apart and writes
 * results l apart; m = n/(l f). Result r of column j is turned by w^(r l j), w = exp(-2 pi i / n).
 * Those turns lie by r, then by column: of r >= 1 and j at w[(r-1)*span + j*step], imaginary parts
 * (f-1)*span further. Where l is small (FFT_NARROW) columns are spread, one turn per input, so that
 * a vector of inputs finds a vector of turns. */
#ifndef FNP_FFT_PLAN_H
#define FNP_FFT_PLAN_H

#include "fnp/base.h"
#include "fnp/fft.h"

enum { FFT_NARROW = 8, FFT_MAX_PRIME = 61 }; /* a larger prime goes by the chirp */
typedef enum fft_type { FFT_F, FFT_D, FFT_G } fft_type;

typedef struct fft_pass {
    int f;
    fnp_intp l, m, step, span;
    void *w;
    void *c; /* f cosines, f sines of 2 pi t / f; NULL for radices that are powers of two */
} fft_pass;

typedef struct fft_plan {
    fnp_intp n;
    fnp_intp plane; /* elements of each of the four planes a run needs, per column */
    int npasses;
    fft_pass pass[48];
    struct fft_plan *conv;  /* Bluestein: the convolution's plan, */
    void *chirp, *spectrum; /* exp(-pi i t^2 / n), and the transform of its inverse; planes */
    void *half;             /* for real data of 2n points: exp(-pi i t / n), t <= n; planes */
    fft_type type;
    bool real;
    size_t bytes;
    bool cached;    /* set before other threads see it */
    int users;      /* guarded by the cache's lock */
    uint64_t stamp; /* of last use, likewise */
} fft_plan;

/* Transforms the planes of p->n elements each in place; false: no memory. */
typedef bool fft_transform(const fft_plan *p, void *planes);

/* The plan of n points (n >= 1); `real`: with what 2n real points need besides. NULL: no memory.
 * To be given back. Thread-safe: plans are kept for the next caller, few and of bounded size. */
const fft_plan *fnp__fft_plan_get(fft_type type, fnp_intp n, bool real, fft_transform *transform);
void fnp__fft_plan_put(const fft_plan *p);

/* The transforms of one CPU level, by kind and type. */
typedef fnp_kernel_fn *const fft_table[FNP_FFT_KINDS][3];
extern __attribute__((visibility("hidden"))) fft_table fnp__fft_v2, fnp__fft_v3, fnp__fft_v4;

#endif
