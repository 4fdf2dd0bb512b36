/* The gufunc loops of one precision, at one CPU level. Parameters: those of pass.h, and TYPE (of
 * fft_type).
 *
 * Data goes into planes, FFT_NARROW columns side by side where that fills vectors better than one
 * column does; the arithmetic of a column is the same either way. Inverse transforms exchange the
 * planes. Real data of even length is half as many complex points, taken apart afterwards
 * (Brigham, The Fast Fourier Transform, 1974, ch. 10). */
#define JOB FN(job)

/* How n points of a transform lie in an array: parts of point i at i*step and i*step + part. */
typedef struct JOB {
    const fft_plan *plan;
    fft_shape shape;
    bool inverse;
    fnp_intp points;    /* complex points of the plan */
    fnp_intp nin, nout; /* elements that are there, and that are wanted */
} JOB;

#if LANES > 0
/* A square of numbers, rows for columns, by log2(LANES) perfect shuffles. */
static inline __attribute__((always_inline)) void FN(transpose)(FN(vec) * t)
{
#pragma GCC unroll 3
    for (int size = 1; size < LANES; size *= 2) {
        FN(vec) u[LANES];
#pragma GCC unroll 4
        for (int i = 0; i < LANES / 2; i++) {
            u[2 * i] = __builtin_shufflevector(t[i], t[i + LANES / 2], CAT(LOW, LANES));
            u[2 * i + 1] = __builtin_shufflevector(t[i], t[i + LANES / 2], CAT(HIGH, LANES));
        }
#pragma GCC unroll 8
        for (int i = 0; i < LANES; i++) t[i] = u[i];
    }
}

/* FFT_NARROW columns of pairs, each column contiguous, into planes. Returns how many points. */
static fnp_intp FN(gather_rows)(const char *in, fnp_intp aside, fnp_intp n, PLANES x)
{
    fnp_intp i = 0;
    for (; i + LANES / 2 <= n; i += LANES / 2)
        for (int g = 0; g < FFT_NARROW; g += LANES) {
            FN(vec) t[LANES];
#pragma GCC unroll 8
            for (int c = 0; c < LANES; c++) t[c] = LOAD((const R *)(in + (g + c) * aside) + 2 * i);
            FN(transpose)(t);
            R *re = x.re + i * FFT_NARROW + g, *im = x.im + i * FFT_NARROW + g;
#pragma GCC unroll 4
            for (int k = 0; k < LANES / 2; k++) {
                STORE(re + k * FFT_NARROW, t[2 * k]);
                STORE(im + k * FFT_NARROW, t[2 * k + 1]);
            }
        }
    return i;
}

/* The way back. */
static fnp_intp FN(scatter_rows)(char *out, fnp_intp aside, fnp_intp n, PLANES x, const R *fct)
{
    fnp_intp i = 0;
    for (; i + LANES / 2 <= n; i += LANES / 2)
        for (int g = 0; g < FFT_NARROW; g += LANES) {
            FN(vec) t[LANES], s = LOAD(fct + g);
            const R *re = x.re + i * FFT_NARROW + g, *im = x.im + i * FFT_NARROW + g;
#pragma GCC unroll 4
            for (int k = 0; k < LANES / 2; k++) {
                t[2 * k] = LOAD(re + k * FFT_NARROW) * s;
                t[2 * k + 1] = LOAD(im + k * FFT_NARROW) * s;
            }
            FN(transpose)(t);
#pragma GCC unroll 8
            for (int c = 0; c < LANES; c++) STORE((R *)(out + (g + c) * aside) + 2 * i, t[c]);
        }
    return i;
}
#endif

/* The same for `width` columns, `aside` apart; nre and nim of n are there, the rest is zero. */
static void FN(gather)(const char *in, fnp_intp step, fnp_intp part, fnp_intp aside, fnp_intp nre,
                       fnp_intp nim, fnp_intp n, fnp_intp width, fnp_intp columns, PLANES x)
{
    R *restrict re = x.re, *restrict im = x.im;
    if (width == 1) {
        fnp_intp both = nre < nim ? nre : nim, i = 0;
        if (step == 2 * (fnp_intp)sizeof(R) && part == (fnp_intp)sizeof(R)) {
            const R *restrict p = (const R *)in;
            for (; i < both; i++) re[i] = p[2 * i], im[i] = p[2 * i + 1];
        } else {
            for (; i < both; i++)
                re[i] = *(const R *)(in + i * step), im[i] = *(const R *)(in + i * step + part);
        }
        for (fnp_intp k = both; k < nre; k++) re[k] = *(const R *)(in + k * step);
        for (fnp_intp k = nre; k < n; k++) re[k] = 0;
        for (fnp_intp k = both; k < nim; k++) im[k] = *(const R *)(in + k * step + part);
        for (fnp_intp k = nim; k < n; k++) im[k] = 0;
        return;
    }
    fnp_intp full = columns == FFT_NARROW ? (nre < nim ? nre : nim) : 0, i = 0;
#if LANES > 0
    if (step == 2 * (fnp_intp)sizeof(R) && part == (fnp_intp)sizeof(R)) {
        i = FN(gather_rows)(in, aside, full, x);
        re += i * FFT_NARROW, im += i * FFT_NARROW;
    }
#endif
    if (aside == 2 * (fnp_intp)sizeof(R) && part == (fnp_intp)sizeof(R)) {
        for (; i < full; i++, re += FFT_NARROW, im += FFT_NARROW) {
            const R *restrict p = (const R *)(in + i * step);
            for (int c = 0; c < FFT_NARROW; c++) re[c] = p[2 * c], im[c] = p[2 * c + 1];
        }
    }
    for (; i < full; i++, re += FFT_NARROW, im += FFT_NARROW) {
        const char *p = in + i * step;
#pragma GCC unroll 8
        for (int c = 0; c < FFT_NARROW; c++, p += aside)
            re[c] = *(const R *)p, im[c] = *(const R *)(p + part);
    }
    if (columns == FFT_NARROW && nim == 0) { /* real values */
        for (; i < nre; i++, re += FFT_NARROW, im += FFT_NARROW) {
            const char *p = in + i * step;
#pragma GCC unroll 8
            for (int c = 0; c < FFT_NARROW; c++, p += aside) re[c] = *(const R *)p, im[c] = 0;
        }
    }
    for (; i < n; i++, re += width, im += width) {
        const char *p = in + i * step;
        fnp_intp cre = i < nre ? columns : 0, cim = i < nim ? columns : 0;
        for (fnp_intp c = 0; c < cre; c++) re[c] = *(const R *)(p + c * aside);
        for (fnp_intp c = cre; c < width; c++) re[c] = 0;
        for (fnp_intp c = 0; c < cim; c++) im[c] = *(const R *)(p + c * aside + part);
        for (fnp_intp c = cim; c < width; c++) im[c] = 0;
    }
}

/* The way back, every column c times fct[c]; no imaginary parts if nim is 0. */
static void FN(scatter)(char *out, fnp_intp step, fnp_intp part, fnp_intp aside, fnp_intp nre,
                        fnp_intp nim, fnp_intp width, fnp_intp columns, PLANES x, const R *fct)
{
    const R *restrict re = x.re, *restrict im = x.im;
    if (width == 1) {
        const R s = fct[0];
        fnp_intp i = 0;
        if (nre == nim && step == 2 * (fnp_intp)sizeof(R) && part == (fnp_intp)sizeof(R)) {
            R *restrict p = (R *)out;
            for (; i < nre; i++) p[2 * i] = re[i] * s, p[2 * i + 1] = im[i] * s;
            return;
        }
        for (; i < nre; i++) {
            *(R *)(out + i * step) = re[i] * s;
            if (i < nim) *(R *)(out + i * step + part) = im[i] * s;
        }
        return;
    }
    fnp_intp full = columns == FFT_NARROW ? (nre < nim ? nre : nim) : 0, i = 0;
#if LANES > 0
    if (step == 2 * (fnp_intp)sizeof(R) && part == (fnp_intp)sizeof(R)) {
        i = FN(scatter_rows)(out, aside, full, x, fct);
        re += i * FFT_NARROW, im += i * FFT_NARROW;
    }
#endif
    if (aside == 2 * (fnp_intp)sizeof(R) && part == (fnp_intp)sizeof(R)) {
        for (; i < full; i++, re += FFT_NARROW, im += FFT_NARROW) {
            R *restrict p = (R *)(out + i * step);
            for (int c = 0; c < FFT_NARROW; c++)
                p[2 * c] = re[c] * fct[c], p[2 * c + 1] = im[c] * fct[c];
        }
    }
    for (; i < full; i++, re += FFT_NARROW, im += FFT_NARROW) {
        char *p = out + i * step;
#pragma GCC unroll 8
        for (int c = 0; c < FFT_NARROW; c++, p += aside)
            *(R *)p = re[c] * fct[c], *(R *)(p + part) = im[c] * fct[c];
    }
    if (columns == FFT_NARROW && nim == 0) {
        for (; i < nre; i++, re += FFT_NARROW) {
            char *p = out + i * step;
#pragma GCC unroll 8
            for (int c = 0; c < FFT_NARROW; c++, p += aside) *(R *)p = re[c] * fct[c];
        }
    }
    for (; i < nre; i++, re += width, im += width) {
        char *p = out + i * step;
        for (fnp_intp c = 0; c < columns; c++) *(R *)(p + c * aside) = re[c] * fct[c];
        if (i >= nim) continue;
        for (fnp_intp c = 0; c < columns; c++) *(R *)(p + c * aside + part) = im[c] * fct[c];
    }
}

/* z: h points of value 2i + i value (2i+1), transformed; y: h + 1 points of the spectrum. */
static void FN(split)(fnp_intp h, const R *w, fnp_intp width, PLANES z, PLANES y)
{
    const R *restrict zr = z.re, *restrict zi = z.im, *restrict wr = w, *restrict wi = w + h + 1;
    R *restrict yr = y.re, *restrict yi = y.im;
    for (fnp_intp c = 0; c < width; c++) {
        yr[c] = zr[c] + zi[c], yr[h * width + c] = zr[c] - zi[c];
        yi[c] = yi[h * width + c] = 0;
    }
#define SPLIT(k, other, t)                                                                         \
    do {                                                                                           \
        R ar = zr[k], ai = zi[k], br = zr[other], bi = zi[other];                                  \
        R sr = (ar + br) / 2, si = (ai - bi) / 2, dr = (ai + bi) / 2, di = (br - ar) / 2;          \
        yr[k] = sr + (wr[t] * dr - wi[t] * di);                                                    \
        yi[k] = si + (wr[t] * di + wi[t] * dr);                                                    \
    } while (0)
    if (width == 1)
        for (fnp_intp t = 1; t < h; t++) SPLIT(t, h - t, t);
    else
        for (fnp_intp t = 1; t < h; t++)
            for (fnp_intp c = 0; c < FFT_NARROW; c++)
                SPLIT(t * FFT_NARROW + c, (h - t) * FFT_NARROW + c, t);
#undef SPLIT
}

/* The way back: from h + 1 points of the spectrum to the h points before the inverse transform. */
static void FN(join)(fnp_intp h, const R *w, fnp_intp width, PLANES y, PLANES z)
{
    const R *restrict yr = y.re, *restrict yi = y.im, *restrict wr = w, *restrict wi = w + h + 1;
    R *restrict zr = z.re, *restrict zi = z.im;
#define JOIN(k, other, t)                                                                          \
    do {                                                                                           \
        R ar = yr[k], ai = yi[k], br = yr[other], bi = -yi[other];                                 \
        R sr = ar + br, si = ai + bi, dr = ar - br, di = ai - bi;                                  \
        zr[k] = sr + (wi[t] * dr - wr[t] * di);                                                    \
        zi[k] = si + (wi[t] * di + wr[t] * dr);                                                    \
    } while (0)
    if (width == 1)
        for (fnp_intp t = 0; t < h; t++) JOIN(t, h - t, t);
    else
        for (fnp_intp t = 0; t < h; t++)
            for (fnp_intp c = 0; c < FFT_NARROW; c++)
                JOIN(t * FFT_NARROW + c, (h - t) * FFT_NARROW + c, t);
#undef JOIN
}

/* The upper half of a spectrum of n points, n odd, from the lower. */
static void FN(mirror)(fnp_intp n, fnp_intp width, PLANES x)
{
    if (width == 1) {
        for (fnp_intp i = 1; i <= n / 2; i++) x.re[n - i] = x.re[i], x.im[n - i] = -x.im[i];
        return;
    }
    for (fnp_intp i = 1; i <= n / 2; i++) {
        const R *restrict re = x.re + i * FFT_NARROW, *restrict im = x.im + i * FFT_NARROW;
        R *restrict to = x.re + (n - i) * FFT_NARROW, *restrict ti = x.im + (n - i) * FFT_NARROW;
        for (int c = 0; c < FFT_NARROW; c++) to[c] = re[c], ti[c] = -im[c];
    }
}

/* Some columns, from array to array. */
static void FN(columns)(const JOB *job, char *in, char *out, const fnp_intp *steps, fnp_intp width,
                        fnp_intp columns, PLANES a, PLANES b, const R *fct)
{
    const fft_plan *p = job->plan;
    const fnp_intp n = job->points, size = sizeof(R);
    const fnp_intp si = steps[3], so = steps[4], ai = steps[0], ao = steps[2];
    const bool real_in = job->shape != FFT_COMPLEX && !job->inverse;
    if (real_in && job->shape == FFT_REAL_EVEN)
        FN(gather)(in, 2 * si, si, ai, (job->nin + 1) / 2, job->nin / 2, n, width, columns, a);
    else if (real_in)
        FN(gather)(in, si, 0, ai, job->nin, 0, n, width, columns, a);
    else
        FN(gather)
    (in, si, size, ai, job->nin, job->nin,
     job->shape == FFT_COMPLEX     ? n
     : job->shape == FFT_REAL_EVEN ? n + 1
                                   : n / 2 + 1,
     width, columns, a);
    if (job->inverse && job->shape != FFT_COMPLEX) {
        /* imaginary parts of the ends do not count */
        memset(a.im, 0, (size_t)width * sizeof(R));
        if (job->shape == FFT_REAL_EVEN) {
            memset(a.im + n * width, 0, (size_t)width * sizeof(R));
            FN(join)(n, p->half, width, a, b);
            PLANES t = a;
            a = b, b = t;
        } else {
            FN(mirror)(n, width, a);
        }
    }
    PLANES y = a;
    if (job->inverse) {
        y = FN(run)(p, width, (PLANES){a.im, a.re}, (PLANES){b.im, b.re});
        y = (PLANES){y.im, y.re};
    } else {
        y = FN(run)(p, width, a, b);
    }
    if (job->shape == FFT_COMPLEX) {
        FN(scatter)(out, so, size, ao, n, n, width, columns, y, fct);
    } else if (job->inverse) {
        if (job->shape == FFT_REAL_EVEN)
            FN(scatter)(out, 2 * so, so, ao, n, n, width, columns, y, fct);
        else
            FN(scatter)(out, so, 0, ao, n, 0, width, columns, y, fct);
    } else {
        if (job->shape == FFT_REAL_EVEN) {
            PLANES other = y.re == a.re ? b : a;
            FN(split)(n, p->half, width, y, other);
            y = other;
        } else {
            memset(y.im, 0, (size_t)width * sizeof(R));
        }
        FN(scatter)(out, so, size, ao, job->nout, job->nout, width, columns, y, fct);
    }
}

/* Whether columns side by side do better than one after the other. */
static bool FN(side_by_side)(const JOB *job, fnp_intp count, const fnp_intp *steps)
{
#if LANES > 0
    if (count < 3) return false;
    return job->points <= FFT_SIDE_POINTS || labs(steps[0]) < labs(steps[3]);
#else
    return false;
#endif
}

/* In place, for the planes of a chirp. */
static bool FN(transform)(const fft_plan *p, void *planes)
{
    const fnp_intp n = p->n;
    R *x = planes, *scratch = fnp_malloc_array(2 * n, sizeof *scratch);
    if (!scratch) return false;
    PLANES y = FN(run)(p, 1, (PLANES){x, x + n}, (PLANES){scratch, scratch + n});
    if (y.re == scratch) memcpy(x, scratch, (size_t)(2 * n) * sizeof *x);
    fnp_free(scratch);
    return true;
}

static void FN(transforms)(char **args, const fnp_intp *dims, const fnp_intp *steps,
                           fft_shape shape, bool inverse, fnp_intp n)
{
    const fnp_intp count = dims[0], nout = dims[2];
    if (n < 1 || count < 1) return;
    const bool even = shape == FFT_REAL_EVEN, real = shape != FFT_COMPLEX;
    JOB job = {.shape = shape, .inverse = inverse, .points = even ? n / 2 : n, .nout = nout};
    const fnp_intp most = inverse && real ? n / 2 + 1 : n;
    job.nin = dims[1] < most ? dims[1] : most;
    job.plan = fnp__fft_plan_get(TYPE, job.points, even, FN(transform));
    const bool aside = FN(side_by_side)(&job, count, steps);
    const fnp_intp width = aside ? FFT_NARROW : 1;
    R fct[FFT_NARROW];
    _Alignas(64) char small[8192];
    char *mem = NULL, *block = small;
    fnp_intp plane = 0;
    bool ok = job.plan;
    if (ok) {
        /* a plane ends off the multiple of a page, so that planes do not compete for cache sets */
        ok = !__builtin_mul_overflow(job.plan->plane + 1, width * (fnp_intp)sizeof(R), &plane) &&
             !fnp_size_round_up(plane, 64, &plane) && plane < PTRDIFF_MAX / 8;
        plane += 320;
        if (ok && 4 * plane > (fnp_intp)sizeof small) {
            mem = fnp_malloc_array(4 * plane + 64, 1);
            block = (char *)(((uintptr_t)mem + 63) & ~(uintptr_t)63);
            ok = mem;
        }
    }
    if (!ok) {
        fail_transforms(args[2], count, steps[2], nout, steps[4],
                        real && inverse ? sizeof(R) : 2 * sizeof(R));
        if (job.plan) fnp__fft_plan_put(job.plan);
        return;
    }
    PLANES a = {(R *)block, (R *)(block + plane)},
           b = {(R *)(block + 2 * plane), (R *)(block + 3 * plane)};
    /* columns that are missing cost as much as others; a call for each column costs too */
    const fnp_intp least = job.points <= FFT_SIDE_POINTS / 4 ? 3 : 5;
    for (fnp_intp k = 0; k < count;) {
        fnp_intp columns = aside && count - k >= least ? width : 1;
        if (columns > count - k) columns = count - k;
        for (fnp_intp c = 0; c < columns; c++) fct[c] = *(R *)(args[1] + (k + c) * steps[1]);
        FN(columns)
        (&job, args[0] + k * steps[0], args[2] + k * steps[2], steps, columns == 1 ? 1 : width,
         columns, a, b, fct);
        k += columns;
    }
    fnp_free(mem);
    fnp__fft_plan_put(job.plan);
}

static void FN(fft)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(transforms)(args, dims, steps, FFT_COMPLEX, false, dims[2]);
}
static void FN(ifft)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(transforms)(args, dims, steps, FFT_COMPLEX, true, dims[2]);
}
static void FN(rfft_even)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(transforms)(args, dims, steps, FFT_REAL_EVEN, false, 2 * (dims[2] - 1));
}
static void FN(rfft_odd)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(transforms)(args, dims, steps, FFT_REAL_ODD, false, 2 * dims[2] - 1);
}
static void FN(irfft)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(transforms)(args, dims, steps, dims[2] % 2 ? FFT_REAL_ODD : FFT_REAL_EVEN, true, dims[2]);
}

#undef CAT
#undef CAT_
#undef FN
#undef JOB
#undef PLANES
#undef SFX
#undef R
#undef TYPE
#undef LANES
#undef LOAD
#undef STORE
