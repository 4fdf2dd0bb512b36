/* Copy and byte-reversing copy of elements of SIZE bytes. */
#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define T CAT(u_, SIZE)

static void CAT(k_copy_, SIZE)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp n = dims[0], ss = steps[0], ds = steps[1];
    const char *src = args[0];
    char *dst = args[1];
    if (ds == SIZE && ss == SIZE) {
        if (n > 0) memmove(dst, src, (size_t)n * SIZE);
        return;
    }
    if (ds == SIZE && ss == 0 && n > 0) {
        T value = *(const T *)src;
        T *restrict d = (T *)dst;
        for (fnp_intp i = 0; i < n; i++) d[i] = value;
        return;
    }
    if (ds == SIZE && ss == -SIZE && k_apart_copies(src - (n - 1) * SIZE, dst, n * SIZE)) {
        const T *restrict s = (const T *)src;
        T *restrict d = (T *)dst;
        for (fnp_intp i = 0; i < n; i++) d[i] = s[-i];
        return;
    }
    if (ds == SIZE && ss == 2 * SIZE && n > 0 && k_apart_copies(src, dst, 2 * n * SIZE)) {
        const T *restrict s = (const T *)src;
        T *restrict d = (T *)dst;
        fnp_intp i = 0;
        for (; i < n - 1; i++) d[i] = s[2 * i]; /* what follows the last one may not be ours */
        d[i] = s[2 * i];
        return;
    }
    if (ds == SIZE) {
        for (T *d = (T *)dst; n > 0; n--, src += ss) *d++ = *(const T *)src;
        return;
    }
    for (; n > 0; n--, src += ss, dst += ds) *(T *)dst = *(const T *)src;
}

#if SIZE > 1
static void CAT(k_swap_, SIZE)(char **args, const fnp_intp *dims, const fnp_intp *steps, void *data)
{
    fnp_intp n = dims[0], ss = steps[0], ds = steps[1], units = (fnp_intp)data;
    const char *src = args[0];
    char *dst = args[1];
    if (ss == units * SIZE && ds == ss) {
        /* contiguous: one run of units; every unit is read before it is written, so src may be dst
         */
        T *d = (T *)dst;
        const T *s = (const T *)src;
        if (s == d) {
            for (fnp_intp i = 0; i < n * units; i++) d[i] = CAT(swap_, SIZE)(d[i]);
            return;
        }
        for (fnp_intp i = 0; i < n * units; i++) d[i] = CAT(swap_, SIZE)(s[i]);
        return;
    }
    for (; n > 0; n--, src += ss, dst += ds)
        for (fnp_intp i = 0; i < units; i++) ((T *)dst)[i] = CAT(swap_, SIZE)(((const T *)src)[i]);
}
#endif
#undef T
#undef CAT
#undef CAT_
