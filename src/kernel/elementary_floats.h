/* elementary_vector.h's first half for vectors of floats: the same names, so that one source serves
 * both types. */
#if defined(__AVX512F__)
#define VECTOR_BYTES 64
#elif defined(__AVX2__) && defined(__FMA__)
#define VECTOR_BYTES 32
#else
#define VECTOR_BYTES 16
#endif
typedef float lane;
typedef int32_t lane_bits;
enum { LANES = VECTOR_BYTES / 4 };
typedef float vd __attribute__((vector_size(VECTOR_BYTES)));
typedef int32_t vi __attribute__((vector_size(VECTOR_BYTES)));
typedef uint32_t vu __attribute__((vector_size(VECTOR_BYTES)));
typedef float vd_any __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));
/* Sixteen entries: one register of AVX-512, two of AVX2. */
typedef float sixteen[16] __attribute__((aligned(64)));
typedef float thirty_two[32] __attribute__((aligned(64)));

#define MAGNITUDE_BITS INT32_C(0x7fffffff)
#define SIGN_BIT (INT32_C(-1) - MAGNITUDE_BITS)
#define MANTISSA 23
#define BIAS 127
#define TINY_POWER -60
#define SHIFTER 0x1.8p23f
#define INVERSE_BITS 0x7ef311c7
#define K(of_double, of_float) (of_float)

ALWAYS vd all(float x)
{
    return x - (vd){0};
}
ALWAYS vi all_bits(lane_bits x)
{
    float f;
    memcpy(&f, &x, sizeof f);
#if VECTOR_BYTES == 64
    vd all = (vd)_mm512_set1_ps(f);
    __asm__("" : "+v"(all)); /* stays what it is */
    return (vi)all;
#elif VECTOR_BYTES == 32
    vd all = (vd)_mm256_set1_ps(f);
    __asm__("" : "+x"(all));
    return (vi)all;
#else
    return x - (vi){0};
#endif
}
#if VECTOR_BYTES == 64
typedef __mmask16 vm;
enum { EVERY = 0xffff };
ALWAYS vd larger(vd a, vd b)
{
    return (vd)_mm512_max_ps((__m512)a, (__m512)b);
}
ALWAYS vd smaller(vd a, vd b)
{
    return (vd)_mm512_min_ps((__m512)a, (__m512)b);
}
ALWAYS vm less(vi a, vi b)
{
    return _mm512_cmplt_epi32_mask((__m512i)a, (__m512i)b);
}
ALWAYS vm below(vi a, vi b) /* without signs */
{
    return _mm512_cmplt_epu32_mask((__m512i)a, (__m512i)b);
}
ALWAYS vm same(vi a, vi b)
{
    return _mm512_cmpeq_epi32_mask((__m512i)a, (__m512i)b);
}
ALWAYS vm has(vu x, lane_bits bits)
{
    return _mm512_test_epi32_mask((__m512i)x, (__m512i)all_bits(bits));
}
ALWAYS vd pick(vm mask, vd yes, vd no)
{
    return (vd)_mm512_mask_mov_ps((__m512)no, mask, (__m512)yes);
}
ALWAYS vd kept(vm mask, vd x)
{
    return (vd)_mm512_maskz_mov_ps(mask, (__m512)x);
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
ALWAYS vd fused_less(vd a, vd b, vd c)
{
    return (vd)_mm512_fnmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
ALWAYS vd root(vd x)
{
    return (vd)_mm512_sqrt_ps((__m512)x);
}
ALWAYS vd look16(const sixteen table, vu j)
{
    return (vd)_mm512_permutexvar_ps((__m512i)j, _mm512_load_ps(table));
}
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j)
{
    return (vd)_mm512_maskz_permutexvar_ps(mask, (__m512i)j, _mm512_load_ps(table));
}
#elif VECTOR_BYTES == 32
ALWAYS vd larger(vd a, vd b)
{
    return (vd)_mm256_max_ps((__m256)a, (__m256)b);
}
ALWAYS vd smaller(vd a, vd b)
{
    return (vd)_mm256_min_ps((__m256)a, (__m256)b);
}
ALWAYS vd pick(vi mask, vd yes, vd no)
{
    return (vd)_mm256_blendv_ps((__m256)no, (__m256)yes, (__m256)mask);
}
ALWAYS bool every(vi mask)
{
    return _mm256_movemask_ps((__m256)mask) == 255;
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
ALWAYS vd fused_less(vd a, vd b, vd c)
{
    return (vd)_mm256_fnmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
ALWAYS vd root(vd x)
{
    return (vd)_mm256_sqrt_ps((__m256)x);
}
ALWAYS vd look16(const sixteen table, vu j)
{
    __m256 low = _mm256_permutevar8x32_ps(_mm256_load_ps(table), (__m256i)j);
    __m256 high = _mm256_permutevar8x32_ps(_mm256_load_ps(table + 8), (__m256i)j);
    return (vd)_mm256_blendv_ps(low, high, (__m256)(j << 28));
}
#else
ALWAYS vd larger(vd a, vd b)
{
    vi yes = a > b;
    return (vd)(((vi)a & yes) | ((vi)b & ~yes));
}
ALWAYS vd smaller(vd a, vd b)
{
    vi yes = a < b;
    return (vd)(((vi)a & yes) | ((vi)b & ~yes));
}
ALWAYS vd pick(vi mask, vd yes, vd no)
{
    return (vd)(((vi)yes & mask) | ((vi)no & ~mask));
}
ALWAYS bool every(vi mask)
{
    return (mask[0] & mask[1] & mask[2] & mask[3]) != 0;
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    vd r;
    for (int i = 0; i < LANES; i++) r[i] = fmaf(a[i], b[i], c[i]);
    return r;
}
ALWAYS vd fused_less(vd a, vd b, vd c)
{
    return fused(-a, b, c);
}
ALWAYS vd root(vd x)
{
    vd r;
    for (int i = 0; i < LANES; i++) r[i] = sqrtf(x[i]);
    return r;
}
ALWAYS vd look16(const sixteen table, vu j)
{
    vd r;
    for (int i = 0; i < LANES; i++) r[i] = table[j[i] & 15];
    return r;
}
#endif
#if VECTOR_BYTES < 64
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
ALWAYS vd look16_kept(vm mask, const sixteen table, vu j)
{
    return kept(mask, look16(table, j));
}
#endif
/* By the last five bits of the index; 0 outside the mask. */
ALWAYS vd look32_kept(vm mask, const thirty_two table, vu j)
{
#if VECTOR_BYTES == 64
    return (vd)_mm512_maskz_permutex2var_ps(mask, _mm512_load_ps(table), (__m512i)j,
                                            _mm512_load_ps(table + 16));
#else
    vi high = (j & 16) != 0;
    return kept(mask, pick(high, look16(table + 16, j), look16(table, j)));
#endif
}
ALWAYS vd from_ints(vi n)
{
    return __builtin_convertvector(n, vd);
}
/* The first nine bits, as a number. */
ALWAYS vd exponent_of(vi x)
{
    return from_ints(x >> MANTISSA);
}
ALWAYS vd gather_lanes(const char *p, fnp_intp stride)
{
#if VECTOR_BYTES == 64
    vi j = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return (vd)_mm512_mask_i32gather_ps(_mm512_setzero_ps(), EVERY, (__m512i)(j * (int)stride), p,
                                        1);
#elif VECTOR_BYTES == 32
    vi j = {0, 1, 2, 3, 4, 5, 6, 7};
    return (vd)_mm256_i32gather_ps((const float *)p, (__m256i)(j * (int)stride), 1);
#else
    return (vd){*(const float *)p, *(const float *)(p + stride), *(const float *)(p + 2 * stride),
                *(const float *)(p + 3 * stride)};
#endif
}
/* x: the first, third ... of the elements of a and b; y: the others. */
ALWAYS void part(vd a, vd b, vd *x, vd *y)
{
#if VECTOR_BYTES == 64
    vi even = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};
    *x = __builtin_shuffle(a, b, even);
    *y = __builtin_shuffle(a, b, even + 1);
#elif VECTOR_BYTES == 32
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6, 8, 10, 12, 14});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7, 9, 11, 13, 15});
#else
    *x = __builtin_shuffle(a, b, (vi){0, 2, 4, 6});
    *y = __builtin_shuffle(a, b, (vi){1, 3, 5, 7});
#endif
}
