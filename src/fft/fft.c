/* The three precisions of the transforms, and what their lengths share. */
#include "fnp/fft.h"

#include "fnp/base.h"

#include <math.h>
#include <string.h>

enum { MAX_DIRECT_PRIME = 61 }; /* a stage of a larger prime costs more than the chirp transform */

/* Factors 4 first, then 2, 3, 5 and other primes; *largest is the largest prime factor. */
static int factorize(fnp_intp n, int *factors, fnp_intp *largest)
{
    int k = 0;
    *largest = 1;
    while (n % 4 == 0 && n > 0) factors[k++] = 4, n /= 4, *largest = 2;
    for (fnp_intp p = 2; n > 1; p = p == 2 ? 3 : p + 2) {
        if (p * p > n) p = n;
        while (n % p == 0) {
            if (p > *largest) *largest = p;
            if (p <= MAX_DIRECT_PRIME) factors[k++] = (int)p;
            n /= p;
        }
    }
    return k;
}

/* Least 2^a 3^b 5^c >= n. */
static fnp_intp good_size(fnp_intp n)
{
    fnp_intp best = 1;
    while (best < n) best *= 2;
    for (fnp_intp f5 = 1; f5 < best; f5 *= 5)
        for (fnp_intp f35 = f5; f35 < best; f35 *= 3) {
            fnp_intp x = f35;
            while (x < n) x *= 2;
            if (x < best) best = x;
        }
    return best;
}

/* No memory: NaN, so that nobody takes what was there for an answer. */
static void fail_transforms(char *out, fnp_intp count, fnp_intp step, fnp_intp n, fnp_intp stride,
                            size_t elsize)
{
    for (fnp_intp k = 0; k < count; k++)
        for (fnp_intp i = 0; i < n; i++) memset(out + k * step + i * stride, 0xff, elsize);
    fnp_kernel_nomem();
}

#define SFX f
#define R float
#define W double
#define COS cos
#define SIN sin
#include "fft/tmpl/fft.h"
#define SFX d
#define R double
#define W long double
#define COS cosl
#define SIN sinl
#include "fft/tmpl/fft.h"
#define SFX g
#define R long double
#define W long double
#define COS cosl
#define SIN sinl
#include "fft/tmpl/fft.h"

fnp_kernel_fn *fnp_fft_kernel(fnp_fft_kind kind, int t)
{
    static fnp_kernel_fn *const table[FNP_FFT_KINDS][3] = {{fft_f, fft_d, fft_g},
                                                           {ifft_f, ifft_d, ifft_g},
                                                           {rfft_even_f, rfft_even_d, rfft_even_g},
                                                           {rfft_odd_f, rfft_odd_d, rfft_odd_g},
                                                           {irfft_f, irfft_d, irfft_g}};
    int i = t == FNP_FLOAT ? 0 : t == FNP_DOUBLE ? 1 : t == FNP_LONGDOUBLE ? 2 : -1;
    return i < 0 ? NULL : table[kind][i];
}
