/* Products of vectors and matrices of one type, by plain loops. Core dimensions follow dims[0];
 * steps hold the outer strides of the operands, then the core strides, operand by operand. ACC: the
 * type sums are kept in. */
ALWAYS void FN(dot)(const char *a, fnp_intp sa, const char *b, fnp_intp sb, char *o, fnp_intp n)
{
#ifdef DENSE_DOT
    if (sa == sizeof(T) && sb == sizeof(T) && n >= 32) {
        ST(o, DENSE_DOT((const T *)a, (const T *)b, n));
        return;
    }
#endif
    ACC sum = ACC_ZERO;
    for (fnp_intp i = 0; i < n; i++, a += sa, b += sb) ACC_MULADD(sum, LD(a), LD(b));
    ST(o, ACC_DONE(sum));
}
ALWAYS void FN(dotc)(const char *a, fnp_intp sa, const char *b, fnp_intp sb, char *o, fnp_intp n)
{
#ifdef DENSE_DOT
    if (sa == sizeof(T) && sb == sizeof(T) && n >= 32) {
        ST(o, DENSE_DOTC((const T *)a, (const T *)b, n));
        return;
    }
#endif
    ACC sum = ACC_ZERO;
    for (fnp_intp i = 0; i < n; i++, a += sa, b += sb) ACC_MULADD(sum, ACC_CONJ(LD(a)), LD(b));
    ST(o, ACC_DONE(sum));
}
HIDDEN_KERNEL void KN(matmul)(KERNEL_ARGS)
{
    fnp_intp m = dims[1], k = dims[2], n = dims[3];
    const fnp_intp *c = steps + 3; /* a: m, k; b: k, n; o: m, n */
    for (fnp_intp t = 0; t < dims[0]; t++) {
        const char *a = args[0] + t * steps[0], *b = args[1] + t * steps[1];
        char *o = args[2] + t * steps[2];
        for (fnp_intp i = 0; i < m; i++)
            for (fnp_intp j = 0; j < n; j++)
                FN(dot)(a + i * c[0], c[1], b + j * c[3], c[2], o + i * c[4] + j * c[5], k);
    }
}
HIDDEN_KERNEL void KN(vecdot)(KERNEL_ARGS)
{
    for (fnp_intp t = 0; t < dims[0]; t++) FN(dotc)
    (args[0] + t * steps[0], steps[3], args[1] + t * steps[1], steps[4], args[2] + t * steps[2],
     dims[1]);
}
HIDDEN_KERNEL void KN(matvec)(KERNEL_ARGS)
{
    fnp_intp m = dims[1], n = dims[2];
    const fnp_intp *c = steps + 3; /* a: m, n; b: n; o: m */
    for (fnp_intp t = 0; t < dims[0]; t++)
        for (fnp_intp i = 0; i < m; i++) FN(dot)
    (args[0] + t * steps[0] + i * c[0], c[1], args[1] + t * steps[1], c[2],
     args[2] + t * steps[2] + i * c[3], n);
}
HIDDEN_KERNEL void KN(vecmat)(KERNEL_ARGS)
{
    fnp_intp n = dims[1], m = dims[2];
    const fnp_intp *c = steps + 3; /* a: n; b: n, m; o: m */
    for (fnp_intp t = 0; t < dims[0]; t++)
        for (fnp_intp j = 0; j < m; j++) FN(dotc)
    (args[0] + t * steps[0], c[0], args[1] + t * steps[1] + j * c[2], c[1],
     args[2] + t * steps[2] + j * c[3], n);
}
#undef DENSE_DOT
#undef DENSE_DOTC
#undef ACC
#undef ACC_ZERO
#undef ACC_MULADD
#undef ACC_DONE
#undef ACC_CONJ
