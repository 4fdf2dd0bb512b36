/* Tables of one precision. Parameters: SFX, R (real type), W (wider type for angles), COS, SIN of
 * W; NO_WIDER if W is R, when each root is computed alone. */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define FN(f) CAT(f, SFX)
#define ROOTS FN(roots)

/* Roots of unity of one order. */
typedef struct ROOTS {
    fnp_intp den;
    int shift;  /* an angle in eighths of a turn / den is hi << shift | lo */
    W *lo, *hi; /* pairs of cosine and sine */
} ROOTS;

static const W FN(eighth) = (W)0.78539816339744830961566084581987572L;

static bool FN(roots_init)(ROOTS *r, fnp_intp den)
{
    *r = (ROOTS){.den = den};
#ifndef NO_WIDER
    while (((fnp_intp)1 << (2 * r->shift)) < den) r->shift++;
    const fnp_intp nlo = (fnp_intp)1 << r->shift, nhi = (den >> r->shift) + 1;
    r->lo = fnp_malloc_array(2 * (nlo + nhi), sizeof(W));
    if (!r->lo) return false;
    r->hi = r->lo + 2 * nlo;
    for (fnp_intp i = 0; i < nlo + nhi; i++) {
        W t = i < nlo ? (W)i / (W)den : (W)((i - nlo) << r->shift) / (W)den;
        r->lo[2 * i] = COS(t * FN(eighth));
        r->lo[2 * i + 1] = SIN(t * FN(eighth));
    }
#endif
    return true;
}

/* exp(-2 pi i num / den), 0 <= num < den. */
static void FN(root)(const ROOTS *r, fnp_intp num, R *re, R *im)
{
    const fnp_intp den = r->den;
    int oct = 0; /* num = (oct + t / den) eighths of a turn */
    fnp_intp t = num;
    for (int i = 0; i < 3; i++) {
        oct *= 2;
        if (t >= den - t) {
            oct++;
            t -= den - t;
        } else {
            t += t;
        }
    }
    if (oct & 1) t = den - t;
#ifdef NO_WIDER
    W c = COS((W)t / (W)den * FN(eighth)), s = SIN((W)t / (W)den * FN(eighth));
#else
    const W *a = r->hi + 2 * (t >> r->shift),
            *b = r->lo + 2 * (t & (((fnp_intp)1 << r->shift) - 1));
    W c = a[0] * b[0] - a[1] * b[1], s = a[1] * b[0] + a[0] * b[1];
#endif
    W x = (oct + 1) & 2 ? s : c, y = (oct + 1) & 2 ? c : s;
    *re = (R)(oct >= 2 && oct <= 5 ? -x : x);
    *im = (R)(oct >= 4 ? y : -y);
}

static bool FN(fill_pass)(fft_plan *p, fft_pass *s, bool odd)
{
    const fnp_intp f = s->f, all = (f - 1) * s->span;
    ROOTS roots;
    if (odd) {
        R *c = table_new(p, 2 * f);
        s->c = c;
        if (!c || !FN(roots_init)(&roots, f)) return false;
        for (fnp_intp t = 0; t < f; t++) {
            FN(root)(&roots, t, &c[t], &c[f + t]);
            c[f + t] = -c[f + t];
        }
        fnp_free(roots.lo);
    }
    const fnp_intp den = s->m * f; /* w^(r l j) = exp(-2 pi i r j / den) */
    R *w = table_new(p, 2 * all + 1);
    s->w = w;
    if (!w || !FN(roots_init)(&roots, den)) return false;
    for (fnp_intp r = 1; r < f; r++)
        for (fnp_intp j = 0; j < s->m; j++) {
            R re, im, *at = w + (r - 1) * s->span + j * s->step;
            FN(root)(&roots, r * j, &re, &im); /* r j < f m */
            for (fnp_intp k = 0; k < s->step; k++) at[k] = re, at[all + k] = im;
        }
    fnp_free(roots.lo);
    return true;
}

static bool FN(fill_half)(fft_plan *p)
{
    const fnp_intp n = p->n;
    ROOTS roots;
    R *w = table_new(p, 2 * (n + 1));
    p->half = w;
    if (!w || !FN(roots_init)(&roots, 2 * n)) return false;
    for (fnp_intp i = 0; i <= n; i++) FN(root)(&roots, i, &w[i], &w[n + 1 + i]);
    fnp_free(roots.lo);
    return true;
}

/* The spectrum is left as values, already divided by the length: plan_new has them transformed. */
static bool FN(fill_chirp)(fft_plan *p)
{
    const fnp_intp n = p->n, m = p->conv->n;
    ROOTS roots;
    R *w = table_new(p, 2 * n), *x = table_new(p, 2 * m);
    p->chirp = w, p->spectrum = x;
    if (!w || !x || !FN(roots_init)(&roots, 2 * n)) return false;
    memset(x, 0, (size_t)(2 * m) * sizeof *x);
    fnp_intp square = 0; /* t^2 mod 2n */
    for (fnp_intp t = 0; t < n; t++) {
        FN(root)(&roots, square, &w[t], &w[n + t]);
        x[t] = w[t] / (R)m, x[m + t] = -w[n + t] / (R)m;
        if (t) x[m - t] = x[t], x[2 * m - t] = x[m + t];
        square += 2 * t + 1;
        square -= square >= 2 * n ? 2 * n : 0;
        square -= square >= 2 * n ? 2 * n : 0;
    }
    fnp_free(roots.lo);
    return true;
}

#undef CAT
#undef CAT_
#undef FN
#undef ROOTS
#undef SFX
#undef R
#undef W
#undef COS
#undef SIN
#undef NO_WIDER
