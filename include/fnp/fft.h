/* Discrete Fourier transforms of any length, three precisions, as gufunc kernels.
 *
 * Lengths that factor into small primes take a Stockham autosort of mixed radix (Stockham 1966; Van
 * Loan, Computational Frameworks for the FFT, 1992); a large prime factor takes Bluestein's chirp
 * transform (Bluestein 1970). Twiddle factors are computed in the next wider precision.
 * The same bits on every CPU level. Thread-safe; scratch memory only while a call runs. */
#ifndef FNP_FFT_H
#define FNP_FFT_H

#include "fnp/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The transforms; types in the order f, d, g. dims {count, points in, points out}: input is cut or
 * padded with zeros. args {data, factor (real, one per transform), result}. FFT, IFFT: complex to
 * complex of dims[2] points, without scaling other than the factor. RFFT: real input, half of the
 * spectrum; the number of points is 2*(dims[2]-1) for EVEN, that plus one for ODD. IRFFT: half a
 * spectrum to dims[2] real values. */
typedef enum fnp_fft_kind {
    FNP_FFT,
    FNP_IFFT,
    FNP_RFFT_EVEN,
    FNP_RFFT_ODD,
    FNP_IRFFT,
    FNP_FFT_KINDS
} fnp_fft_kind;

/* The kernel for the transform on FNP_FLOAT, FNP_DOUBLE or FNP_LONGDOUBLE parts; steps in bytes,
 * any layout; the result may not overlap the data. NULL for other types. Without scratch memory it
 * gives NaN. */
fnp_kernel_fn *fnp_fft_kernel(fnp_fft_kind kind, int real_type_num);

/* Plans of recent lengths are kept (at most 32, at most 96 MiB); this frees those not in use, as
 * one does before another allocator is set. Thread-safe. */
void fnp_fft_forget(void);

#ifdef __cplusplus
}
#endif
#endif
