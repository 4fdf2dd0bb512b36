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

/* Of vectors: FFT_NARROW elements at most. */
#if defined(__AVX512F__)
#define WIDE_D 64
#define WIDE_F 32
#elif defined(__AVX2__)
#define WIDE_D 32
#define WIDE_F 32
#else
#define WIDE_D 16
#define WIDE_F 16
#endif

#define SFX f
#define R float
#define TYPE FFT_F
#define VBYTES WIDE_F
#include "fft/tmpl/pass.h"
#include "fft/tmpl/transform.h"
#define SFX d
#define R double
#define TYPE FFT_D
#define VBYTES WIDE_D
#include "fft/tmpl/pass.h"
#include "fft/tmpl/transform.h"
#ifdef FNP_ONCE
#define SFX g
#define R long double
#define TYPE FFT_G
#define VBYTES 0
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
