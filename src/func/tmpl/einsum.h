/* Sum of products for one type. Parameters: T element, ACC accumulator, NAME, LOAD(p), STORE(p, v),
 * ADD(a, b), MUL(a, b), ZERO. */
static int NAME(int nop, char *const *data, const fnp_intp *strides, fnp_intp n)
{
    char *out = data[nop];
    if (strides[nop] == 0) {
        ACC acc = ZERO;
#ifdef PRODUCTS
        if (nop == 1 && strides[0] == sizeof(T) && n >= 8) {
            acc = PRODUCTS()->sum((const T *)data[0], n);
        } else if (nop == 2 && strides[0] == sizeof(T) && strides[1] == sizeof(T) && n >= 8) {
            acc = PRODUCTS()->dot((const T *)data[0], (const T *)data[1], n);
        } else
#endif
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
#ifdef PRODUCTS
    if (strides[nop] == sizeof(T) && nop == 1 && strides[0] == sizeof(T)) {
        PRODUCTS()->add((T *)out, (const T *)data[0], n);
        return 0;
    }
    if (strides[nop] == sizeof(T) && nop == 2) {
        const T *a = (const T *)data[0], *b = (const T *)data[1];
        fnp_intp sa = strides[0], sb = strides[1];
        bool done = true;
        if (sa == sizeof(T) && sb == sizeof(T))
            PRODUCTS()->add_product((T *)out, a, b, n);
        else if (sa == sizeof(T) && sb == 0)
            PRODUCTS()->add_scaled((T *)out, a, *b, n);
        else if (sa == 0 && sb == sizeof(T))
            PRODUCTS()->add_scaled((T *)out, b, *a, n);
        else
            done = false;
        if (done) return 0;
    }
    if (strides[nop] == sizeof(T) && nop > 2 && strides[nop - 1] == sizeof(T)) {
        T scale = *(const T *)data[0];
        bool fixed = strides[0] == 0;
        for (int k = 1; k < nop - 1 && fixed; k++) {
            fixed = strides[k] == 0;
            scale *= *(const T *)data[k];
        }
        if (fixed) {
            PRODUCTS()->add_scaled((T *)out, (const T *)data[nop - 1], scale, n);
            return 0;
        }
    }
#endif
    if (nop == 2) {
        const char *a = data[0], *b = data[1];
        for (fnp_intp i = 0; i < n; i++, a += strides[0], b += strides[1], out += strides[2])
            STORE(out, ADD(LOAD(out), MUL(LOAD(a), LOAD(b))));
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
#undef PRODUCTS
#undef NAME
#undef T
#undef ACC
