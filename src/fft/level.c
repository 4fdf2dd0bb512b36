/* The transforms, compiled once per CPU level (FNP_LV); long double with the first (FNP_ONCE). No
 * contraction and the same order of operations everywhere: the same bits on every level. */
#include "fft/plan.h"

#include <stdlib.h>
#include <string.h>

enum {
    FFT_SIDE_POINTS = 128
}; /* transforms up to this length go side by side, if there are several */
typedef enum fft_shape { FFT_COMPLEX, FFT_REAL_EVEN, FFT_REAL_ODD } fft_shape;

/* No memory: NaN, so that nobody takes what was there for an answer. */
static void fail_transforms(char *out, fnp_intp count, fnp_intp step, fnp_intp n, fnp_intp stride,
                            size_t elsize)
{
    for (fnp_intp k = 0; k < count; k++)
        for (fnp_intp i = 0; i < n; i++) memset(out + k * step + i * stride, 0xff, elsize);
    fnp_kernel_nomem();
}

/* Elements of a vector, FFT_NARROW at most; and how two vectors interleave, halves low and high. */
#define LOW_2 0, 2
#define HIGH_2 1, 3
#define LOW_4 0, 4, 1, 5
#define HIGH_4 2, 6, 3, 7
#define LOW_8 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH_8 4, 12, 5, 13, 6, 14, 7, 15
#if defined(__AVX512F__)
#define WIDE_D 8
#define WIDE_F 8
#elif defined(__AVX2__)
#define WIDE_D 4
#define WIDE_F 8
#else
#define WIDE_D 2
#define WIDE_F 4
#endif

#define SFX f
#define R float
#define TYPE FFT_F
#define LANES WIDE_F
#include "fft/tmpl/pass.h"
#include "fft/tmpl/transform.h"
#define SFX d
#define R double
#define TYPE FFT_D
#define LANES WIDE_D
#include "fft/tmpl/pass.h"
#include "fft/tmpl/transform.h"
#ifdef FNP_ONCE
#define SFX g
#define R long double
#define TYPE FFT_G
#define LANES 0
#include "fft/tmpl/pass.h"
#include "fft/tmpl/transform.h"
#define THREE(k)                                                                                   \
    {                                                                                              \
        k##_f, k##_d, k##_g                                                                        \
    }
#else
#define THREE(k)                                                                                   \
    {                                                                                              \
        k##_f, k##_d, NULL                                                                         \
    }
#endif

#define TABLE_(lv) fnp__fft_##lv
#define TABLE(lv) TABLE_(lv)
fft_table TABLE(FNP_LV) = {THREE(fft), THREE(ifft), THREE(rfft_even), THREE(rfft_odd),
                           THREE(irfft)};
