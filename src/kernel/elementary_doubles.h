/* elementary_vector.h's first half for vectors of doubles. */
#if defined(__AVX512F__)
#define VECTOR_BYTES 64
#elif defined(__AVX2__) && defined(__FMA__)
#define VECTOR_BYTES 32
#else
#define VECTOR_BYTES 16
#endif
enum { LANES = VECTOR_BYTES / 8 };
typedef double lane;
typedef int64_t lane_bits;
typedef double vd __attribute__((vector_size(VECTOR_BYTES)));
typedef int64_t vi __attribute__((vector_size(VECTOR_BYTES)));
typedef uint64_t vu __attribute__((vector_size(VECTOR_BYTES)));
typedef double vd_any __attribute__((vector_size(VECTOR_BYTES), aligned(8), may_alias));
typedef float vf_any __attribute__((vector_size(VECTOR_BYTES / 2), aligned(4), may_alias));
/* Sixteen entries, which AVX-512 keeps in two registers. */
typedef double sixteen[16] __attribute__((aligned(64)));
typedef double thirty_two[32] __attribute__((aligned(64)));

#define MAGNITUDE_BITS INT64_C(0x7fffffffffffffff)
#define SIGN_BIT (INT64_C(-1) - MAGNITUDE_BITS)
#define MANTISSA 52
#define BIAS 1023
#define TINY_POWER -500
#define SHIFTER 0x1.8p52 /* added and taken away: rounds to an integer, found in the low bits */
#define INVERSE_BITS 0x7fde6238502484ba
#define K(of_double, of_float) (of_double)

ALWAYS vd all(double x)
{
    return x - (vd){0};
}
/* As constants of memory: GCC would take integers there by way of the shuffles' port. */
ALWAYS vi all_bits(lane_bits x)
{
    double d;
    memcpy(&d, &x, sizeof d);
#if VECTOR_BYTES == 64
    vd all = (vd)_mm512_set1_pd(d);
    __asm__("" : "+v"(all)); /* stays what it is */
    return (vi)all;
#elif VECTOR_BYTES == 32
    vd all = (vd)_mm256_set1_pd(d);
    __asm__("" : "+x"(all));
    return (vi)all;
#else
    return x - (vi){0};
#endif
}
/* Of numbers, no NaNs. */
ALWAYS vd larger(vd a, vd b)
{
#if VECTOR_BYTES == 64
    return (vd)_mm512_max_pd((__m512d)a, (__m512d)b);
#elif VECTOR_BYTES == 32
    return (vd)_mm256_max_pd((__m256d)a, (__m256d)b);
#else
    vi yes = a > b;
    return (vd)(((vi)a & yes) | ((vi)b & ~yes));
#endif
}
ALWAYS vd smaller(vd a, vd b)
{
#if VECTOR_BYTES == 64
    return (vd)_mm512_min_pd((__m512d)a, (__m512d)b);
#elif VECTOR_BYTES == 32
    return (vd)_mm256_min_pd((__m256d)a, (__m256d)b);
#else
    vi yes = a < b;
    return (vd)(((vi)a & yes) | ((vi)b & ~yes));
#endif
}

/* Masks: bits of a register of their own, or vectors of all ones and zeros. */
#if VECTOR_BYTES == 64
typedef __mmask8 vm;
enum { EVERY = 0xff };
ALWAYS vm less(vi a, vi b)
{
    return _mm512_cmplt_epi64_mask((__m512i)a, (__m512i)b);
}
ALWAYS vm below(vi a, vi b) /* without signs */
{
    return _mm512_cmplt_epu64_mask((__m512i)a, (__m512i)b);
}
ALWAYS vm same(vi a, vi b)
{
    return _mm512_cmpeq_epi64_mask((__m512i)a, (__m512i)b);
}
/* Where a bit of `bits` is set. */
ALWAYS vm has(vu x, lane_bits bits)
{
    return _mm512_test_epi64_mask((__m512i)x, (__m512i)all_bits(bits));
}
ALWAYS vd pick(vm mask, vd yes, vd no)
{
    return (vd)_mm512_mask_mov_pd((__m512d)no, mask, (__m512d)yes);
}
ALWAYS vd kept(vm mask, vd x)
{
    return (vd)_mm512_maskz_mov_pd(mask, (__m512d)x);
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
}
ALWAYS vd fused_less(vd a, vd b, vd c) /* c - a b */
{
    return (vd)_mm512_fnmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
}
ALWAYS vd root(vd x)
{
    return (vd)_mm512_sqrt_pd((__m512d)x);
}
ALWAYS vd look_up(const double *table, vu j)
{
    /* (Into zeros: into what a register held before, it would wait for that.) */
    return (vd)_mm512_mask_i64gather_pd(_mm512_setzero_pd(), 0xff, (__m512i)j, table, 8);
}
/* By the last four bits of the index. */
ALWAYS vd look16(const sixteen table, vu j)
{
    return (vd)_mm512_permutex2var_pd(_mm512_load_pd(table), (__m512i)j, _mm512_load_pd(table + 8));
}
/* By the last five bits. */
ALWAYS vd look32(const thirty_two table, vu j)
{
    return pick(has(j, 16), look16(table + 16, j), look16(table, j));
}
/* The first twelve bits, as a number. */
ALWAYS vd exponent_of(vi x)
{
    return (vd)_mm512_cvtepi64_pd((__m512i)(x >> 52));
}
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j) /* 0 elsewhere */
{
    return (vd)_mm512_maskz_permutex2var_pd(mask, _mm512_load_pd(table), (__m512i)j,
                                            _mm512_load_pd(table + 8));
}
ALWAYS vd load_floats(const float *p)
{
    return (vd)_mm512_cvtps_pd(_mm256_loadu_ps(p));
}
ALWAYS void store_floats(float *p, vd x)
{
    _mm256_storeu_ps(p, _mm512_cvtpd_ps((__m512d)x));
}
#else
typedef vi vm;
ALWAYS vm less(vi a, vi b)
{
    return a < b;
}
ALWAYS vm below(vi a, vi b) /* without signs */
{
    return (a ^ all_bits(SIGN_BIT)) < (b ^ all_bits(SIGN_BIT));
}
ALWAYS vm same(vi a, vi b)
{
    return a == b;
}
ALWAYS vm has(vu x, lane_bits bits)
{
    return ((vi)x & all_bits(bits)) != 0;
}
ALWAYS vd kept(vm mask, vd x)
{
    return (vd)((vi)x & mask);
}
ALWAYS vd exponent_of(vi x)
{
    vu k = ((vu)x + (vu)all_bits(INT64_C(1) << 62)) >> 52; /* the exponent and 1024 */
    return (vd)(k | (vu)all_bits(INT64_C(0x4330000000000000))) - (0x1p52 + 1024);
}
#if VECTOR_BYTES == 32
ALWAYS vd pick(vm mask, vd yes, vd no)
{
    return (vd)_mm256_blendv_pd((__m256d)no, (__m256d)yes, (__m256d)mask);
}
ALWAYS bool every(vm mask)
{
    return _mm256_movemask_pd((__m256d)mask) == 15;
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
}
ALWAYS vd fused_less(vd a, vd b, vd c) /* c - a b */
{
    return (vd)_mm256_fnmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
}
ALWAYS vd root(vd x)
{
    return (vd)_mm256_sqrt_pd((__m256d)x);
}
ALWAYS vd look_up(const double *table, vu j)
{
    return (vd)_mm256_i64gather_pd(table, (__m256i)j, 8);
}
ALWAYS vd load_floats(const float *p)
{
    return (vd)_mm256_cvtps_pd(_mm_loadu_ps(p));
}
ALWAYS void store_floats(float *p, vd x)
{
    _mm_storeu_ps(p, _mm256_cvtpd_ps((__m256d)x));
}
#else
ALWAYS vd pick(vm mask, vd yes, vd no)
{
    return (vd)(((vi)yes & mask) | ((vi)no & ~mask));
}
ALWAYS bool every(vm mask)
{
    return (mask[0] & mask[1]) != 0;
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd){fma(a[0], b[0], c[0]), fma(a[1], b[1], c[1])};
}
ALWAYS vd fused_less(vd a, vd b, vd c) /* c - a b */
{
    return fused(-a, b, c);
}
ALWAYS vd root(vd x)
{
    return (vd){sqrt(x[0]), sqrt(x[1])};
}
ALWAYS vd look_up(const double *table, vu j)
{
    return (vd){table[j[0]], table[j[1]]};
}
ALWAYS vd load_floats(const float *p)
{
    return (vd){p[0], p[1]};
}
ALWAYS void store_floats(float *p, vd x)
{
    p[0] = (float)x[0];
    p[1] = (float)x[1];
}
#endif
ALWAYS vd look16(const sixteen table, vu j)
{
    return look_up(table, j & 15);
}
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j) /* 0 elsewhere */
{
    return kept(mask, look16(table, j));
}
ALWAYS vd look32(const thirty_two table, vu j)
{
    return look_up(table, j & 31);
}
#endif
/* x: the first, third ... of the elements of a and b; y: the others. */
ALWAYS void part(vd a, vd b, vd *x, vd *y)
{
#if VECTOR_BYTES == 64
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6, 8, 10, 12, 14});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7, 9, 11, 13, 15});
#elif VECTOR_BYTES == 32
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7});
#else
    *x = __builtin_shuffle(a, b, (vi){0, 2});
    *y = __builtin_shuffle(a, b, (vi){1, 3});
#endif
}
ALWAYS vd gather_lanes(const char *p, fnp_intp stride)
{
#if VECTOR_BYTES == 64
    vi j = {0, 1, 2, 3, 4, 5, 6, 7};
    return (vd)_mm512_mask_i64gather_pd(_mm512_setzero_pd(), EVERY, (__m512i)(j * stride), p, 1);
#elif VECTOR_BYTES == 32
    vi j = {0, 1, 2, 3};
    return (vd)_mm256_i64gather_pd((const double *)p, (__m256i)(j * stride), 1);
#else
    return (vd){*(const double *)p, *(const double *)(p + stride)};
#endif
}
ALWAYS vd gather_floats(const char *p, fnp_intp stride)
{
#if VECTOR_BYTES == 64
    vi j = {0, 1, 2, 3, 4, 5, 6, 7};
    return (vd)_mm512_cvtps_pd(_mm512_i64gather_ps((__m512i)(j * stride), p, 1));
#elif VECTOR_BYTES == 32
    vi j = {0, 1, 2, 3};
    return (vd)_mm256_cvtps_pd(_mm256_i64gather_ps((const float *)p, (__m256i)(j * stride), 1));
#else
    return (vd){*(const float *)p, *(const float *)(p + stride)};
#endif
}
