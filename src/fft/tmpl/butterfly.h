/* Transforms of f elements, f small, on vectors V of R; V may be R itself. In place, in registers
 * once inlined. Parameters: V, R, VN (names). */

/* Four points. */
static inline __attribute__((always_inline)) void VN(dft4)(V *re, V *im)
{
    V ar = re[0] + re[2], ai = im[0] + im[2], br = re[0] - re[2], bi = im[0] - im[2];
    V cr = re[1] + re[3], ci = im[1] + im[3], dr = re[1] - re[3], di = im[1] - im[3];
    re[0] = ar + cr, im[0] = ai + ci;
    re[1] = br + di, im[1] = bi - dr;
    re[2] = ar - cr, im[2] = ai - ci;
    re[3] = br - di, im[3] = bi + dr;
}

static inline __attribute__((always_inline)) void VN(dft8)(V *re, V *im)
{
    const R h = (R)0.70710678118654752440084436210484904L;
    V er[4], ei[4], odr[4], odi[4];
#pragma GCC unroll 4
    for (int q = 0; q < 4; q++) {
        er[q] = re[q] + re[q + 4], ei[q] = im[q] + im[q + 4];
        odr[q] = re[q] - re[q + 4], odi[q] = im[q] - im[q + 4];
    }
    V t = odr[1];
    odr[1] = (t + odi[1]) * h, odi[1] = (odi[1] - t) * h;
    t = odr[2];
    odr[2] = odi[2], odi[2] = -t;
    t = odr[3];
    odr[3] = (odi[3] - t) * h, odi[3] = (t + odi[3]) * -h;
    VN(dft4)(er, ei);
    VN(dft4)(odr, odi);
#pragma GCC unroll 4
    for (int q = 0; q < 4; q++) {
        re[2 * q] = er[q], im[2 * q] = ei[q];
        re[2 * q + 1] = odr[q], im[2 * q + 1] = odi[q];
    }
}

/* An odd number of points, by sums and differences of the pairs q, f - q; c as in fft_pass. */
static inline __attribute__((always_inline)) void VN(dft_odd)(const int f, V *re, V *im, const R *c)
{
    const int h = (f - 1) / 2;
    V sr[FFT_MAX_PRIME / 2 + 1], si[FFT_MAX_PRIME / 2 + 1], dr[FFT_MAX_PRIME / 2 + 1],
        di[FFT_MAX_PRIME / 2 + 1];
    V zr = re[0], zi = im[0], ar = zr, ai = zi;
#pragma GCC unroll 8
    for (int q = 1; q <= h; q++) {
        sr[q] = re[q] + re[f - q], si[q] = im[q] + im[f - q];
        dr[q] = re[q] - re[f - q], di[q] = im[q] - im[f - q];
        ar += sr[q], ai += si[q];
    }
    re[0] = ar, im[0] = ai;
#pragma GCC unroll 8
    for (int r = 1; r <= h; r++) {
        V tr = zr, ti = zi, ur = dr[1] * c[f + r], ui = di[1] * c[f + r];
        tr += sr[1] * c[r], ti += si[1] * c[r];
#pragma GCC unroll 8
        for (int q = 2; q <= h; q++) {
            const int t = q * r % f;
            tr += sr[q] * c[t], ti += si[q] * c[t];
            ur += dr[q] * c[f + t], ui += di[q] * c[f + t];
        }
        re[r] = tr + ui, im[r] = ti - ur;
        re[f - r] = tr - ui, im[f - r] = ti + ur;
    }
}

/* Nine points, three by three. */
static inline __attribute__((always_inline)) void VN(dft9)(V *re, V *im, const R *c)
{
    const R s = -(R)0.86602540378443864676372317075293618L;
    V tr[9], ti[9];
#pragma GCC unroll 3
    for (int a = 0; a < 3; a++) { /* over points a, a + 3, a + 6; result b to b + 3 a */
        V pr = re[a + 3] + re[a + 6], pi = im[a + 3] + im[a + 6];
        V mr = (re[a + 3] - re[a + 6]) * s, mi = (im[a + 3] - im[a + 6]) * s;
        V hr = re[a] - pr * (R)0.5, hi = im[a] - pi * (R)0.5;
        tr[3 * a] = re[a] + pr, ti[3 * a] = im[a] + pi;
        tr[3 * a + 1] = hr - mi, ti[3 * a + 1] = hi + mr;
        tr[3 * a + 2] = hr + mi, ti[3 * a + 2] = hi - mr;
    }
#pragma GCC unroll 2
    for (int a = 1; a < 3; a++) {
#pragma GCC unroll 2
        for (int b = 1; b < 3; b++) {
            const R x = c[a * b], y = c[9 + a * b];
            V t = tr[3 * a + b];
            tr[3 * a + b] = t * x + ti[3 * a + b] * y;
            ti[3 * a + b] = ti[3 * a + b] * x - t * y;
        }
    }
#pragma GCC unroll 3
    for (int b = 0; b < 3; b++) {
        V pr = tr[3 + b] + tr[6 + b], pi = ti[3 + b] + ti[6 + b];
        V mr = (tr[3 + b] - tr[6 + b]) * s, mi = (ti[3 + b] - ti[6 + b]) * s;
        V hr = tr[b] - pr * (R)0.5, hi = ti[b] - pi * (R)0.5;
        re[b] = tr[b] + pr, im[b] = ti[b] + pi;
        re[b + 3] = hr - mi, im[b + 3] = hi + mr;
        re[b + 6] = hr + mi, im[b + 6] = hi - mr;
    }
}

static inline __attribute__((always_inline)) void VN(dft)(const int f, V *re, V *im, const R *c)
{
    if (f == 8) {
        VN(dft8)(re, im);
    } else if (f == 4) {
        VN(dft4)(re, im);
    } else if (f == 2) {
        V t = re[1];
        re[1] = re[0] - t, re[0] += t;
        t = im[1];
        im[1] = im[0] - t, im[0] += t;
    } else if (f == 9) {
        VN(dft9)(re, im, c);
    } else {
        VN(dft_odd)(f, re, im, c);
    }
}
