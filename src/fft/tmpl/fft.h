/* Transforms of one precision. Parameters: SFX, R (real type), W (wider type for angles), COS, SIN
 * of W. */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define FN(f) CAT(f, SFX)
#define C FN(cplx)
#define PLAN FN(plan)

typedef struct C {
    R re, im;
} C;

typedef struct PLAN {
    fnp_intp n;
    int nfactors;
    int factors[64];
    C *w;              /* exp(-2 pi i t / n), t < n; Bluestein: exp(-pi i t^2 / n) */
    struct PLAN *conv; /* Bluestein: the plan of the convolution, and the transformed chirp */
    C *chirp;
} PLAN;

static inline C FN(add)(C a, C b)
{
    return (C){a.re + b.re, a.im + b.im};
}
static inline C FN(sub)(C a, C b)
{
    return (C){a.re - b.re, a.im - b.im};
}
static inline C FN(mul)(C a, C b)
{
    return (C){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
static inline C FN(scale)(C a, R s)
{
    return (C){a.re * s, a.im * s};
}

/* exp(-2 pi i num / den), the angle folded into the first octant for accuracy. */
static C FN(root)(fnp_intp num, fnp_intp den)
{
    const W eighth = (W)0.78539816339744830961566084581987572L;
    num %= den;
    __int128 x = (__int128)num * 8;
    int oct = (int)(x / den);
    W t = (W)(fnp_intp)(x - (__int128)oct * den) / (W)den; /* in [0, 1) of an octant */
    W c, s;
    if (oct & 1) {
        c = COS((1 - t) * eighth);
        s = SIN((1 - t) * eighth);
    } else {
        c = COS(t * eighth);
        s = SIN(t * eighth);
    }
    W re, im;
    switch (oct) {
    case 0: re = c, im = s; break;
    case 1: re = s, im = c; break;
    case 2: re = -s, im = c; break;
    case 3: re = -c, im = s; break;
    case 4: re = -c, im = -s; break;
    case 5: re = -s, im = -c; break;
    case 6: re = s, im = -c; break;
    default: re = c, im = -s; break;
    }
    return (C){(R)re, (R)-im};
}

static void FN(plan_free)(PLAN *p)
{
    if (!p) return;
    FN(plan_free)(p->conv);
    fnp_free(p->chirp);
    fnp_free(p->w);
    fnp_free(p);
}

static void FN(run)(const PLAN *p, C *x, C *scratch);

static PLAN *FN(plan_new)(fnp_intp n)
{
    PLAN *p = fnp_calloc(1, sizeof *p);
    if (!p) return NULL;
    p->n = n;
    fnp_intp largest = 1;
    p->nfactors = factorize(n, p->factors, &largest);
    bool direct = largest <= MAX_DIRECT_PRIME;
    p->w = fnp_malloc_array(n, sizeof *p->w);
    if (!p->w) goto fail;
    if (direct) {
        for (fnp_intp t = 0; t < n; t++) p->w[t] = FN(root)(t, n);
        return p;
    }
    fnp_intp m = good_size(2 * n - 1);
    p->conv = FN(plan_new)(m);
    p->chirp = fnp_calloc((size_t)m, sizeof *p->chirp);
    C *scratch = fnp_malloc_array(m, sizeof *scratch);
    if (!p->conv || !p->chirp || !scratch) {
        fnp_free(scratch);
        goto fail;
    }
    fnp_intp square = 0; /* t^2 mod 2n */
    for (fnp_intp t = 0; t < n; t++) {
        p->w[t] = FN(root)(square, 2 * n);
        C c = {p->w[t].re, -p->w[t].im};
        p->chirp[t] = c;
        if (t) p->chirp[m - t] = c;
        square = (square + 2 * t + 1) % (2 * n);
    }
    FN(run)(p->conv, p->chirp, scratch);
    fnp_free(scratch);
    return p;
fail:
    FN(plan_free)(p);
    return NULL;
}

/* Elements of scratch that run needs. */
static fnp_intp FN(scratch_size)(const PLAN *p)
{
    return p->conv ? 2 * p->conv->n : p->n;
}

/* One stage: transforms of length f over the `m` apart elements, results interleaved; l is the
 * product of earlier factors. */
static void FN(stage)(const PLAN *p, int f, fnp_intp l, fnp_intp m, const C *x, C *y)
{
    const C *w = p->w;
    const fnp_intp n = p->n;
    for (fnp_intp j = 0; j < m; j++) {
        const fnp_intp tw = l * j;
        const C *a = x + l * j;
        C *b = y + l * f * j;
        const fnp_intp am = l * m;
        switch (f) {
        case 2: {
            C w1 = w[tw];
            for (fnp_intp k = 0; k < l; k++) {
                C u = a[k], v = a[k + am];
                b[k] = FN(add)(u, v);
                b[k + l] = FN(mul)(FN(sub)(u, v), w1);
            }
            break;
        }
        case 3: {
            const R half = (R)-0.5, s3 = (R)-0.86602540378443864676372317075293618L;
            C w1 = w[tw], w2 = w[2 * tw];
            for (fnp_intp k = 0; k < l; k++) {
                C u = a[k], v = a[k + am], t = a[k + 2 * am];
                C s = FN(add)(v, t), d = FN(scale)(FN(sub)(v, t), s3);
                C q = {u.re + half * s.re, u.im + half * s.im};
                b[k] = FN(add)(u, s);
                b[k + l] = FN(mul)((C){q.re - d.im, q.im + d.re}, w1);
                b[k + 2 * l] = FN(mul)((C){q.re + d.im, q.im - d.re}, w2);
            }
            break;
        }
        case 4: {
            C w1 = w[tw], w2 = w[2 * tw], w3 = w[3 * tw];
            for (fnp_intp k = 0; k < l; k++) {
                C a0 = a[k], a1 = a[k + am], a2 = a[k + 2 * am], a3 = a[k + 3 * am];
                C s02 = FN(add)(a0, a2), d02 = FN(sub)(a0, a2), s13 = FN(add)(a1, a3),
                  d13 = FN(sub)(a1, a3);
                C r = {d13.im, -d13.re}; /* -i d13 */
                b[k] = FN(add)(s02, s13);
                b[k + l] = FN(mul)(FN(add)(d02, r), w1);
                b[k + 2 * l] = FN(mul)(FN(sub)(s02, s13), w2);
                b[k + 3 * l] = FN(mul)(FN(sub)(d02, r), w3);
            }
            break;
        }
        case 5: {
            const R c1 = (R)0.30901699437494742410229341718281906L,
                    c2 = (R)-0.80901699437494742410229341718281906L,
                    s1 = (R)-0.95105651629515357211643933337938214L,
                    s2 = (R)-0.58778525229247312916870595463907277L;
            C w1 = w[tw], w2 = w[2 * tw], w3 = w[3 * tw], w4 = w[4 * tw];
            for (fnp_intp k = 0; k < l; k++) {
                C a0 = a[k], a1 = a[k + am], a2 = a[k + 2 * am], a3 = a[k + 3 * am],
                  a4 = a[k + 4 * am];
                C p1 = FN(add)(a1, a4), m1 = FN(sub)(a1, a4), p2 = FN(add)(a2, a3),
                  m2 = FN(sub)(a2, a3);
                C t1 = {a0.re + c1 * p1.re + c2 * p2.re, a0.im + c1 * p1.im + c2 * p2.im};
                C t2 = {a0.re + c2 * p1.re + c1 * p2.re, a0.im + c2 * p1.im + c1 * p2.im};
                C u1 = {s1 * m1.re + s2 * m2.re, s1 * m1.im + s2 * m2.im};
                C u2 = {s2 * m1.re - s1 * m2.re, s2 * m1.im - s1 * m2.im};
                b[k] = (C){a0.re + p1.re + p2.re, a0.im + p1.im + p2.im};
                b[k + l] = FN(mul)((C){t1.re - u1.im, t1.im + u1.re}, w1);
                b[k + 2 * l] = FN(mul)((C){t2.re - u2.im, t2.im + u2.re}, w2);
                b[k + 3 * l] = FN(mul)((C){t2.re + u2.im, t2.im - u2.re}, w3);
                b[k + 4 * l] = FN(mul)((C){t1.re + u1.im, t1.im - u1.re}, w4);
            }
            break;
        }
        default:
            for (fnp_intp r = 0; r < f; r++) {
                C out_w = w[(r * tw) % n];
                for (fnp_intp k = 0; k < l; k++) {
                    C s = a[k];
                    for (fnp_intp q = 1; q < f; q++)
                        s = FN(add)(s, FN(mul)(a[k + q * am], w[(q * r % f) * (n / f)]));
                    b[k + r * l] = FN(mul)(s, out_w);
                }
            }
        }
    }
}

/* In place: x of n elements becomes its transform. */
static void FN(run)(const PLAN *p, C *x, C *scratch)
{
    const fnp_intp n = p->n;
    if (p->conv) {
        const fnp_intp m = p->conv->n;
        C *y = scratch, *s2 = scratch + m;
        for (fnp_intp t = 0; t < n; t++) y[t] = FN(mul)(x[t], p->w[t]);
        for (fnp_intp t = n; t < m; t++) y[t] = (C){0, 0};
        FN(run)(p->conv, y, s2);
        for (fnp_intp t = 0; t < m; t++) { /* the inverse transform by conjugation */
            C v = FN(mul)(y[t], p->chirp[t]);
            y[t] = (C){v.re, -v.im};
        }
        FN(run)(p->conv, y, s2);
        const R inv = (R)1 / (R)m;
        for (fnp_intp t = 0; t < n; t++)
            x[t] = FN(scale)(FN(mul)((C){y[t].re, -y[t].im}, p->w[t]), inv);
        return;
    }
    C *from = x, *to = scratch;
    fnp_intp l = 1, rest = n;
    for (int i = 0; i < p->nfactors; i++) {
        rest /= p->factors[i];
        FN(stage)(p, p->factors[i], l, rest, from, to);
        l *= p->factors[i];
        C *t = from;
        from = to;
        to = t;
    }
    if (from != x) memcpy(x, from, (size_t)n * sizeof *x);
}

/* A plan with memory for the data and scratch behind it; NULL on failure. */
static C *FN(prepare)(fnp_intp n, PLAN **plan)
{
    *plan = FN(plan_new)(n);
    if (!*plan) return NULL;
    C *mem = fnp_malloc_array(n + FN(scratch_size)(*plan) + 1, sizeof *mem);
    if (!mem) FN(plan_free)(*plan);
    return mem;
}

static void FN(complex_transform)(char **args, const fnp_intp *dims, const fnp_intp *steps,
                                  bool inverse)
{
    const fnp_intp have = dims[1], n = dims[2];
    PLAN *plan;
    C *x = FN(prepare)(n, &plan);
    if (!x) {
        fail_transforms(args[2], dims[0], steps[2], n, steps[4], 2 * sizeof(R));
        return;
    }
    for (fnp_intp k = 0; k < dims[0]; k++) {
        const char *in = args[0] + k * steps[0];
        char *out = args[2] + k * steps[2];
        const R fct = *(R *)(args[1] + k * steps[1]);
        for (fnp_intp i = 0; i < n; i++) {
            x[i] = i < have ? *(const C *)(in + i * steps[3]) : (C){0, 0};
            if (inverse) x[i].im = -x[i].im;
        }
        FN(run)(plan, x, x + n);
        for (fnp_intp i = 0; i < n; i++)
            *(C *)(out + i * steps[4]) = (C){x[i].re * fct, (inverse ? -x[i].im : x[i].im) * fct};
    }
    fnp_free(x);
    FN(plan_free)(plan);
}

static void FN(fft)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(complex_transform)(args, dims, steps, false);
}
static void FN(ifft)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(complex_transform)(args, dims, steps, true);
}

/* Spectrum of n real values: an even n through the transform of n/2 complex ones. */
static void FN(real_forward)(char **args, const fnp_intp *dims, const fnp_intp *steps, fnp_intp n)
{
    const fnp_intp have = dims[1] < n ? dims[1] : n, nout = dims[2], half = n / 2;
    const bool even = n % 2 == 0 && n > 0;
    PLAN *plan;
    C *x = FN(prepare)(even ? half : n, &plan);
    if (!x) {
        fail_transforms(args[2], dims[0], steps[2], nout, steps[4], 2 * sizeof(R));
        return;
    }
    const fnp_intp len = even ? half : n;
    C *w = even ? fnp_malloc_array(half + 1, sizeof *w) : NULL;
    for (fnp_intp i = 0; w && i <= half; i++) w[i] = FN(root)(i, n);
    for (fnp_intp k = 0; k < dims[0]; k++) {
        const char *in = args[0] + k * steps[0];
        char *out = args[2] + k * steps[2];
        const R fct = *(R *)(args[1] + k * steps[1]);
        for (fnp_intp i = 0; i < len; i++) {
            if (even) {
                x[i].re = 2 * i < have ? *(const R *)(in + 2 * i * steps[3]) : 0;
                x[i].im = 2 * i + 1 < have ? *(const R *)(in + (2 * i + 1) * steps[3]) : 0;
            } else {
                x[i] = (C){i < have ? *(const R *)(in + i * steps[3]) : 0, 0};
            }
        }
        FN(run)(plan, x, x + len);
        for (fnp_intp i = 0; i < nout; i++) {
            C r;
            if (!even) {
                r = x[i];
            } else {
                C a = x[i % half], b = x[(half - i) % half];
                C s = {(a.re + b.re) / 2, (a.im - b.im) / 2},
                  d = {(a.im + b.im) / 2, (b.re - a.re) / 2};
                r = FN(add)(s, FN(mul)(w ? w[i] : FN(root)(i, n), d));
            }
            if (i == 0 || (even && i == half)) r.im = 0;
            *(C *)(out + i * steps[4]) = FN(scale)(r, fct);
        }
    }
    fnp_free(w);
    fnp_free(x);
    FN(plan_free)(plan);
}

static void FN(rfft_even)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(real_forward)(args, dims, steps, 2 * (dims[2] - 1));
}
static void FN(rfft_odd)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    FN(real_forward)(args, dims, steps, 2 * dims[2] - 1);
}

/* n real values of half a spectrum; imaginary parts of the ends do not count. */
static void FN(irfft)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    const fnp_intp have = dims[1], n = dims[2];
    PLAN *plan;
    C *x = FN(prepare)(n, &plan);
    if (!x) {
        fail_transforms(args[2], dims[0], steps[2], n, steps[4], sizeof(R));
        return;
    }
    for (fnp_intp k = 0; k < dims[0]; k++) {
        const char *in = args[0] + k * steps[0];
        char *out = args[2] + k * steps[2];
        const R fct = *(R *)(args[1] + k * steps[1]);
        for (fnp_intp i = 0; i <= n / 2 && i < n; i++) {
            C v = i < have ? *(const C *)(in + i * steps[3]) : (C){0, 0};
            if (i == 0 || 2 * i == n) v.im = 0;
            x[i] = (C){v.re,
                       -v.im}; /* conjugated: forward transform of it, conjugated, is the inverse */
            if (i > 0 && 2 * i != n) x[n - i] = v;
        }
        FN(run)(plan, x, x + n);
        for (fnp_intp i = 0; i < n; i++) *(R *)(out + i * steps[4]) = x[i].re * fct;
    }
    fnp_free(x);
    FN(plan_free)(plan);
}

#undef CAT
#undef CAT_
#undef FN
#undef C
#undef PLAN
#undef SFX
#undef R
#undef W
#undef COS
#undef SIN
