/* What a sum of products is kept in, by kind of type. */
#if MM_INT
#define ACC U
#define ACC_ZERO 0
#define ACC_MULADD(s, a, b) ((s) = (U)((s) + 1u * (U)(a) * (U)(b)))
#define ACC_DONE(s) ((T)(s))
#define ACC_CONJ(a) (a)
#elif MM_COMPLEX
#define ACC T
#define ACC_ZERO                                                                                   \
    {                                                                                              \
        0, 0                                                                                       \
    }
#define ACC_MULADD(s, a, b)                                                                        \
    do {                                                                                           \
        T p_ = (a), q_ = (b);                                                                      \
        (s).re += p_.re * q_.re - p_.im * q_.im;                                                   \
        (s).im += p_.re * q_.im + p_.im * q_.re;                                                   \
    } while (0)
#define ACC_DONE(s) (s)
#define ACC_CONJ(a) ((T){(a).re, -(a).im})
#else
#define ACC W
#define ACC_ZERO 0
#define ACC_MULADD(s, a, b) ((s) += (a) * (b))
#define ACC_DONE(s) (s)
#define ACC_CONJ(a) (a)
#endif
#include "kernel/tmpl/matmul_own.h"
