/* One pair of numeric types: convert<S,D>(x) and the strided loop k_cast_S_D. */
#include "cast_dst.h"

static inline D_T PASTE(convert_, S_SFX, _, D_SFX)(S_T x)
{
#if S_KIND == NT_COMPLEX && D_KIND == NT_COMPLEX
    return (D_T){(D_PART)x.re, (D_PART)x.im};
#elif S_KIND == NT_COMPLEX && D_KIND == NT_BOOL
    return x.re != 0 || x.im != 0;
#else
    /* v: the source as a plain number */
#if S_KIND == NT_BOOL
    int v = x != 0;
#elif S_KIND == NT_COMPLEX
    S_PART v = x.re;
#elif S_KIND == NT_HALF && (D_KIND == NT_DOUBLE || D_KIND == NT_LONGDOUBLE)
    double v = half_to_f64(x);
#elif S_KIND == NT_HALF && D_KIND == NT_COMPLEX
    D_PART v = sizeof(D_PART) > 4 ? (D_PART)half_to_f64(x) : half_to_f32(x);
#elif S_KIND == NT_HALF && (D_KIND == NT_HALF || D_KIND == NT_BOOL)
    uint16_t v = x;
#elif S_KIND == NT_HALF
    float v = half_to_f32(x);
#else
    S_T v = x;
#endif

#if D_KIND == NT_COMPLEX
    return (D_T){(D_PART)v, 0};
#elif D_KIND == NT_BOOL && S_KIND == NT_HALF
    return (v & 0x7fffu) != 0;
#elif D_KIND == NT_BOOL
    return v != 0;
#elif D_KIND == NT_HALF && S_KIND == NT_HALF
    return v;
#elif D_KIND == NT_HALF && (S_KIND == NT_DOUBLE || S_KIND == NT_LONGDOUBLE)
    return half_from_f64((double)v);
#elif D_KIND == NT_HALF && S_KIND == NT_COMPLEX
    return sizeof v > 4 ? half_from_f64((double)v) : half_from_f32((float)v);
#elif D_KIND == NT_HALF
    return half_from_f32((float)v);
#elif D_KIND == NT_U32 && S_KIND >= NT_HALF
    return (uint32_t)(int64_t)v;
#elif D_KIND == NT_U64 && S_KIND >= NT_HALF
    return v >= 0x1p63f ? (uint64_t)(int64_t)(v - 0x1p63f) ^ (uint64_t)1 << 63
                        : (uint64_t)(int64_t)v;
#else
    return (D_T)v;
#endif
#endif
}

#if D_KIND == NT_U32 &&                                                                            \
    (S_KIND == NT_FLOAT || S_KIND == NT_DOUBLE || (S_KIND == NT_COMPLEX && S_ID < 15))
/* Floats out of range that come in whole fours become what vector instructions make of them, as in
 * NumPy; the others, and the last four of complex numbers, do not. */
static inline uint32_t PASTE(in_run_, S_SFX, _, D_SFX)(S_T x)
{
#if S_KIND == NT_COMPLEX
    S_PART v = x.re;
#else
    S_T v = x;
#endif
    return v >= 0x1p31f ? (uint32_t)(int32_t)(v - 0x1p31f) ^ 0x80000000u : (uint32_t)(int32_t)v;
}
#define FOURS(n) (S_KIND != NT_COMPLEX ? (n) & ~3 : S_ID == 14 && (n) < 6 ? 0 : ((n)-1) & ~3)
#endif

static void PASTE(k_cast_, S_SFX, _, D_SFX)(char **args, const fnp_intp *dims,
                                            const fnp_intp *steps, void *data)
{
    fnp_intp n = dims[0], ss = steps[0], ds = steps[1];
    const char *src = args[0];
    char *dst = args[1];
    if (ss == sizeof(S_T) && ds == sizeof(D_T) && n > 1) {
        const S_T *restrict s = (const S_T *)src;
        D_T *restrict d = (D_T *)dst;
#if defined(__F16C__) && S_ID == 10 && D_ID == 9
        half_run_from_f32((const half_loose_f32 *)src, (half_loose_u16 *)dst, n);
        return;
#elif defined(__AVX2__) && defined(__F16C__) && S_ID == 11 && D_ID == 9
        half_run_from_f64((const half_loose_f64 *)src, (half_loose_u16 *)dst, n);
        return;
#elif defined(__F16C__) && S_ID == 9 && D_ID == 10
        half_run_to_f32((const half_loose_u16 *)src, (half_loose_f32 *)dst, n);
        return;
#endif
        fnp_intp i = 0;
#ifdef FOURS
        for (fnp_intp end = FOURS(n); i < end; i++) d[i] = PASTE(in_run_, S_SFX, _, D_SFX)(s[i]);
#endif
        for (; i < n; i++) d[i] = PASTE(convert_, S_SFX, _, D_SFX)(s[i]);
        return;
    }
    for (fnp_intp i = 0; i < n; i++, src += ss, dst += ds)
        *(D_T *)dst = PASTE(convert_, S_SFX, _, D_SFX)(*(const S_T *)src);
}
#undef FOURS
