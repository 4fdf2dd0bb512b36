/* KN(<OP>_rows): out[j] = OP(out[j], in[i][j]) for i in order: rows folded into one, with up to
 * eight columns in registers. args: out, in; dims: columns, rows; steps: of out and of in along a
 * row, of in to the next row. The file that includes this sets OP, and ROWS_IN_MEMORY where rows of
 * fewer columns do better in memory: those that the compiler makes vectors of only there. */
#define ROWS K_CAT2(OP, rows)
ALWAYS void FN(ROWS)(char *o, const char *p, const int width, fnp_intp rows, fnp_intp so,
                     const fnp_intp si, fnp_intp sr)
{
    W acc[8];
#pragma GCC unroll 8
    for (int k = 0; k < width; k++) acc[k] = LD(o + k * so);
    for (fnp_intp i = 0; i < rows; i++, p += sr)
#pragma GCC unroll 8
        for (int k = 0; k < width; k++) acc[k] = FN(OP)(acc[k], LD(p + k * si));
#pragma GCC unroll 8
    for (int k = 0; k < width; k++) ST(o + k * so, acc[k]);
}
HIDDEN_KERNEL void KN(ROWS)(KERNEL_ARGS)
{
    char *o = args[0], *p = args[1];
    fnp_intp left = dims[0], rows = dims[1], so = steps[0], si = steps[1], sr = steps[2];
#ifndef ROWS_IN_MEMORY
#define ROWS_IN_MEMORY 48
#endif
    if (si == sizeof(T) && so == sizeof(T) && left >= ROWS_IN_MEMORY) {
        for (; rows > 0; rows--, p += sr) {
            T *restrict to = (T *)o;
            const T *restrict from = (const T *)p;
            for (fnp_intp j = 0; j < left; j++) to[j] = FN(OP)(to[j], from[j]);
        }
        return;
    }
    if (si == sizeof(T)) {
        for (; left >= 8; left -= 8, o += 8 * so, p += 8 * si)
            FN(ROWS)(o, p, 8, rows, so, sizeof(T), sr);
        switch (left) {
        case 7: FN(ROWS)(o, p, 7, rows, so, sizeof(T), sr); return;
        case 6: FN(ROWS)(o, p, 6, rows, so, sizeof(T), sr); return;
        case 5: FN(ROWS)(o, p, 5, rows, so, sizeof(T), sr); return;
        case 4: FN(ROWS)(o, p, 4, rows, so, sizeof(T), sr); return;
        case 3: FN(ROWS)(o, p, 3, rows, so, sizeof(T), sr); return;
        case 2: FN(ROWS)(o, p, 2, rows, so, sizeof(T), sr); return;
        }
    }
    for (; left > 0; left--, o += so, p += si) FN(ROWS)(o, p, 1, rows, so, si, sr);
}
#undef ROWS
#undef ROWS_IN_MEMORY
#undef OP
