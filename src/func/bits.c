/* Booleans to bits and back. */
#include "fnp/func.h"

static bool nonzero(const char *p, fnp_intp size)
{
    for (fnp_intp i = 0; i < size; i++)
        if (p[i]) return true;
    return false;
}

void fnp_packbits(const char *in, fnp_intp itemsize, fnp_intp n, fnp_intp stride, char *out,
                  fnp_intp out_stride, bool little)
{
    for (fnp_intp i = 0; i < n; i += 8, out += out_stride) {
        unsigned byte = 0;
        for (fnp_intp k = 0; k < 8 && i + k < n; k++) {
            unsigned bit = itemsize == 1 ? in[(i + k) * stride] != 0
                                         : nonzero(in + (i + k) * stride, itemsize);
            byte |= bit << (little ? k : 7 - k);
        }
        *out = (char)byte;
    }
}

void fnp_unpackbits(const char *in, fnp_intp stride, char *out, fnp_intp count, fnp_intp out_stride,
                    bool little)
{
    for (fnp_intp i = 0; i < count; i++) {
        unsigned byte = (unsigned char)in[(i / 8) * stride];
        int k = (int)(i % 8);
        out[i * out_stride] = (char)((byte >> (little ? k : 7 - k)) & 1);
    }
}
