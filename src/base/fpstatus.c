/* Sticky floating-point flags. On x86-64 float and double run on SSE (mxcsr) and long double on x87
 * (its status word); bits 0..5 of both mean invalid, denormal, divide, overflow, underflow,
 * inexact. Clearing x87 is slow, so it happens only if one of its flags is up. */
#include "fnp/base.h"

#if defined(__x86_64__)

static inline unsigned mxcsr_get(void)
{
    unsigned v;
    __asm__ volatile("stmxcsr %0" : "=m"(v)::"memory");
    return v;
}

static inline void mxcsr_set(unsigned v)
{
    __asm__ volatile("ldmxcsr %0" ::"m"(v) : "memory");
}

static inline unsigned x87_get(void)
{
    unsigned short v;
    __asm__ volatile("fnstsw %0" : "=a"(v)::"memory");
    return v;
}

/* Inexact and denormal are nobody's business and stay up once they are: nearly every sum raises
 * them, and writing the register costs as much as a small call. */
enum { HW_INVALID = 1, HW_DIVIDE = 4, HW_OVER = 8, HW_UNDER = 16, HW_OURS = 0x1d };

static inline int from_hardware(unsigned hw)
{
    /* divide, over, under are bits 2..4 in the hardware and 0..2 here */
    return (int)((hw >> 2 & 7) | (hw & HW_INVALID) << 3);
}

int fnp_fp_get(void)
{
    return from_hardware(mxcsr_get() | x87_get());
}

void fnp_fp_clear(void)
{
    unsigned sse = mxcsr_get();
    if (sse & HW_OURS) mxcsr_set(sse & ~(unsigned)HW_OURS);
    if (FNP_UNLIKELY(x87_get() & HW_OURS)) __asm__ volatile("fnclex" ::: "memory");
}

int fnp_fp_take(void)
{
    unsigned sse = mxcsr_get(), x87 = x87_get();
    if (sse & HW_OURS) mxcsr_set(sse & ~(unsigned)HW_OURS);
    if (FNP_UNLIKELY(x87 & HW_OURS)) __asm__ volatile("fnclex" ::: "memory");
    return from_hardware(sse | x87);
}

void fnp_fp_raise(int flags)
{
    unsigned hw = ((unsigned)flags & 7) << 2 | ((unsigned)flags >> 3 & 1);
    if (hw) mxcsr_set(mxcsr_get() | hw);
}

#else
#include <fenv.h>

int fnp_fp_get(void)
{
    int f = fetestexcept(FE_ALL_EXCEPT);
    return (f & FE_DIVBYZERO ? FNP_FP_DIVIDE : 0) | (f & FE_OVERFLOW ? FNP_FP_OVER : 0) |
           (f & FE_UNDERFLOW ? FNP_FP_UNDER : 0) | (f & FE_INVALID ? FNP_FP_INVALID : 0);
}

void fnp_fp_clear(void)
{
    feclearexcept(FE_ALL_EXCEPT);
}

int fnp_fp_take(void)
{
    int f = fnp_fp_get();
    if (f) feclearexcept(FE_ALL_EXCEPT);
    return f;
}

void fnp_fp_raise(int flags)
{
    feraiseexcept(
        (flags & FNP_FP_DIVIDE ? FE_DIVBYZERO : 0) | (flags & FNP_FP_OVER ? FE_OVERFLOW : 0) |
        (flags & FNP_FP_UNDER ? FE_UNDERFLOW : 0) | (flags & FNP_FP_INVALID ? FE_INVALID : 0));
}
#endif
