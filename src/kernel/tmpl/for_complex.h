/* Include the template TMPL once per complex type. T: the pair; R: its part; M(f): libm's function
 * for R. */
#define LD(p) (*(const T *)(p))
#define ST(p, v) (*(T *)(p) = (v))
#define W T
#define SFX c64
#define T fnp_c64
#define R float
#define M(fn) fn##f
#include TMPL
#undef SFX
#undef T
#undef R
#undef M
#define SFX c128
#define IS_DOUBLE 1
#define T fnp_c128
#define R double
#define M(fn) fn
#include TMPL
#undef IS_DOUBLE
#undef SFX
#undef T
#undef R
#undef M
#ifdef FNP_ONCE
#define SFX cld
#define IS_LONG 1
#define T fnp_cld
#define R long double
#define M(fn) fn##l
#include TMPL
#undef IS_LONG
#undef SFX
#undef T
#undef R
#undef M
#endif
#undef W
#undef LD
#undef ST
