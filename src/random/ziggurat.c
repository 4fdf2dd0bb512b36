/* The ziggurat of Marsaglia and Tsang (2000) for normal and exponential numbers. The lowest bits of
 * a word choose a layer, the highest a place in it; most places lie below the curve at once. */
#include "draw.h"
#include "ziggurat_tables.h"

static const double NORMAL_END = 3.6541528853610087963519472518;
static const double EXPONENTIAL_END = 7.69711747013104972;

static inline float unit32(const fnp_bitgen *g)
{
    return (float)(g->next_uint32(g->state) >> 8) * 0x1p-24f;
}

#define T double
#define W uint64_t
#define FN(name) name
#define TABLE(name, column) name##64_##column
#define WORD(g) (g)->next_uint64((g)->state)
#define UNIT(g) (g)->next_double((g)->state)
#define LOG1P log1p
#define EXP exp
#define NORMAL_PLACE(word) ((word) >> 9 & 0xfffffffffffff)
#define EXPONENTIAL_LAYER(word) ((word) >> 3 & 255)
#define EXPONENTIAL_PLACE(word) ((word) >> 11)
#include "ziggurat_draw.h"

#define T float
#define W uint32_t
#define FN(name) name##32
#define TABLE(name, column) name##32_##column
#define WORD(g) (g)->next_uint32((g)->state)
#define UNIT(g) unit32(g)
#define LOG1P log1pf
#define EXP expf
#define NORMAL_PLACE(word) ((word) >> 9)
#define EXPONENTIAL_LAYER(word) ((word) >> 1 & 255)
#define EXPONENTIAL_PLACE(word) ((word) >> 9)
#include "ziggurat_draw.h"

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
