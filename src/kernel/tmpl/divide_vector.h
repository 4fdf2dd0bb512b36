/* Quotients and remainders, a vector at a time, of one floating-point type: with FMA the remainder
 * of a truncated quotient below 2^51 is exact, so these are the bits of the loop over elements. A
 * vector with an operand out of bounds goes through that loop, for its values and its flags: the
 * bounds are tested on the bits, before anything is computed, and keep flags from being raised. */
#ifndef FNP_DIVIDE_VECTOR_H
#define FNP_DIVIDE_VECTOR_H
#include <immintrin.h>

enum divide_want { WANT_REMAINDER, WANT_FMOD, WANT_QUOTIENT, WANT_BOTH };
#ifdef __AVX512F__
enum { DIVIDE_LANES = 8 };
#else
enum { DIVIDE_LANES = 4 };
#endif
typedef double divide_vd __attribute__((vector_size(8 * DIVIDE_LANES)));

ALWAYS divide_vd divide_trunc(divide_vd v)
{
#ifdef __AVX512F__
    return (divide_vd)_mm512_roundscale_pd((__m512d)v, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
#else
    return (divide_vd)_mm256_round_pd((__m256d)v, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
#endif
}
ALWAYS divide_vd divide_rest(divide_vd q, divide_vd y, divide_vd x)
{
#ifdef __AVX512F__
    return (divide_vd)_mm512_fnmadd_pd((__m512d)q, (__m512d)y, (__m512d)x);
#else
    return (divide_vd)_mm256_fnmadd_pd((__m256d)q, (__m256d)y, (__m256d)x);
#endif
}
#endif

#if IS_DOUBLE
#define INT int64_t
#define LEAST_BITS 0x20b0000000000000 /* 2^-500 */
#define MOST_BITS 0x5f30000000000000  /* 2^500 */
#define QUOTIENT_MOST 0x1p51
#ifdef __AVX512F__
#define FLOOR(v) _mm512_roundscale_pd((__m512d)(v), _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)
#define ANY(m) _mm512_movepi64_mask((__m512i)(m))
#else
#define FLOOR(v) _mm256_round_pd((__m256d)(v), _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)
#define ANY(m) _mm256_movemask_pd((__m256d)(m))
#endif
#else
#define INT int32_t
#define LEAST_BITS 0x21800000 /* 2^-60 */
#define MOST_BITS 0x5d800000  /* 2^60 */
#define QUOTIENT_MOST 0x1p28
#ifdef __AVX512F__
#define FLOOR(v) _mm256_round_ps((__m256)(v), _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)
#define ANY(m) _mm256_movemask_ps((__m256)(m))
#else
#define FLOOR(v) _mm_round_ps((__m128)(v), _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)
#define ANY(m) _mm_movemask_ps((__m128)(m))
#endif
#endif
typedef T FN(dv) __attribute__((vector_size(sizeof(T) * DIVIDE_LANES)));
typedef T FN(dv_loose)
    __attribute__((vector_size(sizeof(T) * DIVIDE_LANES), aligned(4), may_alias));
typedef INT FN(di) __attribute__((vector_size(sizeof(T) * DIVIDE_LANES)));
#define VT FN(dv)
#define VI FN(di)

/* False: some lane is not for vectors, and nothing was computed that raises a flag. */
ALWAYS bool FN(divide_block)(VT a, VT b, const enum divide_want want, VT *quo, VT *rem)
{
    const VI magnitude =
        (VI){0} + (INT)(((INT)1 << (8 * sizeof(T) - 2)) - 1 + ((INT)1 << (8 * sizeof(T) - 2)));
    VI sa = (VI)a & ~magnitude, sb = (VI)b & ~magnitude, xi = (VI)a & magnitude,
       yi = (VI)b & magnitude;
    VI bad =
        (yi < LEAST_BITS) | (yi > MOST_BITS) | ((xi < LEAST_BITS) & (xi != 0)) | (xi > MOST_BITS);
    if (FNP_UNLIKELY(ANY(bad))) return false;
    VT xt = (VT)xi, yt = (VT)yi;
    divide_vd x = __builtin_convertvector(xt, divide_vd),
              y = __builtin_convertvector(yt, divide_vd), q = divide_trunc(x / y);
    divide_vd r = divide_rest(q, y, x);
    if (FNP_UNLIKELY(ANY(__builtin_convertvector(q >= QUOTIENT_MOST, VI)))) return false;
    typedef int64_t wide __attribute__((vector_size(8 * DIVIDE_LANES)));
    r += (divide_vd)((wide)y & (wide)(r < 0)); /* the quotient was rounded up */
    VT m = __builtin_convertvector(r, VT);
    if (want == WANT_FMOD) {
        *rem = (VT)((VI)m | sa);
        return true;
    }
    VI turn = (sa != sb) & (m != 0);
    if (want != WANT_QUOTIENT) *rem = (VT)(((VI)(yt - m) & turn) | ((VI)m & ~turn) | sb);
    if (want != WANT_REMAINDER) {
        VT g = (xt - m) / yt;
        const VT one = (VT){0} + 1;
        g += (VT)((VI)one & turn);
        g = (VT)((VI)g | (sa ^ sb));
        VT f = (VT)FLOOR(g);
        VT up = f + (VT)((VI)one & (VI)(g - f > (T)0.5));
        *quo = (VT)(((VI)up & magnitude) | (sa ^ sb)); /* a zero keeps its sign */
    }
    return true;
}

ALWAYS VT FN(divide_load)(const char *p, fnp_intp i, fnp_intp step)
{
    if (step) return *(const FN(dv_loose) *)(p + i * (fnp_intp)sizeof(T));
    return *(const T *)p - (VT){0};
}

static __attribute__((noinline)) void FN(divide_apart)(const VT *a, const VT *b,
                                                       enum divide_want want, VT *quo, VT *rem)
{
    for (int k = 0; k < DIVIDE_LANES; k++) {
        if (want == WANT_REMAINDER) (*rem)[k] = FN(remainder)((*a)[k], (*b)[k]);
        if (want == WANT_FMOD) (*rem)[k] = FN(trunc_rem)((*a)[k], (*b)[k]);
        if (want == WANT_QUOTIENT) (*quo)[k] = FN(floor_divide)((*a)[k], (*b)[k]);
        if (want == WANT_BOTH) {
            T q;
            (*rem)[k] = FN(rem_quo)((*a)[k], (*b)[k], &q);
            (*quo)[k] = q;
        }
    }
}

/* Whole vectors of a dense call; `args` moves behind them. Returns how many elements remain. */
ALWAYS fnp_intp FN(divide_vectors)(char **args, fnp_intp n, const fnp_intp *steps,
                                   const enum divide_want want)
{
    const int nout = want == WANT_BOTH ? 2 : 1;
    for (int k = 0; k < 2 + nout; k++)
        if (steps[k] != sizeof(T) && (steps[k] || k >= 2)) return n;
    for (int k = 0; k < 2; k++)
        for (int o = 2; o < 2 + nout; o++)
            if (!k_apart(args[k], args[o]) || (!steps[k] && args[k] == args[o])) return n;
    char *a = args[0], *b = args[1], *out[2] = {args[2], args[1 + nout]};
    fnp_intp i = 0;
    for (; i + DIVIDE_LANES <= n; i += DIVIDE_LANES) {
        VT x = FN(divide_load)(a, i, steps[0]), y = FN(divide_load)(b, i, steps[1]), quo, rem;
        if (FNP_UNLIKELY(!FN(divide_block)(x, y, want, &quo, &rem))) {
            VT x2 = x, y2 = y, quo2 = {0}, rem2 = {0};
            FN(divide_apart)(&x2, &y2, want, &quo2, &rem2);
            quo = quo2;
            rem = rem2;
        }
        fnp_intp at = i * (fnp_intp)sizeof(T);
        *(FN(dv_loose) *)(out[0] + at) = want == WANT_REMAINDER || want == WANT_FMOD ? rem : quo;
        if (want == WANT_BOTH) *(FN(dv_loose) *)(out[1] + at) = rem;
    }
    for (int k = 0; k < 2 + nout; k++) args[k] += i * steps[k];
    return n - i;
}
#undef VT
#undef VI
#undef INT
#undef LEAST_BITS
#undef MOST_BITS
#undef QUOTIENT_MOST
#undef FLOOR
#undef ANY
