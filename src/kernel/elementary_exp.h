/* e^x and 2^x of vectors: what exponentials, hyperbolic functions and powers share. */
#ifndef FNP_KERNEL_ELEMENTARY_EXP_H
#define FNP_KERNEL_ELEMENTARY_EXP_H

#include "kernel/elementary_tables.h"

/* x = n ln 2 / 16 + r: e^x is place * e^r, and place lacks place * lack. */
typedef struct {
    vd r, place, lack;
} exp_parts;
ALWAYS vd exp_place_of(vd z)
{
    return (vd)((vu)look16(exp_place, (vu)z) + ((vu)z << (MANTISSA - 4)));
}
#define STEPS K(0x1.71547652b82fep+4, 0x1.715476p+4f) /* 16 / ln 2 */
#define STEP_HIGH K(0x1.62e42fefa39efp-5, 0x1.62e430p-5f)
#define STEP_LOW K(0x1.abc9e3b39803fp-60, -0x1.05c610p-33f)
/* r exactly; what both lack is in lack. */
ALWAYS exp_parts exp_split_whole(vd x)
{
    vd z = fused(x, all(STEPS), all(SHIFTER)), n = z - SHIFTER;
    exp_parts s = {.place = exp_place_of(z), .r = fused_less(n, all(STEP_HIGH), x)};
    s.lack = fused_less(n, all(STEP_LOW), look16(exp_lack, (vu)z));
    s.lack = fused(s.lack, s.r, s.lack);
    return s;
}
ALWAYS exp_parts exp_split(vd x)
{
    vd z = fused(x, all(STEPS), all(SHIFTER));
    exp_parts s = {.place = exp_place_of(z), .lack = look16(exp_lack, (vu)z)};
    vd n = z - SHIFTER;
    s.r = fused_less(n, all(STEP_LOW), fused_less(n, all(STEP_HIGH), x));
    return s;
}
/* (e^r - 1 - r) / r^2 */
ALWAYS vd exp_square(vd r)
{
#ifdef FLOAT_LANES
    return p3(r, 0.5f, 0x1.555708p-3f, 0x1.555746p-5f);
#else
    return p6(r, r * r, 0x1.0000000000003p-1, 0x1.5555555555559p-3, 0x1.55555554ad3e3p-5,
              0x1.111111108fbc6p-7, 0x1.6c181f4ce402cp-10, 0x1.a01b886fec19bp-13);
#endif
}

#define EXP_MOST_BITS K(INT64_C(0x4086200000000000), INT32_C(0x42ae0000))  /* 708, 87 */
#define EXP2_MOST_BITS K(INT64_C(0x408ff00000000000), INT32_C(0x42fc0000)) /* 1022, 126 */
#define EXP_FINE(x) less(size_bits(x), all_bits(EXP_MOST_BITS))
/* Nothing but r is squared in it: small operands do not underflow. */
ALWAYS vd exp_of_parts(exp_parts s)
{
    vd r = s.r;
#ifdef FLOAT_LANES
    vd q = p2(r, 0x1.000220p-1f, 0x1.555764p-3f);
#else
    vd q = p3(r, 0x1.111111107d795p-7, 0x1.6c1841740e90ep-10, 0x1.a01b9ebb61751p-13);
    q = fused(r, fused(r, q, all(0x1.555555547f70dp-5)), all(0x1.5555555555559p-3));
    q = fused(r, q, all(0.5));
#endif
    vd p = fused(r, fused(r, q, all(1)), s.lack);
    return fused(s.place, p, s.place);
}
ALWAYS vd exp_fast(vd x)
{
    return exp_of_parts(exp_split(x));
}
/* Where results are not normal the place is 2^FAR nearer to 1; what takes it back rounds and raises
 * flags. */
#define FAR K(512, 64)
#define POWER_OF_TWO(n) ((vd)all_bits(BITS_OF_POWER(n)))
ALWAYS vd nearer(vd place, vd x)
{
    vi far = all_bits(FAR * NORMAL_BITS), up = bits_plus((vi)place, far);
    vi down = bits_minus((vi)place, far);
    return pick(less((vi)x, (vi){0}), (vd)up, (vd)down);
}
ALWAYS vd farther(vd y, vd x, int more)
{
    return y * pick(less((vi)x, (vi){0}), POWER_OF_TWO(more - FAR), POWER_OF_TWO(FAR + more));
}
/* e^x 2^more for finite x in the lanes of `mask`. */
ALWAYS vd exp_far(vd x, vm mask, int more)
{
    x = larger(smaller(kept(mask, x), all(K(720, 100))), all(K(-760, -110)));
    exp_parts s = exp_split(x);
    s.place = nearer(s.place, x);
    return farther(exp_of_parts(s), x, more);
}
/* e^(x + tail), x not so small that its square underflows. */
ALWAYS vd exp_of_two(vd x, vd tail)
{
    vd z = fused(x, all(STEPS), all(SHIFTER)), n = z - SHIFTER, place = exp_place_of(z);
    vd r = fused_less(n, all(STEP_HIGH), x) + fused_less(n, all(STEP_LOW), tail);
    vd p = fused(r * r, exp_square(r), r + look16(exp_lack, (vu)z));
    return fused(place, p, place);
}

/* The same in steps of 1 / 16: r is exact. */
#define EXP2_FINE(x) less(size_bits(x), all_bits(EXP2_MOST_BITS))
ALWAYS vd exp2_place(vd x)
{
    return exp_place_of(x + SHIFTER / 16);
}
ALWAYS vd exp2_at(vd x, vd place)
{
    vd z = x + SHIFTER / 16, r = x - (z - SHIFTER / 16);
#ifdef FLOAT_LANES
    vd q = p3(r, 0x1.62e430p-1f, 0x1.ebfff6p-3f, 0x1.c6b46ep-5f);
#else
    vd q = p3(r, 0x1.3b2ab6fa98379p-7, 0x1.5d89be50e651ap-10, 0x1.430a990f2d005p-13);
    q = fused(r, fused(r, q, all(0x1.c6b08d6e8a3dep-5)), all(0x1.ebfbdff82c59dp-3));
    q = fused(r, q, all(0x1.62e42fefa39fdp-1));
#endif
    return fused(place, fused(r, q, look16(exp2_lack, (vu)z)), place);
}
ALWAYS vd exp2_fast(vd x)
{
    return exp2_at(x, exp2_place(x));
}
ALWAYS vd exp2_far(vd x, vm mask)
{
    x = larger(smaller(kept(mask, x), all(K(1040, 140))), all(K(-1100, -160)));
    return farther(exp2_at(x, nearer(exp2_place(x), x)), x, 0);
}

#endif
