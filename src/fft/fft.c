/* Which kernel a transform takes. */
#include "fft/plan.h"
#include "kernel/level_symbols.h"

fnp_kernel_fn *fnp_fft_kernel(fnp_fft_kind kind, int type_num)
{
    if (type_num == FNP_LONGDOUBLE) return fnp__fft_v2[kind][FFT_G];
    if (type_num != FNP_FLOAT && type_num != FNP_DOUBLE) return NULL;
    const fft_type t = type_num == FNP_FLOAT ? FFT_F : FFT_D;
    return BY_LEVEL(fnp__fft)[kind][t];
}
