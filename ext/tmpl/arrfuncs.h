/* Typed entries of PyArray_ArrFuncs for one number type. Parameters: T the C type, S the suffix,
 * V(x) a value of T as something that C compares and adds, R the type of sums, W(r) back to T;
 * FLOATS: NaNs exist. */
#define CAT_(a, b) a##_##b
#define CAT(a, b) CAT_(a, b)
#define FN(name) CAT(name, S)

static int FN(compare)(const void *pa, const void *pb, void *arr)
{
    T ta, tb;
    load(&ta, pa, sizeof ta, arr);
    load(&tb, pb, sizeof tb, arr);
    R a = V(ta), b = V(tb);
#ifdef FLOATS
    if (a != a || b != b) return (a != a) - (b != b);
#endif
    return (a > b) - (a < b);
}

static int FN(argmax)(void *data, npy_intp n, npy_intp *at, void *arr)
{
    const T *x = data;
    *at = 0;
    for (npy_intp i = 0; i < n; i++) {
#ifdef FLOATS
        if (V(x[i]) != V(x[i])) {
            *at = i;
            break;
        }
#endif
        if (V(x[i]) > V(x[*at])) *at = i;
    }
    return 0;
}

static int FN(argmin)(void *data, npy_intp n, npy_intp *at, void *arr)
{
    const T *x = data;
    *at = 0;
    for (npy_intp i = 0; i < n; i++) {
#ifdef FLOATS
        if (V(x[i]) != V(x[i])) {
            *at = i;
            break;
        }
#endif
        if (V(x[i]) < V(x[*at])) *at = i;
    }
    return 0;
}

static npy_bool FN(nonzero)(void *p, void *arr)
{
    T t;
    load(&t, p, sizeof t, arr);
    return V(t) != 0;
}

static void FN(dot)(void *a, npy_intp as, void *b, npy_intp bs, void *out, npy_intp n, void *arr)
{
    R sum = 0;
    const char *x = a, *y = b;
    for (npy_intp i = 0; i < n; i++, x += as, y += bs)
        sum += (R)V(*(const T *)x) * (R)V(*(const T *)y);
    *(T *)out = W(sum);
}

/* The first two elements are given; the rest continues the line through them. */
static int FN(fill)(void *data, npy_intp n, void *arr)
{
    T *x = data;
    R start = V(x[0]), step = V(x[1]);
    step -= start;
    for (npy_intp i = 2; i < n; i++) x[i] = W((R)(start + (R)i * step));
    return 0;
}

static int FN(fillwithscalar)(void *data, npy_intp n, void *value, void *arr)
{
    T *x = data, v = *(const T *)value;
    for (npy_intp i = 0; i < n; i++) x[i] = v;
    return 0;
}

#undef CAT_
#undef CAT
#undef FN
#undef T
#undef S
#undef V
#undef R
#undef W
#undef FLOATS
