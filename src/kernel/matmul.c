/* matmul, vecdot, matvec, vecmat by our own loops; compiled once per CPU level. */
#include "kernel/tmpl/names.h"

#define TMPL "kernel/tmpl/matmul_types.h"
#define MM_INT 1
#include "kernel/tmpl/for_ints.h"
#undef MM_INT
#define MM_INT 0
#define MM_COMPLEX 0
#include "kernel/tmpl/for_floats.h"
#undef MM_COMPLEX
#define MM_COMPLEX 1
#include "kernel/tmpl/for_complex.h"
#undef MM_COMPLEX
#undef MM_INT

#define SFX b1
#define T uint8_t
#define LD(p) (*(const uint8_t *)(p) != 0)
#define ST(p, v) (*(uint8_t *)(p) = (v))
#define ACC int
#define ACC_ZERO 0
#define ACC_MULADD(s, a, b) ((s) |= (a) & (b))
#define ACC_DONE(s) (s)
#define ACC_CONJ(a) (a)
#include "kernel/tmpl/matmul_own.h"
