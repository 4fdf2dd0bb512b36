/* Include the template TMPL once per floating-point type; long double only where FNP_ONCE is set.
 * T: as stored; W: as computed (half works in float); M(f): the name of libm's function for W. */
#define IS_INT 0
#define IS_SIGNED 1
#define IS_HALF 1
#define SFX f16
#define TIES_FIRST
#define T uint16_t
#define W float
#define M(fn) fn##f
#define LD(p) fnp_half_to_float(*(const uint16_t *)(p))
#define ST(p, v) (*(uint16_t *)(p) = fnp_half_from_float(v))
#include TMPL
#undef IS_HALF
#undef TIES_FIRST
#undef SFX
#undef T
#undef W
#undef LD
#undef ST
#define IS_HALF 0
#define LD(p) (*(const T *)(p))
#define ST(p, v) (*(T *)(p) = (v))
#define SFX f32
#define T float
#define W float
#include TMPL
#undef SFX
#undef T
#undef W
#undef M
#define SFX f64
#define IS_DOUBLE 1
#define T double
#define W double
#define M(fn) fn
#include TMPL
#undef SFX
#undef T
#undef W
#undef M
#undef IS_DOUBLE
#ifdef FNP_ONCE
#define SFX fld
#define IS_LONG 1
#define TIES_FIRST
#define T long double
#define W long double
#define M(fn) fn##l
#include TMPL
#undef IS_LONG
#undef TIES_FIRST
#undef SFX
#undef T
#undef W
#undef M
#endif
#undef IS_HALF
#undef IS_INT
#undef IS_SIGNED
#undef LD
#undef ST
