/* Copies through indices and masks for elements of SIZE bytes. */
#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define T CAT(u_, SIZE)

static void CAT(k_gather_, SIZE)(char *base, fnp_intp extent, fnp_intp step, const char *index,
                                 fnp_intp index_step, char *other, fnp_intp other_step, fnp_intp n)
{
    if (index_step == sizeof(fnp_intp) && step == SIZE && other_step == SIZE) {
        const fnp_intp *restrict ix = (const fnp_intp *)index;
        const T *restrict s = (const T *)base;
        T *restrict d = (T *)other;
        if (extent == 0) {
#pragma GCC unroll 4
            for (fnp_intp i = 0; i < n; i++) d[i] = s[ix[i]];
            return;
        }
#pragma GCC unroll 4
        for (fnp_intp i = 0; i < n; i++) {
            fnp_intp k = ix[i];
            k += k >> 63 & extent;
            d[i] = s[k];
        }
        return;
    }
    if (index_step == sizeof(fnp_intp) && step == 1 && other_step == SIZE && extent == 0) {
        const fnp_intp *restrict ix = (const fnp_intp *)index;
        T *restrict d = (T *)other;
#pragma GCC unroll 4
        for (fnp_intp i = 0; i < n; i++) d[i] = *(const T *)(base + ix[i]);
        return;
    }
    for (; n > 0; n--, index += index_step, other += other_step) {
        fnp_intp k = *(const fnp_intp *)index;
        k += k >> 63 & extent;
        *(T *)other = *(const T *)(base + k * step);
    }
}

static void CAT(k_scatter_, SIZE)(char *base, fnp_intp extent, fnp_intp step, const char *index,
                                  fnp_intp index_step, char *other, fnp_intp other_step, fnp_intp n)
{
    if (index_step == sizeof(fnp_intp) && step == SIZE && extent == 0) {
        const fnp_intp *ix = (const fnp_intp *)index;
        T *d = (T *)base;
#pragma GCC unroll 4
        for (fnp_intp i = 0; i < n; i++, other += other_step) d[ix[i]] = *(const T *)other;
        return;
    }
    for (; n > 0; n--, index += index_step, other += other_step) {
        fnp_intp k = *(const fnp_intp *)index;
        k += k >> 63 & extent;
        *(T *)(base + k * step) = *(const T *)other;
    }
}

/* Branch-free: every element is stored, the place moves on where the mask is set. The last store
 * may only happen while there is room, so the tail is done with a test. */
static fnp_intp CAT(k_compress_, SIZE)(const char *src, const char *mask, char *out, fnp_intp n)
{
    const T *restrict s = (const T *)src;
    T *restrict d = (T *)out;
    fnp_intp k = 0, last = n - 1;
    while (last >= 0 && !mask[last]) last--;
    for (fnp_intp i = 0; i <= last; i++) {
        d[k] = s[i];
        k += mask[i] != 0;
    }
    return k;
}

static fnp_intp CAT(k_spread_, SIZE)(char *dst, const char *mask, const char *values,
                                     fnp_intp value_step, fnp_intp n)
{
    T *restrict d = (T *)dst;
    if (value_step == 0) {
        T v = *(const T *)values;
        for (fnp_intp i = 0; i < n; i++) {
            T old = d[i];
            d[i] = mask[i] ? v : old;
        }
        return 0;
    }
    fnp_intp k = 0, last = n - 1;
    while (last >= 0 && !mask[last]) last--;
    for (fnp_intp i = 0; i <= last; i++) {
        T v = *(const T *)(values + k * value_step), old = d[i];
        d[i] = mask[i] ? v : old;
        k += mask[i] != 0;
    }
    return k;
}

static void CAT(k_select_, SIZE)(fnp_intp n, fnp_intp size, char *out, fnp_intp out_step,
                                 const char *mask, fnp_intp mask_step, const char *x,
                                 fnp_intp x_step, const char *y, fnp_intp y_step)
{
    if (out_step == SIZE && mask_step == 1 && x_step == SIZE && y_step == SIZE) {
        T *restrict d = (T *)out;
        const T *restrict a = (const T *)x;
        const T *restrict b = (const T *)y;
        for (fnp_intp i = 0; i < n; i++) {
            T p = a[i], q = b[i];
            d[i] = mask[i] ? p : q;
        }
        return;
    }
    for (; n > 0; n--, out += out_step, mask += mask_step, x += x_step, y += y_step) {
        T p = *(const T *)x, q = *(const T *)y;
        *(T *)out = *mask ? p : q;
    }
}
#undef T
#undef CAT
#undef CAT_
