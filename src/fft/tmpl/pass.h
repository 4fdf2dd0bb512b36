/* Passes over planes of one precision, at one CPU level. Parameters: SFX, R, LANES (elements of
 * a vector, 0: none). */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define FN(f) CAT(f, SFX)
#define PLANES FN(planes)

typedef struct PLANES {
    R *re, *im;
} PLANES;

#if LANES > 0
typedef R FN(vec) __attribute__((vector_size(LANES * sizeof(R))));
typedef R FN(uvec) __attribute__((vector_size(LANES * sizeof(R)), aligned(sizeof(R)), may_alias));
#define V FN(vec)
#define VN(f) CAT(FN(f), v)
#include "fft/tmpl/butterfly.h"
#undef V
#undef VN
#define LOAD(p) (*(const FN(uvec) *)(p))
#define STORE(p, v) (*(FN(uvec) *)(p) = (v))
#endif
#define V R
#define VN(f) CAT(FN(f), s)
#include "fft/tmpl/butterfly.h"
#undef V
#undef VN

/* One pass; width: elements that each point has (columns side by side, a multiple of LANES, or 1).
 * A short last vector overlaps the one before. */
static inline __attribute__((always_inline)) void FN(wide)(const int f, const fft_pass *s,
                                                           fnp_intp width, PLANES a, PLANES b)
{
    const fnp_intp m = s->m, len = s->l * width, apart = len * m, all = (f - 1) * s->span;
    const R *c = s->c;
    for (fnp_intp j = 0; j < m; j++) {
        const R *w = (const R *)s->w + j * s->step;
        const R *ar = a.re + len * j, *ai = a.im + len * j;
        R *br = b.re + len * f * j, *bi = b.im + len * f * j;
        fnp_intp k = 0;
#if LANES > 0
        for (; len >= LANES && k < len; k += LANES) {
            if (k + LANES > len) k = len - LANES;
            FN(vec) re[FFT_MAX_PRIME], im[FFT_MAX_PRIME];
#pragma GCC unroll 16
            for (int q = 0; q < f; q++)
                re[q] = LOAD(ar + k + q * apart), im[q] = LOAD(ai + k + q * apart);
            CAT(FN(dft), v)(f, re, im, c);
            STORE(br + k, re[0]);
            STORE(bi + k, im[0]);
#pragma GCC unroll 16
            for (int r = 1; r < f; r++) {
                if (m > 1) {
                    const R x = w[(r - 1) * s->span], y = w[(r - 1) * s->span + all];
                    FN(vec) t = re[r];
                    re[r] = t * x - im[r] * y;
                    im[r] = t * y + im[r] * x;
                }
                STORE(br + k + r * len, re[r]);
                STORE(bi + k + r * len, im[r]);
            }
        }
#endif
        for (; k < len; k++) {
            R re[FFT_MAX_PRIME], im[FFT_MAX_PRIME];
#pragma GCC unroll 16
            for (int q = 0; q < f; q++) re[q] = ar[k + q * apart], im[q] = ai[k + q * apart];
            CAT(FN(dft), s)(f, re, im, c);
            br[k] = re[0], bi[k] = im[0];
#pragma GCC unroll 16
            for (int r = 1; r < f; r++) {
                if (m > 1) {
                    const R x = w[(r - 1) * s->span], y = w[(r - 1) * s->span + all], t = re[r];
                    re[r] = t * x - im[r] * y;
                    im[r] = t * y + im[r] * x;
                }
                br[k + r * len] = re[r], bi[k + r * len] = im[r];
            }
        }
    }
}

#if LANES > 0
/* A pass with l < FFT_NARROW and at least a vector of inputs: vectors run over columns, each with
 * turns of its own, and their elements are scattered. */
static inline __attribute__((always_inline)) void FN(narrow)(const int f, const fft_pass *s,
                                                             PLANES a, PLANES b)
{
    const fnp_intp l = s->l, apart = s->span, all = (f - 1) * apart;
    const R *c = s->c;
    for (fnp_intp p = 0; p < apart; p += LANES) {
        if (p + LANES > apart) p = apart - LANES;
        FN(vec) re[FFT_MAX_PRIME], im[FFT_MAX_PRIME];
#pragma GCC unroll 16
        for (int q = 0; q < f; q++)
            re[q] = LOAD(a.re + p + q * apart), im[q] = LOAD(a.im + p + q * apart);
        CAT(FN(dft), v)(f, re, im, c);
        if (s->m > 1) {
            const R *w = (const R *)s->w + p;
#pragma GCC unroll 16
            for (int r = 1; r < f; r++) {
                FN(vec)
                x = LOAD(w + (r - 1) * apart), y = LOAD(w + (r - 1) * apart + all), t = re[r];
                re[r] = t * x - im[r] * y;
                im[r] = t * y + im[r] * x;
            }
        }
        const R *tr = (const R *)re, *ti = (const R *)im;
        fnp_intp k = p % l, at = p - k; /* element p + i is k of column (p + i) / l */
        for (fnp_intp i = 0; i < LANES; i++) {
            R *br = b.re + at * f + k, *bi = b.im + at * f + k;
#pragma GCC unroll 16
            for (int r = 0; r < f; r++)
                br[r * l] = tr[r * LANES + i], bi[r * l] = ti[r * LANES + i];
            if (++k == l) k = 0, at += l;
        }
    }
}
#endif

#define RADICES(X) X(2) X(3) X(4) X(5) X(7) X(8) X(9) X(11) X(13)
#define WIDE(f)                                                                                    \
    static void FN(wide##f)(const fft_pass *s, fnp_intp width, PLANES a, PLANES b)                 \
    {                                                                                              \
        FN(wide)(f, s, width, a, b);                                                               \
    }
RADICES(WIDE)
static void FN(wide_any)(const fft_pass *s, fnp_intp width, PLANES a, PLANES b)
{
    FN(wide)(s->f | 1, s, width, a, b);
}
#if LANES > 0
#define NARROW(f)                                                                                  \
    static void FN(narrow##f)(const fft_pass *s, PLANES a, PLANES b)                               \
    {                                                                                              \
        FN(narrow)(f, s, a, b);                                                                    \
    }
RADICES(NARROW)
static void FN(narrow_any)(const fft_pass *s, PLANES a, PLANES b)
{
    FN(narrow)(s->f | 1, s, a, b);
}
#undef NARROW
#endif
#undef WIDE

static void FN(pass)(const fft_pass *s, fnp_intp width, PLANES a, PLANES b)
{
#if LANES > 0
    if (width == 1 && s->l < FFT_NARROW && s->span >= LANES) {
        switch (s->f) {
#define CASE(f)                                                                                    \
    case f: FN(narrow##f)(s, a, b); return;
            RADICES(CASE)
#undef CASE
        default: FN(narrow_any)(s, a, b); return;
        }
    }
#endif
    switch (s->f) {
#define CASE(f)                                                                                    \
    case f: FN(wide##f)(s, width, a, b); return;
        RADICES(CASE)
#undef CASE
    default: FN(wide_any)(s, width, a, b);
    }
}

/* Transforms `width` columns of p->n points, element c of point i at i*width + c. Both a and b have
 * p->plane * width elements. Returns that of the two where the result is. */
static PLANES FN(run)(const fft_plan *p, fnp_intp width, PLANES a, PLANES b)
{
    if (p->conv) {
        const fnp_intp n = p->n, m = p->conv->n;
        const R *w = p->chirp, *v = p->spectrum;
        for (fnp_intp t = 0; t < n; t++)
            for (fnp_intp k = t * width; k < (t + 1) * width; k++) {
                R x = a.re[k], y = a.im[k];
                a.re[k] = x * w[t] - y * w[n + t], a.im[k] = x * w[n + t] + y * w[t];
            }
        memset(a.re + n * width, 0, (size_t)((m - n) * width) * sizeof(R));
        memset(a.im + n * width, 0, (size_t)((m - n) * width) * sizeof(R));
        PLANES c = FN(run)(p->conv, width, a, b), other = c.re == a.re ? b : a;
        for (fnp_intp t = 0; t < m; t++)
            for (fnp_intp k = t * width; k < (t + 1) * width; k++) {
                R x = c.re[k], y = c.im[k];
                c.re[k] = x * v[t] - y * v[m + t], c.im[k] = x * v[m + t] + y * v[t];
            }
        /* the inverse is the transform with the planes exchanged */
        PLANES d = FN(run)(p->conv, width, (PLANES){c.im, c.re}, (PLANES){other.im, other.re});
        c = (PLANES){d.im, d.re};
        for (fnp_intp t = 0; t < n; t++)
            for (fnp_intp k = t * width; k < (t + 1) * width; k++) {
                R x = c.re[k], y = c.im[k];
                c.re[k] = x * w[t] - y * w[n + t], c.im[k] = x * w[n + t] + y * w[t];
            }
        return c;
    }
    for (int i = 0; i < p->npasses; i++) {
        FN(pass)(&p->pass[i], width, a, b);
        PLANES t = a;
        a = b, b = t;
    }
    return a;
}
#undef RADICES
