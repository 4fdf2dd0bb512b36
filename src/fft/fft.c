/* Which kernel a transform takes. */
#include "fft/plan.h"

fnp_kernel_fn *fnp_fft_kernel(fnp_fft_kind kind, int type_num)
{
    if (type_num == FNP_LONGDOUBLE) return fnp__fft_v2[kind][FFT_G];
    if (type_num != FNP_FLOAT && type_num != FNP_DOUBLE) return NULL;
    const fft_type t = type_num == FNP_FLOAT ? FFT_F : FFT_D;
#ifdef FNP_HAVE_V4
    if (fnp_cpu_level() >= 4) return fnp__fft_v4[kind][t];
#endif
#ifdef FNP_HAVE_V3
    if (fnp_cpu_level() >= 3) return fnp__fft_v3[kind][t];
#endif
    return fnp__fft_v2[kind][t];
}
