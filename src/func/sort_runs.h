/* Lines that are in order already, and the sort of long doubles. */
#ifndef FNP_FUNC_SORT_RUNS_H
#define FNP_FUNC_SORT_RUNS_H
#include "fnp/dtype.h"

/* 1: no element of the dense native line comes before the one it follows; -1: each comes before the
 * one it follows; 0: neither, or not known. n > 1. */
int fnp__line_run(const fnp_dtype *dt, const char *line, fnp_intp n);
/* The elements backwards. */
void fnp__line_reverse(char *line, fnp_intp n, fnp_intp size);

/* Stable, NaN last. room: n more of them. */
void fnp__sort_longdoubles(long double *v, fnp_intp n, long double *room);

typedef struct fnp__placed {
    long double value;
    fnp_intp place;
} fnp__placed;
void fnp__sort_placed(fnp__placed *v, fnp_intp n, fnp__placed *room);
#endif
