/* Digits by exact arithmetic: value = r / s, digit by digit, with the rounding interval's half
 * widths carried along in the same scale (Steele and White's free-format algorithm). */
#include "numtext_internal.h"

#include "bigint.h"

#include <math.h>

typedef struct scaled {
    big r, s;     /* value = r / s */
    big down, up; /* distance to the ends of the rounding interval, times s; unique mode only */
    bool unique, lopsided;
} scaled;

static void times10(scaled *v)
{
    big_muladd(&v->r, 10, 0);
    if (!v->unique) return;
    big_muladd(&v->down, 10, 0);
    if (v->lopsided) big_muladd(&v->up, 10, 0);
}

static const big *upper(const scaled *v)
{
    return v->lopsided ? &v->up : &v->down;
}

/* r/s = value / 10^exp10 in [1, 10); returns exp10. */
static int scale(const fnp__binary *b, bool unique, scaled *v)
{
    int bits = 64 - __builtin_clzll(b->mant);
    int k = (int)floor((b->exp + bits - 1) * 0.30102999566398119521 - 1e-9);
    int extra = unique ? 1 + b->low_closer : 0; /* so that half an ulp is an integer */
    int two_r = b->exp > 0 ? b->exp : 0, two_s = b->exp < 0 ? -b->exp : 0, shift;
    v->unique = unique;
    v->lopsided = unique && b->low_closer;
    big_set(&v->r, b->mant);
    big_set(&v->s, 1);
    big_set(&v->down, 1);
    if (k >= 0) {
        big_mul_pow5(&v->s, k);
        two_s += k;
    } else {
        big_mul_pow5(&v->r, -k);
        if (unique) big_mul_pow5(&v->down, -k);
        two_r += -k;
    }
    /* common factors of two say nothing */
    shift = two_r < two_s ? two_r : two_s;
    two_r -= shift;
    two_s -= shift;
    big_shl(&v->s, two_s + extra);
    shift = big_digit_shift(&v->s);
    big_shl(&v->s, shift);
    big_shl(&v->r, two_r + extra + shift);
    if (unique) big_shl(&v->down, two_r + shift);
    if (v->lopsided) {
        big_copy(&v->up, &v->down);
        big_shl(&v->up, 1);
    }
    /* the estimate may be one too low */
    big ten;
    big_copy(&ten, &v->s);
    big_muladd(&ten, 10, 0);
    if (big_cmp(&v->r, &ten) >= 0) {
        k++;
        big_copy(&v->s, &ten);
        shift = big_digit_shift(&v->s);
        big_shl(&v->s, shift);
        big_shl(&v->r, shift);
        if (unique) big_shl(&v->down, shift);
        if (v->lopsided) big_shl(&v->up, shift);
    }
    return k;
}

/* Add one to the last digit; nines become nothing. */
static void round_up(fnp__digits *out)
{
    while (out->n && out->d[out->n - 1] == '9') out->n--;
    if (out->n) {
        out->d[out->n - 1]++;
    } else {
        out->d[out->n++] = '1';
        out->exp10++;
    }
}

void fnp__exact(const fnp__binary *b, bool unique, bool fractional, int low, int high,
                fnp__digits *out)
{
    scaled v;
    int places, at_least, half;
    bool even = !(b->mant & 1);
    out->n = 0;
    out->exp10 = 0;
    if (!b->mant) return;
    out->exp10 = scale(b, unique, &v);
    places = FNP__DIGITS_MAX - 1;
    if (high >= 0 && high < 1 << 20) {
        int want = fractional ? out->exp10 + 1 + high : high;
        if (want < places) places = want;
    }
    at_least = low < 0         ? 0
               : low > 1 << 20 ? FNP__DIGITS_MAX
               : fractional    ? out->exp10 + 1 + low
                               : low;
    if (places < 0) return;
    if (places == 0) {
        /* less than the last place: one of it, or nothing */
        big_muladd(&v.s, 5, 0);
        if (big_cmp(&v.r, &v.s) > 0) {
            out->d[out->n++] = '1';
            out->exp10++;
        }
        return;
    }
    for (;;) {
        bool near_low = false, near_high = false;
        out->d[out->n++] = (char)('0' + big_digit(&v.r, &v.s));
        if (unique) {
            int cl = big_cmp(&v.r, &v.down), ch = big_cmp_sum(&v.r, upper(&v), &v.s);
            near_low = cl < 0 || (even && cl == 0);
            near_high = ch > 0 || (even && ch == 0);
        }
        if (!v.r.n) {
            int zeros = at_least < places ? at_least : places;
            while (unique && out->n < zeros) out->d[out->n++] = '0';
            return;
        }
        if (out->n >= places || ((near_low || near_high) && out->n >= at_least)) {
            if (near_low != near_high) {
                if (near_high) round_up(out);
                return;
            }
            break;
        }
        times10(&v);
    }
    half = big_cmp_sum(&v.r, &v.r, &v.s);
    if (half > 0 || (half == 0 && (out->d[out->n - 1] & 1))) round_up(out);
}
