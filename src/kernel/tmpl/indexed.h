/* a[index[i]] = a[index[i]] op b[i] one after the other, for the operations that ufunc.at is used
 * with. */
#define INDEXED(op, expr)                                                                          \
    case FNP_INDEXED_##op:                                                                         \
        for (fnp_intp i = 0; i < n; i++, v += vs) {                                                \
            T *p = (T *)(data + index[i] * stride);                                                \
            T x = *p, y = *(const T *)v;                                                           \
            *p = (T)(expr);                                                                        \
        }                                                                                          \
        return;
static void FN(indexed)(int op, char *data, fnp_intp stride, const fnp_intp *index, const char *v,
                        fnp_intp vs, fnp_intp n)
{
    switch (op) {
#if IS_INT
        INDEXED(ADD, (U)x + (U)y)
        INDEXED(SUBTRACT, (U)x - (U)y)
        INDEXED(MULTIPLY, 1u * (U)x * (U)y)
#else
        INDEXED(ADD, x + y)
        INDEXED(SUBTRACT, x - y)
        INDEXED(MULTIPLY, x * y)
#endif
        INDEXED(MAXIMUM, x > y || x != x ? x : y)
        INDEXED(MINIMUM, x < y || x != x ? x : y)
    }
}
#undef INDEXED
