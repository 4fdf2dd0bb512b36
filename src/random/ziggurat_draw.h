/* The draws of one width. T: the numbers, W: the words they
 * are made of; FN(name): the function's name; TABLE: its tables'
 * columns; WORD, UNIT: the next word, and number in [0, 1); where a word's layer and place lie. */

static T FN(tail_unit)(const fnp_bitgen *g)
{
    return -LOG1P(-UNIT(g));
}

/* Marsaglia 1964: beyond the end, by two exponential numbers. */
static T FN(normal_tail)(const fnp_bitgen *g)
{
    T over, y;
    do {
        over = FN(tail_unit)(g) * (T)(1.0 / NORMAL_END);
        y = FN(tail_unit)(g);
    } while (y + y <= over * over);
    return (T)NORMAL_END + over;
}

static inline T FN(zig_normal)(const fnp_bitgen *g)
{
    for (;;) {
        W word = WORD(g), place = NORMAL_PLACE(word);
        unsigned layer = word & 255, sign = word >> 8 & 1;
        T x = (T)place * TABLE(normal, step)[layer];
        if (sign) x = -x;
        if (__builtin_expect(place < TABLE(normal, widest)[layer], 1)) return x;
        if (layer == 0) return place >> 8 & 1 ? -FN(normal_tail)(g) : FN(normal_tail)(g);
        T low = TABLE(normal, height)[layer], rise = TABLE(normal, height)[layer - 1] - low;
        if ((double)(rise * UNIT(g) + low) < exp(-0.5 * (double)x * (double)x)) return x;
    }
}

static inline T FN(zig_exponential)(const fnp_bitgen *g)
{
    for (;;) {
        W word = WORD(g), place = EXPONENTIAL_PLACE(word);
        unsigned layer = (unsigned)EXPONENTIAL_LAYER(word);
        T x = (T)place * TABLE(exponential, step)[layer];
        if (__builtin_expect(place < TABLE(exponential, widest)[layer], 1)) return x;
        if (layer == 0) return (T)EXPONENTIAL_END + FN(tail_unit)(g);
        T low = TABLE(exponential, height)[layer];
        T rise = TABLE(exponential, height)[layer - 1] - low;
        if (rise * UNIT(g) + low < EXP(-x)) return x;
    }
}

#undef T
#undef W
#undef FN
#undef TABLE
#undef WORD
#undef UNIT
#undef LOG1P
#undef EXP
#undef NORMAL_PLACE
#undef EXPONENTIAL_LAYER
#undef EXPONENTIAL_PLACE
