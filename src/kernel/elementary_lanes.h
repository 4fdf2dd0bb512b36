/* elementary_vector.h's first half: vectors of the CPU level's own width, of doubles or floats.
 * What the lanes are is said before this by elementary_doubles.h or elementary_floats.h: REAL(op)
 * and WHOLE(op) are an intrinsic's name with the ending for lanes and for integers of their size.
 */
#if defined(__AVX512F__)
#define VECTOR_BYTES 64
#define VECTOR(op) _mm512_##op
#elif defined(__AVX2__) && defined(__FMA__)
#define VECTOR_BYTES 32
#define VECTOR(op) _mm256_##op
#else
#define VECTOR_BYTES 16
#define VECTOR(op) _mm_##op
#endif
enum { LANES = VECTOR_BYTES / sizeof(lane) };
typedef lane vd __attribute__((vector_size(VECTOR_BYTES)));
typedef lane_bits vi __attribute__((vector_size(VECTOR_BYTES)));
typedef lane_word vu __attribute__((vector_size(VECTOR_BYTES)));
typedef lane vd_any __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(lane)), may_alias));
/* Tables that AVX-512 keeps in registers. */
typedef lane sixteen[16] __attribute__((aligned(64)));
typedef lane thirty_two[32] __attribute__((aligned(64)));

ALWAYS vd all(lane x)
{
    return x - (vd){0};
}
/* As constants of memory: GCC would take integers there by way of the shuffles' port. */
ALWAYS vi all_bits(lane_bits x)
{
#if VECTOR_BYTES > 16
    lane d;
    memcpy(&d, &x, sizeof d);
    vd all = REAL(VECTOR(set1))(d);
    __asm__("" : "+v"(all)); /* stays what it is */
    return (vi)all;
#else
    return x - (vi){0};
#endif
}

/* Masks: bits of a register of their own, or vectors of all ones and zeros. */
#if VECTOR_BYTES == 64
typedef lane_mask vm;
ALWAYS vm less(vi a, vi b)
{
    return WHOLE_MASK(_mm512_cmplt_epi)((__m512i)a, (__m512i)b);
}
ALWAYS vm below(vi a, vi b) /* without signs */
{
    return WHOLE_MASK(_mm512_cmplt_epu)((__m512i)a, (__m512i)b);
}
ALWAYS vm same(vi a, vi b)
{
    return WHOLE_MASK(_mm512_cmpeq_epi)((__m512i)a, (__m512i)b);
}
/* Where a bit of `bits` is set. */
ALWAYS vm has(vu x, lane_bits bits)
{
    return WHOLE_MASK(_mm512_test_epi)((__m512i)x, (__m512i)all_bits(bits));
}
ALWAYS vd pick(vm mask, vd yes, vd no)
{
    return REAL(_mm512_mask_mov)(no, mask, yes);
}
ALWAYS vd kept(vm mask, vd x) /* 0 elsewhere */
{
    return REAL(_mm512_maskz_mov)(mask, x);
}
/* A bit for each lane. */
ALWAYS unsigned bits_of(vm mask)
{
    return mask;
}
ALWAYS vm both(vm a, vm b)
{
    return (vm)(a & b);
}
ALWAYS vm either(vm a, vm b)
{
    return (vm)(a | b);
}
ALWAYS vm differ(vm a, vm b)
{
    return (vm)(a ^ b);
}
ALWAYS vm not(vm a)
{
    return (vm)~a;
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
ALWAYS vd pick(vm mask, vd yes, vd no)
{
#if VECTOR_BYTES == 32
    return REAL(_mm256_blendv)(no, yes, (vd)mask);
#else
    return (vd)(((vi)yes & mask) | ((vi)no & ~mask));
#endif
}
ALWAYS vd kept(vm mask, vd x) /* 0 elsewhere */
{
    return (vd)((vi)x & mask);
}
/* A bit for each lane. */
ALWAYS unsigned bits_of(vm mask)
{
    return (unsigned)REAL(VECTOR(movemask))((vd)mask);
}
ALWAYS vm both(vm a, vm b)
{
    return a & b;
}
ALWAYS vm either(vm a, vm b)
{
    return a | b;
}
ALWAYS vm differ(vm a, vm b)
{
    return a ^ b;
}
ALWAYS vm not(vm a)
{
    return ~a;
}
#endif
ALWAYS bool every(vm mask)
{
    return bits_of(mask) == (1u << LANES) - 1;
}

/* The larger and the smaller one, of numbers, no NaNs; products that are fused; a b is taken away
 * from c by fused_less. */
#if VECTOR_BYTES > 16
ALWAYS vd larger(vd a, vd b)
{
    return REAL(VECTOR(max))(a, b);
}
ALWAYS vd smaller(vd a, vd b)
{
    return REAL(VECTOR(min))(a, b);
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return REAL(VECTOR(fmadd))(a, b, c);
}
ALWAYS vd fused_less(vd a, vd b, vd c)
{
    return REAL(VECTOR(fnmadd))(a, b, c);
}
#else
ALWAYS vd larger(vd a, vd b)
{
    return pick(a > b, a, b);
}
ALWAYS vd smaller(vd a, vd b)
{
    return pick(a < b, a, b);
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    for (int i = 0; i < LANES; i++) a[i] = K(fma, fmaf)(a[i], b[i], c[i]);
    return a;
}
ALWAYS vd fused_less(vd a, vd b, vd c)
{
    return fused(-a, b, c);
}
#endif
ALWAYS vd root(vd x)
{
    return REAL(VECTOR(sqrt))(x);
}
ALWAYS vd load_lanes(const lane *p)
{
    return *(const vd_any *)p;
}
ALWAYS void store_lanes(lane *p, vd x)
{
    *(vd_any *)p = x;
}
