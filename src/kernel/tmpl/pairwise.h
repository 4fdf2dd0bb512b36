/* Pairwise summation, the order of the reference: up to 8 terms one after the other, up to 128 in
 * eight interleaved accumulators, more by halves whose lengths are multiples of 8. (Higham, "The
 * accuracy of floating point summation".) FN(pairwise)(p, n, stride) */
static W FN(pairwise)(const char *p, fnp_intp n, fnp_intp stride)
{
    if (n < 8) {
        W s = (W)-0.0;
        for (fnp_intp i = 0; i < n; i++, p += stride) s += LD(p);
        return s;
    }
    if (n <= 128) {
        W acc[8];
        fnp_intp i = 8, whole = n - n % 8;
        if (stride == sizeof(T)) {
            const T *q = (const T *)p;
            for (int k = 0; k < 8; k++) acc[k] = LD(q + k);
            for (; i < whole; i += 8)
                for (int k = 0; k < 8; k++) acc[k] += LD(q + i + k);
        } else {
            for (int k = 0; k < 8; k++) acc[k] = LD(p + k * stride);
            for (; i < whole; i += 8)
                for (int k = 0; k < 8; k++) acc[k] += LD(p + (i + k) * stride);
        }
        W s = ((acc[0] + acc[1]) + (acc[2] + acc[3])) + ((acc[4] + acc[5]) + (acc[6] + acc[7]));
        for (; i < n; i++) s += LD(p + i * stride);
        return s;
    }
    fnp_intp half = n / 2;
    half -= half % 8;
    W low = FN(pairwise)(p, half, stride);
    return low + FN(pairwise)(p + half * stride, n - half, stride);
}
ALWAYS W FN(pairsum)(W start, const char *p, fnp_intp n, fnp_intp stride)
{
    return start + FN(pairwise)(p, n, stride);
}
