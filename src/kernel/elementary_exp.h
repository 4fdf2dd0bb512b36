/* e^x and 2^x of vectors of doubles: what exponentials, hyperbolic functions and powers share. */
#ifndef FNP_KERNEL_ELEMENTARY_EXP_H
#define FNP_KERNEL_ELEMENTARY_EXP_H

#include "kernel/elementary_tables.h"

/* x = n ln 2 / 16 + r: e^x is place * e^r, and place lacks place * lack. */
typedef struct {
    vd r, place, lack;
    vd rest; /* what r lacks */
} exp_parts;
ALWAYS vd exp_place_of(vd z)
{
    return (vd)((vu)look16(exp_place, (vu)z) + ((vu)z << 48));
}
ALWAYS vd exp_rest(vd x, vd n, vd *rest, bool narrow)
{
    vd exact = fused_less(n, all(0x1.62e42fefa39efp-5), x);
    if (narrow) return exact;
    vd r = fused_less(n, all(0x1.abc9e3b39803fp-60), exact);
    *rest = fused_less(n, all(0x1.abc9e3b39803fp-60), exact - r);
    return r;
}
ALWAYS exp_parts exp_split(vd x, bool narrow)
{
    vd z = fused(x, all(0x1.71547652b82fep+4), all(SHIFTER));
    exp_parts s = {.place = exp_place_of(z)};
    s.r = exp_rest(x, z - SHIFTER, &s.rest, narrow);
    if (!narrow) s.lack = look16(exp_lack, (vu)z);
    return s;
}
/* (e^r - 1 - r) / r^2 */
ALWAYS vd exp_square(vd r)
{
    vd r2 = r * r;
    return p6(r, r2, 0x1.0000000000003p-1, 0x1.5555555555559p-3, 0x1.55555554ad3e3p-5,
              0x1.111111108fbc6p-7, 0x1.6c181f4ce402cp-10, 0x1.a01b886fec19bp-13);
}

#define EXP_FINE(x) less(size_bits(x), all_bits(EXP_MOST_BITS))
/* Nothing but r is squared in it: small operands do not underflow. */
ALWAYS vd exp_of_parts(exp_parts s, bool narrow)
{
    vd r = s.r, p;
    if (narrow) {
        p = r *
            fused(r, p2(r, 0x1.00021f8da0f97p-1, 0x1.55583d988200fp-3), all(0x1.fffffff969521p-1));
    } else {
        vd q = p3(r, 0x1.111111107d795p-7, 0x1.6c1841740e90ep-10, 0x1.a01b9ebb61751p-13);
        q = fused(r, fused(r, q, all(0x1.555555547f70dp-5)), all(0x1.5555555555559p-3));
        q = fused(r, q, all(0.5));
        q = fused(r, q, all(1));
        p = fused(r, q, s.lack);
    }
    return fused(s.place, p, s.place);
}
ALWAYS vd exp_fast(vd x, bool narrow)
{
    return exp_of_parts(exp_split(x, narrow), narrow);
}
/* e^(x + tail) */
ALWAYS vd exp_of_two(vd x, vd tail)
{
    vd z = fused(x, all(0x1.71547652b82fep+4), all(SHIFTER)), n = z - SHIFTER;
    vd exact = fused_less(n, all(0x1.62e42fefa39efp-5), x);
    vd r = exact + fused_less(n, all(0x1.abc9e3b39803fp-60), tail);
    exp_parts s = {.r = r, .place = exp_place_of(z), .lack = look16(exp_lack, (vu)z)};
    return exp_of_parts(s, false);
}

/* The same in steps of 1 / 16: r is exact. */
#define EXP2_FINE(x) less(size_bits(x), all_bits(EXP2_MOST_BITS))
ALWAYS vd exp2_fast(vd x, bool narrow)
{
    vd z = x + SHIFTER / 16, r = x - (z - SHIFTER / 16), place = exp_place_of(z), p;
    if (narrow) {
        p = r * p3(r, 0x1.62e42feb12810p-1, 0x1.ebfff4939b7f7p-3, 0x1.c6b46cde99ffep-5);
    } else {
        vd q = p3(r, 0x1.3b2ab6fa98379p-7, 0x1.5d89be50e651ap-10, 0x1.430a990f2d005p-13);
        q = fused(r, fused(r, q, all(0x1.c6b08d6e8a3dep-5)), all(0x1.ebfbdff82c59dp-3));
        q = fused(r, q, all(0x1.62e42fefa39fdp-1));
        p = fused(r, q, look16(exp2_lack, (vu)z));
    }
    return fused(place, p, place);
}

#endif
