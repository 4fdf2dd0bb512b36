/* The ziggurat of Marsaglia and Tsang (2000) for normal and exponential numbers. The lowest bits of
 * a word choose a layer, the highest a place in it; most places lie below the curve at once. */
#include "draw.h"
#include "ziggurat_tables.h"

static const double NORMAL_END = 3.6541528853610087963519472518;
static const double EXPONENTIAL_END = 7.69711747013104972;

static double tail_unit(const fnp_bitgen *g)
{
    return -log1p(-g->next_double(g->state));
}

/* Marsaglia 1964: beyond the end, by two exponential numbers. */
static double normal_tail(const fnp_bitgen *g)
{
    double over, y;
    do {
        over = tail_unit(g) * (1.0 / NORMAL_END);
        y = tail_unit(g);
    } while (y + y <= over * over);
    return NORMAL_END + over;
}

static inline double zig_normal(const fnp_bitgen *g)
{
    for (;;) {
        uint64_t word = g->next_uint64(g->state);
        unsigned layer = word & 255, sign = word >> 8 & 1;
        uint64_t place = word >> 9 & 0xfffffffffffff;
        double x = (double)place * normal64_step[layer];
        if (sign) x = -x;
        if (__builtin_expect(place < normal64_widest[layer], 1)) return x;
        if (layer == 0) return place >> 8 & 1 ? -normal_tail(g) : normal_tail(g);
        double low = normal64_height[layer], rise = normal64_height[layer - 1] - low;
        if (rise * g->next_double(g->state) + low < exp(-0.5 * x * x)) return x;
    }
}

static inline double zig_exponential(const fnp_bitgen *g)
{
    for (;;) {
        uint64_t word = g->next_uint64(g->state);
        unsigned layer = word >> 3 & 255;
        uint64_t place = word >> 11;
        double x = (double)place * exponential64_step[layer];
        if (__builtin_expect(place < exponential64_widest[layer], 1)) return x;
        if (layer == 0) return EXPONENTIAL_END + tail_unit(g);
        double low = exponential64_height[layer], rise = exponential64_height[layer - 1] - low;
        if (rise * g->next_double(g->state) + low < exp(-x)) return x;
    }
}

static inline float unit32(const fnp_bitgen *g)
{
    return (float)(g->next_uint32(g->state) >> 8) * 0x1p-24f;
}

static float tail_unit32(const fnp_bitgen *g)
{
    return -log1pf(-unit32(g));
}

static float normal_tail32(const fnp_bitgen *g)
{
    float over, y;
    do {
        over = tail_unit32(g) * (float)(1.0 / NORMAL_END);
        y = tail_unit32(g);
    } while (y + y <= over * over);
    return (float)NORMAL_END + over;
}

static inline float zig_normal32(const fnp_bitgen *g)
{
    for (;;) {
        uint32_t word = g->next_uint32(g->state);
        unsigned layer = word & 255, sign = word >> 8 & 1;
        uint32_t place = word >> 9;
        float x = (float)place * normal32_step[layer];
        if (sign) x = -x;
        if (__builtin_expect(place < normal32_widest[layer], 1)) return x;
        if (layer == 0) return place >> 8 & 1 ? -normal_tail32(g) : normal_tail32(g);
        float low = normal32_height[layer], rise = normal32_height[layer - 1] - low;
        if ((double)(rise * unit32(g) + low) < exp(-0.5 * (double)x * (double)x)) return x;
    }
}

static inline float zig_exponential32(const fnp_bitgen *g)
{
    for (;;) {
        uint32_t word = g->next_uint32(g->state);
        unsigned layer = word >> 1 & 255;
        uint32_t place = word >> 9;
        float x = (float)place * exponential32_step[layer];
        if (__builtin_expect(place < exponential32_widest[layer], 1)) return x;
        if (layer == 0) return (float)EXPONENTIAL_END + tail_unit32(g);
        float low = exponential32_height[layer], rise = exponential32_height[layer - 1] - low;
        if (rise * unit32(g) + low < expf(-x)) return x;
    }
}

double fnp__normal(const fnp_bitgen *g)
{
    return zig_normal(g);
}
double fnp__exponential(const fnp_bitgen *g)
{
    return zig_exponential(g);
}
void fnp_fill_normal(const fnp_bitgen *g, double *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = zig_normal(g);
}
void fnp_fill_normal_f32(const fnp_bitgen *g, float *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = zig_normal32(g);
}
void fnp_fill_exponential(const fnp_bitgen *g, double *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = zig_exponential(g);
}
void fnp_fill_exponential_f32(const fnp_bitgen *g, float *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = zig_exponential32(g);
}
void fnp_fill_exponential_inverse(const fnp_bitgen *g, double *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = -log1p(-g->next_double(g->state));
}
void fnp_fill_exponential_inverse_f32(const fnp_bitgen *g, float *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = (float)-log1p(-(double)unit32(g));
}
void fnp_fill_unit(const fnp_bitgen *g, double *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = g->next_double(g->state);
}
void fnp_fill_unit_f32(const fnp_bitgen *g, float *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = unit32(g);
}

/* As fnp__gamma, in single precision. */
static float gamma32(const fnp_bitgen *g, float shape)
{
    if (shape == 1.0f) return zig_exponential32(g);
    if (shape == 0.0f) return 0.0f;
    if (shape < 1.0f) {
        for (;;) {
            float u = unit32(g), e = zig_exponential32(g);
            if (u <= 1.0f - shape) {
                float x = powf(u, 1.0f / shape);
                if (x <= e) return x;
            } else {
                float y = -logf((1.0f - u) / shape),
                      x = powf(1.0f - shape + shape * y, 1.0f / shape);
                if (x <= e + y) return x;
            }
        }
    }
    float d = shape - 1.0f / 3.0f, c = 1.0f / sqrtf(9.0f * d);
    for (;;) {
        float x, v;
        do {
            x = zig_normal32(g);
            v = 1.0f + c * x;
        } while (v <= 0.0f);
        v = v * v * v;
        float u = unit32(g);
        if (u < 1.0f - 0.0331f * (x * x) * (x * x)) return d * v;
        if (logf(u) < 0.5f * x * x + d * (1.0f - v + logf(v))) return d * v;
    }
}

void fnp_fill_gamma_f32(const fnp_bitgen *g, float shape, float *out, fnp_intp count)
{
    for (fnp_intp i = 0; i < count; i++) out[i] = gamma32(g, shape);
}
