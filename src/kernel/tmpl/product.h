/* One real type. Sums are kept in as many lanes on every CPU level, which are added pair by pair at
 * the end. */
enum { FN(LANES) = 64 / sizeof(T), FN(SETS) = 4 };

ALWAYS T FN(join)(T (*p)[FN(LANES)])
{
    T sum = 0;
    for (int k = 0; k < FN(LANES); k++) p[0][k] = (p[0][k] + p[1][k]) + (p[2][k] + p[3][k]);
    for (int k = 0; k < FN(LANES); k++) sum += p[0][k];
    return sum;
}

static T FN(p_sum)(const T *a, fnp_intp n)
{
    enum { L = FN(LANES), STEP = FN(SETS) * L };
    T p[FN(SETS)][L] = {{0}}, rest = 0;
    fnp_intp i = 0;
    if (n < L) {
        for (; i < n; i++) rest += a[i];
        return rest;
    }
    for (; i + STEP <= n; i += STEP) {
        for (int k = 0; k < L; k++) p[0][k] += a[i + k];
        for (int k = 0; k < L; k++) p[1][k] += a[i + L + k];
        for (int k = 0; k < L; k++) p[2][k] += a[i + 2 * L + k];
        for (int k = 0; k < L; k++) p[3][k] += a[i + 3 * L + k];
    }
    for (; i + L <= n; i += L)
        for (int k = 0; k < L; k++) p[0][k] += a[i + k];
    for (; i < n; i++) rest += a[i];
    return FN(join)(p) + rest;
}

static T FN(p_dot)(const T *a, const T *b, fnp_intp n)
{
    enum { L = FN(LANES), STEP = FN(SETS) * L };
    T p[FN(SETS)][L] = {{0}}, rest = 0;
    fnp_intp i = 0;
    if (n < L) {
        for (; i < n; i++) rest += a[i] * b[i];
        return rest;
    }
    for (; i + STEP <= n; i += STEP) {
        for (int k = 0; k < L; k++) p[0][k] += a[i + k] * b[i + k];
        for (int k = 0; k < L; k++) p[1][k] += a[i + L + k] * b[i + L + k];
        for (int k = 0; k < L; k++) p[2][k] += a[i + 2 * L + k] * b[i + 2 * L + k];
        for (int k = 0; k < L; k++) p[3][k] += a[i + 3 * L + k] * b[i + 3 * L + k];
    }
    for (; i + L <= n; i += L)
        for (int k = 0; k < L; k++) p[0][k] += a[i + k] * b[i + k];
    for (; i < n; i++) rest += a[i] * b[i];
    return FN(join)(p) + rest;
}

static void FN(p_add)(T *restrict out, const T *restrict a, fnp_intp n)
{
    for (fnp_intp i = 0; i < n; i++) out[i] += a[i];
}

static void FN(p_add_scaled)(T *restrict out, const T *restrict a, T s, fnp_intp n)
{
    for (fnp_intp i = 0; i < n; i++) out[i] += a[i] * s;
}

static void FN(p_add_product)(T *restrict out, const T *restrict a, const T *restrict b, fnp_intp n)
{
    for (fnp_intp i = 0; i < n; i++) out[i] += a[i] * b[i];
}

HIDDEN_KERNEL const K_CAT2(fnp__products, SFX)
    PN(SFX, FNP_LV) = {FN(p_sum), FN(p_dot), FN(p_add), FN(p_add_scaled), FN(p_add_product)};
