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

/* Two distinct chunks; short ones without a call. */
static inline void copy_chunk(char *restrict d, const char *restrict s, fnp_intp size)
{
    if (size >= 128) {
        memcpy(d, s, (size_t)size);
        return;
    }
    fnp_intp i = 0;
    if (size & 64) memcpy(d, s, 64), i = 64;
    if (size & 32) memcpy(d + i, s + i, 32), i += 32;
    if (size & 16) *(u_16 *)(d + i) = *(const u_16 *)(s + i), i += 16;
    if (size & 8) *(u_8 *)(d + i) = *(const u_8 *)(s + i), i += 8;
    if (size & 4) *(u_4 *)(d + i) = *(const u_4 *)(s + i), i += 4;
    if (size & 2) *(u_2 *)(d + i) = *(const u_2 *)(s + i), i += 2;
    if (size & 1) d[i] = s[i];
}

/* With a size that the compiler knows where it is one of the common ones. */
static inline __attribute__((always_inline)) void
gather_sized(char *base, fnp_intp extent, fnp_intp step, const char *index, fnp_intp index_step,
             char *other, fnp_intp other_step, fnp_intp n, fnp_intp size, bool scatter)
{
    for (; n > 0; n--, index += index_step, other += other_step) {
        fnp_intp k = *(const fnp_intp *)index;
        char *at = base + (k + (k >> 63 & extent)) * step;
        char *to = scatter ? at : other;
        const char *from = scatter ? other : at;
        if (__builtin_constant_p(size))
            memcpy(to, from, (size_t)size);
        else
            copy_chunk(to, from, size);
    }
}

void fnp__gather_chunks(char *base, fnp_intp extent, fnp_intp step, const char *index,
                        fnp_intp index_step, char *other, fnp_intp other_step, fnp_intp n,
                        fnp_intp size, bool scatter)
{
#define SIZED(bytes)                                                                               \
    case bytes:                                                                                    \
        if (scatter)                                                                               \
            gather_sized(base, extent, step, index, index_step, other, other_step, n, bytes,       \
                         true);                                                                    \
        else                                                                                       \
            gather_sized(base, extent, step, index, index_step, other, other_step, n, bytes,       \
                         false);                                                                   \
        return;
    switch (size) {
        SIZED(3)
        SIZED(6)
        SIZED(12)
        SIZED(24)
        SIZED(32)
        SIZED(48)
        SIZED(64)
    default:
        gather_sized(base, extent, step, index, index_step, other, other_step, n, size, scatter);
    }
#undef SIZED
}

bool fnp__indices_within(const char *index, fnp_intp index_step, fnp_intp n, fnp_intp extent,
                         fnp_intp *wrap)
{
    /* the sign of k + extent and of extent - 1 - k, neither of which can wrap unseen */
    uint64_t bad = 0, any = 0, low = (uint64_t)extent, high = low - 1;
    if (index_step == sizeof(fnp_intp)) {
        const uint64_t *k = (const uint64_t *)(const void *)index;
        for (fnp_intp i = 0; i < n; i++) {
            bad |= (k[i] + low) | (high - k[i]);
            any |= k[i];
        }
    } else {
        for (fnp_intp i = 0; i < n; i++) {
            uint64_t k = *(const uint64_t *)(const void *)(index + i * index_step);
            bad |= (k + low) | (high - k);
            any |= k;
        }
    }
    *wrap = any >> 63 ? extent : 0;
    return !(bad >> 63);
}

void fnp__index_offsets(const char *index, fnp_intp index_step, fnp_intp n, fnp_intp extent,
                        fnp_intp step, fnp_intp *offset, bool add)
{
    for (fnp_intp i = 0; i < n; i++, index += index_step) {
        fnp_intp k = *(const fnp_intp *)(const void *)index;
        k = (k + (k >> 63 & extent)) * step;
        offset[i] = add ? offset[i] + k : k;
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
