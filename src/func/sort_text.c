/* Sorting and searching S and U. */
#include "func/sort_text.h"

#include "kernel/scan.h"
#include "kernel/sort.h"

#include <string.h>

typedef struct s_texts {
    const uint8_t *line;
    fnp_intp room;
} s_texts;
typedef struct u_texts {
    const uint32_t *line;
    fnp_intp room;
} u_texts;

#define CH uint8_t
#define N(x) s_##x
#include "func/tmpl/sort_text.h"
#undef CH
#undef N
#define CH uint32_t
#define N(x) u_##x
#include "func/tmpl/sort_text.h"
#undef CH
#undef N

bool fnp__is_text(const fnp_dtype *dt)
{
    return dt->type_num == FNP_STRING || (dt->type_num == FNP_UNICODE && !dt->swapped);
}

void fnp__text_order(const fnp_dtype *dt, const char *line, fnp_intp n, fnp_intp *order,
                     fnp_intp *scratch)
{
    for (fnp_intp i = 0; i < n; i++) order[i] = i;
    if (dt->type_num == FNP_STRING) {
        s_texts t = {(const uint8_t *)line, dt->elsize};
        s_sort(&t, order, n, 0, scratch, scratch ? scratch + n : NULL);
    } else {
        u_texts t = {(const uint32_t *)(const void *)line, dt->elsize / 4};
        u_sort(&t, order, n, 0, scratch, scratch ? scratch + n : NULL);
    }
}

void fnp__text_search(const fnp_view *sorted, const char *keys, fnp_intp key_stride, fnp_intp count,
                      bool right, const fnp_intp *sorter, fnp_intp *out)
{
    if (sorted->dtype->type_num == FNP_STRING) {
        s_search(sorted, keys, key_stride, count, right, sorter, out);
    } else {
        u_search(sorted, keys, key_stride, count, right, sorter, out);
    }
}
