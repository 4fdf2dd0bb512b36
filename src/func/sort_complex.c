/* Complex numbers in order: their parts are sorted as floats, one after the other. */
#include "func/sort_complex.h"

#include "kernel/sort.h"

#include <string.h>

enum part { REAL_PART, IMAGINARY_PART };

typedef struct complex_line {
    int part_type;
    fnp_intp part_size;
    const char *line;
    char *column; /* one part of some elements */
    fnp_intp *rank, *moved;
} complex_line;

static double part_at(const complex_line *c, fnp_intp i, enum part part)
{
    const char *p = c->line + (2 * i + part) * c->part_size;
    if (c->part_type == FNP_FLOAT) return *(const float *)(const void *)p;
    return *(const double *)(const void *)p;
}

/* The positions in order[] by one part, stably. */
static void order_by(const complex_line *c, fnp_intp *order, fnp_intp n, enum part part)
{
    if (n < 2) return;
    const fnp_intp size = c->part_size;
    for (fnp_intp i = 0; i < n; i++) {
        const char *p = c->line + (2 * order[i] + part) * size;
        if (size == 4) {
            memcpy(c->column + i * 4, p, 4);
        } else {
            memcpy(c->column + i * 8, p, 8);
        }
    }
    (void)fnp__argsort_keys(c->part_type, c->column, n, NULL, 0, c->rank, c->moved);
    for (fnp_intp i = 0; i < n; i++) c->moved[i] = order[c->rank[i]];
    memcpy(order, c->moved, (size_t)n * sizeof *order);
}

void fnp__complex_order(int type_num, const char *line, fnp_intp n, fnp_intp *order,
                        fnp_intp *scratch)
{
    bool single = type_num == FNP_CFLOAT;
    const complex_line c = {single ? FNP_FLOAT : FNP_DOUBLE,
                            single ? 4 : 8,
                            line,
                            (char *)scratch,
                            scratch + n,
                            scratch + 2 * n};
    fnp_intp end[4] = {0}; /* of the numbers with no NaN, an imaginary one, a real one, two */
    for (fnp_intp i = 0; i < n; i++) {
        double re = part_at(&c, i, REAL_PART), im = part_at(&c, i, IMAGINARY_PART);
        c.rank[i] = 2 * (re != re) + (im != im);
        end[c.rank[i]]++;
    }
    fnp_intp at[4] = {0, end[0], end[0] + end[1], n - end[3]};
    for (fnp_intp i = 0; i < n; i++) order[at[c.rank[i]]++] = i;
    memcpy(end, at, sizeof end);

    order_by(&c, order, end[0], REAL_PART);
    for (fnp_intp i = 0, begin; i < end[0];) {
        double re = part_at(&c, order[begin = i], REAL_PART);
        while (++i < end[0] && part_at(&c, order[i], REAL_PART) == re) continue;
        order_by(&c, order + begin, i - begin, IMAGINARY_PART);
    }
    order_by(&c, order + end[0], end[1] - end[0], REAL_PART);
    order_by(&c, order + end[1], end[2] - end[1], IMAGINARY_PART);
}
