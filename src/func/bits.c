/* Booleans to bits and back; correlation. */
#include "fnp/func.h"
#include "kernel/dense.h"

static bool nonzero(const char *p, fnp_intp size)
{
    for (fnp_intp i = 0; i < size; i++)
        if (p[i]) return true;
    return false;
}

void fnp_packbits(const char *in, fnp_intp itemsize, fnp_intp n, fnp_intp stride, char *out,
                  fnp_intp out_stride, bool little)
{
    fnp_intp i = 0;
    if (itemsize == 1 && stride == 1 && out_stride == 1) {
        fnp__pack_bytes((const uint8_t *)in, n / 8, (uint8_t *)out, little);
        i = n & ~(fnp_intp)7;
        out += n / 8;
    }
    for (; i < n; i += 8, out += out_stride) {
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
    fnp_intp i = 0;
    if (stride == 1 && out_stride == 1) {
        fnp__unpack_bytes((const uint8_t *)in, count / 8, (uint8_t *)out, little);
        i = count & ~(fnp_intp)7;
    }
    for (; i < count; i++) {
        unsigned byte = (unsigned char)in[(i / 8) * stride];
        int k = (int)(i % 8);
        out[i * out_stride] = (char)((byte >> (little ? k : 7 - k)) & 1);
    }
}

bool fnp_correlate(int type_num, const void *a, fnp_intp n, const void *v, fnp_intp m,
                   fnp_intp left, void *out, fnp_intp len)
{
    return fnp__slide(type_num, a, n, v, m, left, out, len);
}
