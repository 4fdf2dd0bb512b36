/* Sum of products for one type. Parameters: T element, ACC accumulator, NAME, LOAD(p), STORE(p, v),
 * ADD(a, b), MUL(a, b), ZERO. */
static int NAME(int nop, char *const *data, const fnp_intp *strides, fnp_intp n)
{
    char *out = data[nop];
    if (strides[nop] == 0) {
        ACC acc = ZERO;
        if (nop == 1) {
            const char *a = data[0];
            for (fnp_intp i = 0; i < n; i++, a += strides[0]) acc = ADD(acc, LOAD(a));
        } else if (nop == 2) {
            const char *a = data[0], *b = data[1];
            for (fnp_intp i = 0; i < n; i++, a += strides[0], b += strides[1])
                acc = ADD(acc, MUL(LOAD(a), LOAD(b)));
        } else {
            for (fnp_intp i = 0; i < n; i++) {
                ACC p = LOAD(data[0] + i * strides[0]);
                for (int k = 1; k < nop; k++) p = MUL(p, LOAD(data[k] + i * strides[k]));
                acc = ADD(acc, p);
            }
        }
        STORE(out, ADD(LOAD(out), acc));
        return 0;
    }
    for (fnp_intp i = 0; i < n; i++) {
        ACC p = LOAD(data[0] + i * strides[0]);
        for (int k = 1; k < nop; k++) p = MUL(p, LOAD(data[k] + i * strides[k]));
        char *o = out + i * strides[nop];
        STORE(o, ADD(LOAD(o), p));
    }
    return 0;
}
#undef NAME
#undef T
#undef ACC
