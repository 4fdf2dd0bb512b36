/* Sliding products of one type. Each sum is taken from its first product to its last, so vectors
 * hold sums of neighbours: of a block, the products that all of its sums have. */
typedef T FN(vec) __attribute__((vector_size(VECTOR_BYTES), aligned(1), may_alias));
enum { FN(LANES) = VECTOR_BYTES / sizeof(T) };

/* sum[j] += x[j+k] * v[k] for k < m, j < count vectors of lanes. */
INLINE void FN(common)(const T *x, const T *v, fnp_intp m, T *sum, int count)
{
    FN(vec) s[4];
    memcpy(s, sum, (size_t)count * sizeof s[0]);
    for (fnp_intp k = 0; k < m; k++) {
        const FN(vec) *at = (const FN(vec) *)(const void *)(x + k);
        FN(vec) by = v[k] - (FN(vec)){0};
        s[0] += at[0] * by;
        if (count > 1) s[1] += at[1] * by;
        if (count > 2) s[2] += at[2] * by, s[3] += at[3] * by;
    }
    memcpy(sum, s, (size_t)count * sizeof s[0]);
}

void CAT3(fnp__slide, SFX, FNP_LV)(const T *a, fnp_intp n, const T *v, fnp_intp m, fnp_intp left,
                                   T *out, fnp_intp len)
{
    for (fnp_intp i = 0, step; i < len; i += step) {
        const int count = len - i >= 4 * FN(LANES) ? 4 : len - i >= FN(LANES) ? 1 : 0;
        step = count ? count * FN(LANES) : 1;
        T sum[4 * FN(LANES)] = {0};
        const fnp_intp first = i - left, last = first + step - 1;
        fnp_intp from = first < 0 ? -first : 0, to = last + m > n ? n - last : m;
        if (!count || from > to) to = from;
        for (fnp_intp j = 0; first < 0 && j < step; j++)
            for (fnp_intp k = first + j < 0 ? -first - j : 0; k < from && first + j + k < n; k++)
                sum[j] += a[first + j + k] * v[k];
        if (from < to) {
            if (count == 4)
                FN(common)(a + first + from, v + from, to - from, sum, 4);
            else
                FN(common)(a + first + from, v + from, to - from, sum, 1);
        }
        for (fnp_intp j = 0; to < m && j < step; j++)
            for (fnp_intp k = to; k < m && first + j + k < n; k++)
                if (first + j + k >= 0) sum[j] += a[first + j + k] * v[k];
        memcpy(out + i, sum, (size_t)step * sizeof(T));
    }
}
