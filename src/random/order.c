/* Random orders and subsets. */
#include "draw.h"

#include <string.h>

/* Fisher and Yates, from the end; by masking. */
void fnp_draw_shuffle(const fnp_bitgen *g, char *items, fnp_intp count, fnp_intp stride,
                      fnp_intp size, fnp_intp least, char *swap)
{
    if (count < 2) return;
    fnp_intp mask = INT64_MAX >> (__builtin_clzll((uint64_t)count - 1) - 1);
    for (fnp_intp i = count - 1; i >= least; i--) {
        if (i <= mask >> 1) mask >>= 1;
        fnp_intp j = (fnp_intp)masked_by(g, (uint64_t)i, (uint64_t)mask);
        if (size == 8) { /* the common item: moved in a register */
            uint64_t a, b;
            memcpy(&a, items + i * stride, 8);
            memcpy(&b, items + j * stride, 8);
            memcpy(items + i * stride, &b, 8);
            memcpy(items + j * stride, &a, 8);
            continue;
        }
        if (i == j) continue;
        memcpy(swap, items + j * stride, (size_t)size);
        memcpy(items + j * stride, items + i * stride, (size_t)size);
        memcpy(items + i * stride, swap, (size_t)size);
    }
}

void fnp_draw_order(const fnp_bitgen *g, int64_t *items, fnp_intp count, fnp_intp least)
{
    for (fnp_intp i = count - 1; i >= least; i--) {
        fnp_intp j = (fnp_intp)fnp_draw_bounded(g, (uint64_t)i);
        int64_t kept = items[j];
        items[j] = items[i];
        items[i] = kept;
    }
}

/* Large parts of large populations: the tail of a shuffle. Else Floyd's algorithm (Bentley and
 * Floyd 1987) with a table of what is taken. */
static bool by_tail(fnp_intp count, int64_t of, bool shuffled)
{
    return of > 10000 && count > of / (shuffled ? 50 : 20);
}

fnp_intp fnp_draw_subset_room(fnp_intp count, int64_t of, bool shuffled)
{
    if (by_tail(count, of, shuffled)) return (fnp_intp)of;
    fnp_intp room = 4;
    while (room < 2 * count) room *= 2;
    return room;
}

static bool take(int64_t *table, fnp_intp room, int64_t number)
{
    uint64_t mask = (uint64_t)room - 1, at = ((uint64_t)number * 0x9e3779b97f4a7c15u >> 20) & mask;
    while (table[at] >= 0) {
        if (table[at] == number) return false;
        at = (at + 1) & mask;
    }
    table[at] = number;
    return true;
}

void fnp_draw_subset(const fnp_bitgen *g, int64_t *out, fnp_intp count, int64_t of, bool shuffled,
                     int64_t *work, fnp_intp room)
{
    if (by_tail(count, of, shuffled)) {
        for (int64_t i = 0; i < of; i++) work[i] = i;
        fnp_intp least = (fnp_intp)of - count;
        fnp_draw_order(g, work, (fnp_intp)of, least > 1 ? least : 1);
        memcpy(out, work + of - count, (size_t)count * sizeof *out);
        return;
    }
    for (fnp_intp i = 0; i < room; i++) work[i] = -1;
    for (fnp_intp i = 0; i < count; i++) {
        int64_t last = of - count + i, found = (int64_t)fnp_draw_bounded(g, (uint64_t)last);
        if (!take(work, room, found)) {
            found = last;
            take(work, room, found);
        }
        out[i] = found;
    }
    if (shuffled) fnp_draw_order(g, out, count, 1);
}
