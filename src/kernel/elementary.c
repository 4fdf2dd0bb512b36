/* exp, log, tanh, arctan2 and power of float and double, and the size of complex
 * numbers; compiled once per CPU level. Vectors of
 * the level's own width, plain sums and products, and a fused product only where its bits are
 * those of the exact product's remainder: the same bits on every level. What is out of the ordinary
 * (NaNs, infinities, results that are not normal) goes to libm, for its values and its flags.
 *
 * Argument reduction with tables after Tang (Table-driven implementation of the exponential
 * function, TOMS 1989; of the logarithm function, TOMS 1990); polynomials interpolate at Chebyshev
 * nodes. All work is done in double; the measured errors are below 0.52 ulp, of tanh below 0.6. */
#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "kernel/elementary_tables.h"
#include "kernel/tmpl/names.h"

#if defined(__AVX512F__)
#define VECTOR_BYTES 64
#elif defined(__AVX2__) && defined(__FMA__)
#define VECTOR_BYTES 32
#else
#define VECTOR_BYTES 16
#endif
enum { LANES = VECTOR_BYTES / 8 };
typedef double vd __attribute__((vector_size(VECTOR_BYTES)));
typedef int64_t vi __attribute__((vector_size(VECTOR_BYTES)));
typedef uint64_t vu __attribute__((vector_size(VECTOR_BYTES)));

#define MAGNITUDE_BITS INT64_C(0x7fffffffffffffff)
#define NORMAL_BITS INT64_C(0x0010000000000000)
#define INFINITY_BITS INT64_C(0x7ff0000000000000)
#define SHIFTER 0x1.8p52 /* added and taken away: rounds to an integer, found in the low bits */

#define ODD -0x1.0000000000001p-1000 /* no result: in the place of one that libm is to give */

ALWAYS vd all(double x)
{
    return x - (vd){0};
}
ALWAYS vd pick(vi mask, vd yes, vd no)
{
    return (vd)(((vi)yes & mask) | ((vi)no & ~mask));
}
ALWAYS vi size_bits(vd x)
{
    return (vi)x & MAGNITUDE_BITS;
}
ALWAYS vd size_of(vd x)
{
    return (vd)size_bits(x);
}
ALWAYS vd with_sign(vd size, vd sign)
{
    return (vd)((vi)size | ((vi)sign & ~MAGNITUDE_BITS));
}
/* The first 27 bits: products of it and of the rest with short numbers are exact. */
ALWAYS vd front(vd x)
{
    return (vd)((vi)x & ~INT64_C(0x3ffffff));
}
#if VECTOR_BYTES == 64
ALWAYS vd look_up(const double *table, vu j)
{
    return (vd)_mm512_i64gather_pd((__m512i)j, table, 8);
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
}
ALWAYS vd root(vd x)
{
    return (vd)_mm512_sqrt_pd((__m512d)x);
}
ALWAYS bool some(vi mask)
{
    return _mm512_movepi64_mask((__m512i)mask) != 0;
}
#elif VECTOR_BYTES == 32
ALWAYS vd look_up(const double *table, vu j)
{
    return (vd)_mm256_i64gather_pd(table, (__m256i)j, 8);
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
}
ALWAYS vd root(vd x)
{
    return (vd)_mm256_sqrt_pd((__m256d)x);
}
ALWAYS bool some(vi mask)
{
    return _mm256_movemask_pd((__m256d)mask) != 0;
}
#else
ALWAYS vd look_up(const double *table, vu j)
{
    return (vd){table[j[0]], table[j[1]]};
}
ALWAYS vd fused(vd a, vd b, vd c)
{
    return (vd){fma(a[0], b[0], c[0]), fma(a[1], b[1], c[1])};
}
ALWAYS vd root(vd x)
{
    return (vd){sqrt(x[0]), sqrt(x[1])};
}
ALWAYS bool some(vi mask)
{
    return (mask[0] | mask[1]) != 0;
}
#endif

/* Whether a block may be read before any of it is written. */
ALWAYS bool block_apart(const char *p, fnp_intp sp, const char *o, fnp_intp so, fnp_intp count)
{
    intptr_t d = (intptr_t)((uintptr_t)p - (uintptr_t)o);
    fnp_intp wp = sp < 0 ? -sp : sp, wo = so < 0 ? -so : so, reach = (wp > wo ? wp : wo) * count;
    if (so == 0) return false;
    return (d == 0 && sp == so) || d >= reach || d <= -reach;
}

/* x + tail = (64 k + j) ln 2 / 64 + r: e^x is 2^k * (table[j] + table[j] * (e^r - 1)). */
typedef struct {
    vd high, part, part_low; /* table[j]; table[j] * (e^r - 1) and what both lack */
    vu scale;                /* k at the place of the exponent */
} exp_parts;
ALWAYS exp_parts exp_split(vd x, vd tail)
{
    vd z = x * 0x1.71547652b82fep+6 + SHIFTER, n = z - SHIFTER;
    vu i = (vu)z;
    vd a = x - n * 0x1.62e42fefa0000p-7, b = n * 0x1.cf79abc9e3b3ap-46 - tail;
    vd r = a - b, rest = (a - r) - b;
    vd q = 0x1.0000000000000p-1 +
           r * (0x1.5555555555555p-3 +
                r * (0x1.5555555554e8dp-5 +
                     r * (0x1.1111111110e0ep-7 +
                          r * (0x1.6c16d433b4acep-10 + r * 0x1.a01a125189dcap-13))));
    vd s = rest + r * r * q, p = r + s, p_low = (r - p) + s;
    vu j = i & 63;
    vd high = look_up(exp2_high, j), low = look_up(exp2_low, j), m = high * p, part = low + m;
    vd part_low = ((m - part) + low) + (fused(high, p, -m) + high * p_low);
    return (exp_parts){high, part, part_low, (i - j) << 46};
}
ALWAYS vd exp_joined(exp_parts e)
{
    return (vd)((vu)(e.high + e.part) + e.scale);
}

#define EXP_FINE(x) (size_bits(x) < EXP_MOST_BITS)
ALWAYS vd exp_fast(vd x)
{
    /* A square of less would underflow. */
    return exp_joined(
        exp_split((vd)((vi)x & (size_bits(x) >= INT64_C(0x3c30000000000000))), (vd){0}));
}

/* log x = base + r - r^2 / 2 + ..., with base and r + rest exact. */
typedef struct {
    vd base, base_low, r, rest;
} log_parts;
ALWAYS log_parts log_split(vd x)
{
    vu u = (vu)x, off = u - UINT64_C(0x3fe6000000000000);
    vu j = (off >> 45) & 127, k = (off + (UINT64_C(1024) << 52)) >> 52;
    vd m = (vd)(u - (off & UINT64_C(0xfff0000000000000)));
    vd kd = (vd)(k | UINT64_C(0x4330000000000000)) - (0x1p52 + 1024);
    vd head = front(m), inverse = look_up(log_inverse, j);
    vd h = head * inverse - 1, l = (m - head) * inverse, r = h + l;
    return (log_parts){kd * 0x1.62e42fefa3800p-1 + look_up(log_high, j),
                       kd * 0x1.ef35793c76730p-45 + look_up(log_low, j), r, l - (r - h)};
}
/* (log(1 + r) - r + r^2 / 2) / r^3 */
ALWAYS vd log_cubic(vd r)
{
    return 0x1.5555555555555p-2 +
           r * (-0x1.0000000000066p-2 +
                r * (0x1.9999999999a54p-3 +
                     r * (-0x1.5555554554f55p-3 +
                          r * (0x1.24924916064dap-3 +
                               r * (-0x1.00066683bc32ap-3 + r * 0x1.c72814e5fee0bp-4)))));
}

#define LOG_FINE(x) (((vi)(x) >= NORMAL_BITS) & ((vi)(x) < INFINITY_BITS))
ALWAYS vd log_fast(vd x)
{
    log_parts s = log_split(x);
    vd w = s.base + s.r, low = (s.base - w) + s.r;
    return w + (low + (s.rest + s.base_low) + s.r * s.r * (-0.5 + s.r * log_cubic(s.r)));
}

/* tanh |x| = (e^2|x| - 1) / (e^2|x| + 1), numerator and quotient with what they lack. */
#define TANH_FINE(x)                                                                               \
    (((size_bits(x) >= LEAST_BITS) | (size_bits(x) == 0)) & (size_bits(x) <= INFINITY_BITS))
ALWAYS vd tanh_fast(vd x)
{
    vi size = size_bits(x);
    vi tiny = size<INT64_C(0x3e30000000000000), large = size> INT64_C(0x4036000000000000);
    vd t = pick(large, all(22), (vd)size); /* 1, all but 2^-62 */
    t = pick(tiny, all(1), t);
    exp_parts e = exp_split(t + t, (vd){0});
    vd high = (vd)((vu)e.high + e.scale), scale = (vd)((vu)all(1) + e.scale);
    vd a = high - 1, b = scale * e.part, a2 = (high - a) - 1;
    vd num = a + b, num_low = b - (num - a) + (a2 + scale * e.part_low);
    vd den = num + 2, den_low = pick(num > 2, (num - den) + 2, (2 - den) + num) + num_low;
    vd over = 1 / den, q = num * over;
    vd left = fused(-q, den, num) + (num_low - q * den_low);
    vd y = q + left * over;
    return pick(tiny, x, with_sign(y, x));
}

/* The smaller over the larger is c + (a step that a turn by u makes), c a multiple of 1 / 64. */
#define ARCTAN2_FINE(y, x)                                                                         \
    ((size_bits(x) > INT64_C(0x20b0000000000000)) & (size_bits(x) < INT64_C(0x5f30000000000000)) & \
     (size_bits(y) > INT64_C(0x20b0000000000000)) & (size_bits(y) < INT64_C(0x5f30000000000000)))
ALWAYS vd arctan2_fast(vd y, vd x)
{
    vd ay = size_of(y), ax = size_of(x);
    vi steep = ay > ax, back = (vi)x < 0;
    vd num = pick(steep, ax, ay), den = pick(steep, ay, ax);
    vd z = num / den * 64 + SHIFTER, c = (z - SHIFTER) * 0x1p-6;
    vu j = (vu)z & 127;
    vd den_head = front(den), num_head = front(num);
    vd a = num - c * den_head, b = c * (den - den_head);
    vd n = a - b, n_low = (a - n) - b;
    vd d = den + c * num, d_low = ((den - d) + c * num_head) + c * (num - num_head);
    vd over = 1 / d, u = n * over;
    vd u_low = (fused(-u, d, n) + (n_low - u * d_low)) * over;
    vd v = u * u;
    vd p = u_low +
           u * v * (-0x1.5555555555546p-2 + v * (0x1.9999999146998p-3 - v * 0x1.248cd87234ac2p-3));
    /* The angle is base + sign * (atan c + u + p). */
    vd base = pick(steep, all(0x1.921fb54442d18p+0), (vd)((vi)all(0x1.921fb54442d18p+1) & back));
    vd base_low =
        pick(steep, all(0x1.1a62633145c07p-54), (vd)((vi)all(0x1.1a62633145c07p-53) & back));
    vd sign = pick(steep ^ back, all(-1), all(1));
    vd turn = sign * look_up(atan_high, j), su = sign * u;
    vd h = base + turn, h_low = ((base - h) + turn) + (base_low + sign * look_up(atan_low, j));
    vd r = h + su;
    return with_sign(r + (((h - r) + su) + (h_low + sign * p)), y);
}

/* e^(y log x), the logarithm with 68 bits. The product's size is known only on the way: where it is
 * too large, an infinity or a NaN. */
#define POWER_FINE(x, y)                                                                           \
    (LOG_FINE(x) & (size_bits(y) > INT64_C(0x3c30000000000000)) &                                  \
     (size_bits(y) < INT64_C(0x43b0000000000000)))
ALWAYS vd power_fast(vd x, vd y, int64_t most)
{
    log_parts s = log_split(x);
    vd r = s.r, w = s.base + r, low = (s.base - w) + r;
    vd square = r * r, half = -0.5 * square, square_low = fused(r, r, -square);
    vd t = w + half;
    low += ((w - t) + half) + (s.rest + s.base_low) - (0.5 * square_low + r * s.rest) +
           square * r * log_cubic(r);
    vd l = t + low, l_low = low - (l - t);
    vd e = y * l, e_low = fused(y, l, -e) + y * l_low;
    vi size = size_bits(e);
    vi tiny = size < INT64_C(0x3c30000000000000), far = size >= most;
    vi plain = ~(tiny | far);
    vd z = exp_joined(exp_split((vd)((vi)e & plain), (vd)((vi)e_low & plain)));
    return (vd)((vi)z | (far & INFINITY_BITS));
}

/* |x + iy|: the larger part times sqrt(1 + ratio^2), so that nothing overflows that need not. */
#define LENGTH_FINE(x, y)                                                                          \
    ((size_bits(x) < INFINITY_BITS) & (size_bits(y) < INFINITY_BITS) &                             \
     ((size_bits(x) | size_bits(y)) != 0))
ALWAYS vd length_fast(vd x, vd y)
{
    vi less = size_bits(x) < size_bits(y);
    vd large = pick(less, size_of(y), size_of(x)), small = pick(less, size_of(x), size_of(y));
    /* 2^-60 of the larger part adds nothing, and a ratio may not underflow. */
    vd ratio = (vd)((vi)small & ((vi)large - (vi)small < INT64_C(60) << 52)) / large;
    return large * root(fused(ratio, ratio, all(1)));
}
static double length_slow(double x, double y)
{
    int64_t a, b; /* a comparison of floats would raise a flag for a NaN */
    x = fabs(x), y = fabs(y);
    memcpy(&a, &x, sizeof a);
    memcpy(&b, &y, sizeof b);
    if (a == INFINITY_BITS || b == INFINITY_BITS) return INFINITY;
    return x + y; /* NaNs and zeros */
}

#define SFX f64
#define T double
#define M(fn) fn
#define EXP_MOST_BITS INT64_C(0x4086200000000000) /* 708 */
#define LEAST_BITS NORMAL_BITS
#include "kernel/tmpl/elementary.h"
#define TWO
#define OP length
#define FINE(x, y) LENGTH_FINE(x, y)
#define FAST(x, y) length_fast(x, y)
#define SAFE 1.0
#define SLOW(x, y) length_slow(x, y)
#include "kernel/tmpl/blocks.h"
#undef TWO
/* The parts are two operands. */
HIDDEN_KERNEL void K_CAT3(absolute, c128, FNP_LV)(KERNEL_ARGS)
{
    char *parts[3] = {args[0], args[0] + sizeof(double), args[1]};
    fnp_intp strides[3] = {steps[0], steps[0], steps[1]};
    KN(length)(parts, dims, strides, data);
}
#undef SFX
#undef T
#undef M
#undef EXP_MOST_BITS
#undef LEAST_BITS
#define SFX f32
#define T float
#define M(fn) fn##f
#define EXP_MOST_BITS INT64_C(0x4055c00000000000) /* 87 */
#define LEAST_BITS INT64_C(0x3810000000000000)    /* 2^-126 */
#include "kernel/tmpl/elementary.h"
