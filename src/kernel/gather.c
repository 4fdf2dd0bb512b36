/* Element copies through indices and masks. */
#include "kernel/gather.h"

#include <string.h>

typedef uint8_t u_1 __attribute__((may_alias));
typedef uint16_t u_2 __attribute__((aligned(1), may_alias));
typedef uint32_t u_4 __attribute__((aligned(1), may_alias));
typedef uint64_t u_8 __attribute__((aligned(1), may_alias));
typedef struct {
    uint64_t lo, hi;
} __attribute__((packed, may_alias)) u_16;

#define SIZE 1
#include "tmpl/gather.h"
#undef SIZE
#define SIZE 2
#include "tmpl/gather.h"
#undef SIZE
#define SIZE 4
#include "tmpl/gather.h"
#undef SIZE
#define SIZE 8
#include "tmpl/gather.h"
#undef SIZE
#define SIZE 16
#include "tmpl/gather.h"
#undef SIZE

fnp__gather_fn *fnp__gather_kernel(fnp_intp size, bool scatter)
{
    switch (size) {
    case 1: return scatter ? k_scatter_1 : k_gather_1;
    case 2: return scatter ? k_scatter_2 : k_gather_2;
    case 4: return scatter ? k_scatter_4 : k_gather_4;
    case 8: return scatter ? k_scatter_8 : k_gather_8;
    case 16: return scatter ? k_scatter_16 : k_gather_16;
    default: return NULL;
    }
}

fnp__compress_fn *fnp__compress_kernel(fnp_intp size)
{
    switch (size) {
    case 1: return k_compress_1;
    case 2: return k_compress_2;
    case 4: return k_compress_4;
    case 8: return k_compress_8;
    case 16: return k_compress_16;
    default: return NULL;
    }
}

fnp__spread_fn *fnp__spread_kernel(fnp_intp size)
{
    switch (size) {
    case 1: return k_spread_1;
    case 2: return k_spread_2;
    case 4: return k_spread_4;
    case 8: return k_spread_8;
    case 16: return k_spread_16;
    default: return NULL;
    }
}

static void k_select_any(fnp_intp n, fnp_intp size, char *out, fnp_intp out_step, const char *mask,
                         fnp_intp mask_step, const char *x, fnp_intp x_step, const char *y,
                         fnp_intp y_step)
{
    for (; n > 0; n--, out += out_step, mask += mask_step, x += x_step, y += y_step)
        memcpy(out, *mask ? x : y, (size_t)size);
}

fnp__select_fn *fnp__select_kernel(fnp_intp size)
{
    switch (size) {
    case 1: return k_select_1;
    case 2: return k_select_2;
    case 4: return k_select_4;
    case 8: return k_select_8;
    case 16: return k_select_16;
    default: return k_select_any;
    }
}

fnp_intp fnp__count_bytes(const char *mask, fnp_intp n)
{
    enum { LANES = 32, ROUNDS = 255 };
    fnp_intp total = 0, i = 0;
    while (i + LANES <= n) {
        uint8_t lane[LANES] = {0};
        for (int r = 0; r < ROUNDS && i + LANES <= n; r++, i += LANES)
            for (int k = 0; k < LANES; k++) lane[k] = (uint8_t)(lane[k] + (mask[i + k] != 0));
        for (int k = 0; k < LANES; k++) total += lane[k];
    }
    for (; i < n; i++) total += mask[i] != 0;
    return total;
}

fnp_intp fnp__positions(const char *mask, fnp_intp n, fnp_intp first, char *out, fnp_intp step)
{
    fnp_intp k = 0, last = n - 1;
    while (last >= 0 && !mask[last]) last--;
    if (step == sizeof(fnp_intp)) {
        fnp_intp *dense = (fnp_intp *)(void *)out;
        for (fnp_intp i = 0; i <= last; i++) {
            dense[k] = first + i;
            k += mask[i] != 0;
        }
        return k;
    }
    for (fnp_intp i = 0; i <= last; i++) {
        *(fnp_intp *)(void *)(out + k * step) = first + i;
        k += mask[i] != 0;
    }
    return k;
}
