/* libnpymath.a: the functions of numpy/npy_math.h and numpy/halffloat.h, for extensions that link
 * against them. What is one of our kernels is called there, for one element; the rest is C's. */
#include <Python.h>

#include <numpy/npy_math.h>

#include <numpy/halffloat.h>

#include "fnp/base.h"
#include "fnp/half.h"

#include <complex.h>

#define KERNEL(op, sfx) fnp__k_##op##_##sfx##_v2
#define DECLARE(op, sfx)                                                                           \
    void KERNEL(op, sfx)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data);

/* The kernel of one, two or, with a second result, three operands. */
#define CALL(op, sfx, ...)                                                                         \
    do {                                                                                           \
        char *args[] = {__VA_ARGS__};                                                              \
        const fnp_intp one = 1, steps[4] = {0};                                                    \
        KERNEL(op, sfx)(args, &one, steps, NULL);                                                  \
    } while (0)
#define BY_KERNEL_1(name, op, T, sfx)                                                              \
    DECLARE(op, sfx) T name(T x)                                                                   \
    {                                                                                              \
        T r;                                                                                       \
        CALL(op, sfx, (char *)&x, (char *)&r);                                                     \
        return r;                                                                                  \
    }
#define BY_KERNEL_2(name, op, T, sfx)                                                              \
    DECLARE(op, sfx) T name(T x, T y)                                                              \
    {                                                                                              \
        T r;                                                                                       \
        CALL(op, sfx, (char *)&x, (char *)&y, (char *)&r);                                         \
        return r;                                                                                  \
    }
#define BY_KERNEL_2_2(name, op, T, sfx)                                                            \
    DECLARE(op, sfx) T name(T x, T y, T *second)                                                   \
    {                                                                                              \
        T r;                                                                                       \
        CALL(op, sfx, (char *)&x, (char *)&y, (char *)&r, (char *)second);                         \
        return r;                                                                                  \
    }

/* ---- real numbers: the suffix of the names, the type, the kernels' suffix ---- */
#define FOR_FLOATS(DO) DO(f, float, f32) DO(, double, f64) DO(l, npy_longdouble, fld)

#define OWN(s, T, sfx)                                                                             \
    BY_KERNEL_1(npy_spacing##s, spacing, T, sfx)                                                   \
    BY_KERNEL_1(npy_deg2rad##s, deg2rad, T, sfx)                                                   \
    BY_KERNEL_1(npy_rad2deg##s, degrees, T, sfx)                                                   \
    BY_KERNEL_2(npy_logaddexp##s, logaddexp, T, sfx)                                               \
    BY_KERNEL_2(npy_logaddexp2##s, logaddexp2, T, sfx)                                             \
    BY_KERNEL_2(npy_heaviside##s, heaviside, T, sfx)                                               \
    BY_KERNEL_2_2(npy_divmod##s, divmod, T, sfx)
FOR_FLOATS(OWN)

#define AS_C1(name, T, s)                                                                          \
    T npy_##name##s(T x)                                                                           \
    {                                                                                              \
        return name##s(x);                                                                         \
    }
#define AS_C2(name, T, s)                                                                          \
    T npy_##name##s(T x, T y)                                                                      \
    {                                                                                              \
        return name##s(x, y);                                                                      \
    }
#define REAL(s, T, sfx)                                                                            \
    AS_C1(sin, T, s)                                                                               \
    AS_C1(cos, T, s)                                                                               \
    AS_C1(tan, T, s)                                                                               \
    AS_C1(log2, T, s)                                                                              \
    AS_C2(hypot, T, s)                                                                             \
    AS_C2(atan2, T, s)
FOR_FLOATS(REAL)
/* of double these are macros */
#define NOT_DOUBLE(s, T)                                                                           \
    AS_C1(exp, T, s)                                                                               \
    AS_C1(sqrt, T, s)                                                                              \
    AS_C2(pow, T, s)                                                                               \
    T npy_modf##s(T x, T *whole)                                                                   \
    {                                                                                              \
        return modf##s(x, whole);                                                                  \
    }
NOT_DOUBLE(f, float)
NOT_DOUBLE(l, npy_longdouble)

/* ---- complex numbers ---- */
#define COMPLEX(s, R, T, sfx)                                                                      \
    R npy_cabs##s(T z)                                                                             \
    {                                                                                              \
        return cabs##s(z);                                                                         \
    }                                                                                              \
    R npy_carg##s(T z)                                                                             \
    {                                                                                              \
        return carg##s(z);                                                                         \
    }                                                                                              \
    BY_KERNEL_2(npy_cpow##s, power, T, sfx)                                                        \
    AS_C1(cexp, T, s)                                                                              \
    AS_C1(clog, T, s)                                                                              \
    AS_C1(csqrt, T, s)                                                                             \
    AS_C1(ccos, T, s)                                                                              \
    AS_C1(csin, T, s)                                                                              \
    AS_C1(ctan, T, s)                                                                              \
    AS_C1(ccosh, T, s)                                                                             \
    AS_C1(csinh, T, s)                                                                             \
    AS_C1(ctanh, T, s)                                                                             \
    AS_C1(cacos, T, s)                                                                             \
    AS_C1(casin, T, s)                                                                             \
    AS_C1(catan, T, s)                                                                             \
    AS_C1(cacosh, T, s)                                                                            \
    AS_C1(casinh, T, s)                                                                            \
    AS_C1(catanh, T, s)
COMPLEX(f, float, npy_cfloat, c64)
COMPLEX(, double, npy_cdouble, c128)
COMPLEX(l, npy_longdouble, npy_clongdouble, cld)

/* ---- floating-point status ---- */
int npy_get_floatstatus(void)
{
    return fnp_fp_get();
}
int npy_clear_floatstatus(void)
{
    return fnp_fp_take();
}
/* The address makes the compiler finish what computes there. */
int npy_get_floatstatus_barrier(char *p)
{
    __asm__ volatile("" : : "r"(p) : "memory");
    return fnp_fp_get();
}
int npy_clear_floatstatus_barrier(char *p)
{
    __asm__ volatile("" : : "r"(p) : "memory");
    return fnp_fp_take();
}
_Static_assert(NPY_FPE_DIVIDEBYZERO == FNP_FP_DIVIDE && NPY_FPE_OVERFLOW == FNP_FP_OVER &&
                   NPY_FPE_UNDERFLOW == FNP_FP_UNDER && NPY_FPE_INVALID == FNP_FP_INVALID,
               "status bits");
void npy_set_floatstatus_divbyzero(void)
{
    fnp_fp_raise(FNP_FP_DIVIDE);
}
void npy_set_floatstatus_overflow(void)
{
    fnp_fp_raise(FNP_FP_OVER);
}
void npy_set_floatstatus_underflow(void)
{
    fnp_fp_raise(FNP_FP_UNDER);
}
void npy_set_floatstatus_invalid(void)
{
    fnp_fp_raise(FNP_FP_INVALID);
}

/* ---- integers: the suffix of the names, type, unsigned type ---- */
#define UNSIGNED_GCD(s, T)                                                                         \
    T npy_gcd##s(T a, T b)                                                                         \
    {                                                                                              \
        while (b) {                                                                                \
            T rest = a % b;                                                                        \
            a = b;                                                                                 \
            b = rest;                                                                              \
        }                                                                                          \
        return a;                                                                                  \
    }                                                                                              \
    T npy_lcm##s(T a, T b)                                                                         \
    {                                                                                              \
        T g = npy_gcd##s(a, b);                                                                    \
        return g ? a / g * b : 0;                                                                  \
    }
UNSIGNED_GCD(u, npy_uint)
UNSIGNED_GCD(ul, npy_ulong)
UNSIGNED_GCD(ull, npy_ulonglong)
#define SIGNED_GCD(s, u, T, U)                                                                     \
    T npy_gcd##s(T a, T b)                                                                         \
    {                                                                                              \
        return (T)npy_gcd##u(a < 0 ? -(U)a : (U)a, b < 0 ? -(U)b : (U)b);                          \
    }                                                                                              \
    T npy_lcm##s(T a, T b)                                                                         \
    {                                                                                              \
        return (T)npy_lcm##u(a < 0 ? -(U)a : (U)a, b < 0 ? -(U)b : (U)b);                          \
    }
SIGNED_GCD(, u, npy_int, npy_uint)
SIGNED_GCD(l, ul, npy_long, npy_ulong)
SIGNED_GCD(ll, ull, npy_longlong, npy_ulonglong)

/* Shifts by the width or more leave nothing but the sign. */
#define SHIFTS(s, T, U)                                                                            \
    T npy_lshift##s(T a, T b)                                                                      \
    {                                                                                              \
        return (npy_ulonglong)b < 8 * sizeof(T) ? (T)((U)a << b) : 0;                              \
    }                                                                                              \
    T npy_rshift##s(T a, T b)                                                                      \
    {                                                                                              \
        T sign = a < 0 ? (T)-1 : 0;                                                                \
        return (npy_ulonglong)b < 8 * sizeof(T) ? (T)(a >> b) : sign;                              \
    }
SHIFTS(uhh, npy_ubyte, npy_ubyte)
SHIFTS(uh, npy_ushort, npy_ushort)
SHIFTS(u, npy_uint, npy_uint)
SHIFTS(ul, npy_ulong, npy_ulong)
SHIFTS(ull, npy_ulonglong, npy_ulonglong)
SHIFTS(hh, npy_byte, npy_ubyte)
SHIFTS(h, npy_short, npy_ushort)
SHIFTS(, npy_int, npy_uint)
SHIFTS(l, npy_long, npy_ulong)
SHIFTS(ll, npy_longlong, npy_ulonglong)

/* Of a negative number: the bits of its absolute value. */
#define POPCOUNT(s, T)                                                                             \
    uint8_t npy_popcount##s(T a)                                                                   \
    {                                                                                              \
        npy_ulonglong size = a < 0 ? -(npy_ulonglong)a : (npy_ulonglong)a;                         \
        return (uint8_t)__builtin_popcountll(size);                                                \
    }
POPCOUNT(uhh, npy_ubyte)
POPCOUNT(uh, npy_ushort)
POPCOUNT(u, npy_uint)
POPCOUNT(ul, npy_ulong)
POPCOUNT(ull, npy_ulonglong)
POPCOUNT(hh, npy_byte)
POPCOUNT(h, npy_short)
POPCOUNT(, npy_int)
POPCOUNT(l, npy_long)
POPCOUNT(ll, npy_longlong)

/* ---- half precision ---- */
float npy_half_to_float(npy_half h)
{
    return fnp_half_to_float(h);
}
double npy_half_to_double(npy_half h)
{
    return (double)fnp_half_to_float(h);
}
npy_half npy_float_to_half(float f)
{
    return fnp_half_from_float(f);
}
npy_half npy_double_to_half(double d)
{
    return fnp_half_from_double(d);
}
npy_uint16 npy_floatbits_to_halfbits(npy_uint32 bits)
{
    float f;
    memcpy(&f, &bits, sizeof f);
    return fnp_half_from_float(f);
}
npy_uint16 npy_doublebits_to_halfbits(npy_uint64 bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return fnp_half_from_double(d);
}
npy_uint32 npy_halfbits_to_floatbits(npy_uint16 h)
{
    float f = fnp_half_to_float(h);
    npy_uint32 bits;
    memcpy(&bits, &f, sizeof bits);
    return bits;
}
npy_uint64 npy_halfbits_to_doublebits(npy_uint16 h)
{
    double d = (double)fnp_half_to_float(h);
    npy_uint64 bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

#define COMPARE(name, op)                                                                          \
    int npy_half_##name(npy_half x, npy_half y)                                                    \
    {                                                                                              \
        return fnp_half_to_float(x) op fnp_half_to_float(y);                                       \
    }
COMPARE(eq, ==)
COMPARE(ne, !=)
COMPARE(le, <=)
COMPARE(lt, <)
COMPARE(ge, >=)
COMPARE(gt, >)
COMPARE(eq_nonan, ==)
COMPARE(lt_nonan, <)
COMPARE(le_nonan, <=)

enum { HALF_SIZE = 0x7fff, HALF_SIGN = 0x8000 };
int npy_half_iszero(npy_half h)
{
    return (h & HALF_SIZE) == 0;
}
int npy_half_isnan(npy_half h)
{
    return (h & HALF_SIZE) > NPY_HALF_PINF;
}
int npy_half_isinf(npy_half h)
{
    return (h & HALF_SIZE) == NPY_HALF_PINF;
}
int npy_half_isfinite(npy_half h)
{
    return (h & HALF_SIZE) < NPY_HALF_PINF;
}
int npy_half_signbit(npy_half h)
{
    return (h & HALF_SIGN) != 0;
}
npy_half npy_half_copysign(npy_half x, npy_half y)
{
    return (npy_half)((x & HALF_SIZE) | (y & HALF_SIGN));
}
BY_KERNEL_1(npy_half_spacing, spacing, npy_half, f16)
BY_KERNEL_2(npy_half_nextafter, nextafter, npy_half, f16)
BY_KERNEL_2_2(npy_half_divmod, divmod, npy_half, f16)
