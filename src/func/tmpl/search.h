/* Binary search in a line of one type; included once per type. Parameters: N(x) names, E the type
 * of an element, T that of the value that is compared, GET(e), BEFORE(a, b) the order, which has
 * NaN last, PLAIN(v): whether AHEAD and NOT_AFTER, plain < and <=, order v among all; without PLAIN
 * each key goes by itself. */

typedef struct {
    const char *data;
    fnp_intp n, stride;
    const fnp_intp *sorter;
} N(line);

static inline T N(at)(const N(line) * a, fnp_intp i)
{
    E e;
    memcpy(&e, a->data + (a->sorter ? a->sorter[i] : i) * a->stride, sizeof e);
    return GET(e);
}

static fnp_intp N(one)(const N(line) * a, T key, bool right)
{
    fnp_intp low = 0, high = a->n;
    while (low < high) {
        fnp_intp mid = low + (high - low) / 2;
        T e = N(at)(a, mid);
        if (right ? !BEFORE(key, e) : BEFORE(e, key))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

#ifdef PLAIN
#ifndef AHEAD
#define AHEAD(a, b) ((a) < (b))
#define NOT_AFTER(a, b) ((a) <= (b))
#endif
/* `m` keys in lock step, so that their comparisons and their cache misses overlap. */
static inline __attribute__((always_inline)) void N(group)(const N(line) * a, const T *key, int m,
                                                           bool right, bool dense, fnp_intp *out)
{
    const E *sorted = (const E *)a->data;
    fnp_intp base[TOGETHER] = {0};
#define AT_(i) (dense ? GET(sorted[i]) : N(at)(a, i))
    for (fnp_intp len = a->n; len > 1;) {
        fnp_intp half = len / 2;
        for (int j = 0; j < m; j++) {
            T e = AT_(base[j] + half - 1);
            base[j] += -(fnp_intp)(right ? NOT_AFTER(e, key[j]) : AHEAD(e, key[j])) & half;
        }
        len -= half;
    }
    for (int j = 0; j < m; j++) {
        T e = AT_(base[j]);
        out[j] = base[j] + (right ? NOT_AFTER(e, key[j]) : AHEAD(e, key[j]));
    }
#undef AT_
}

static void N(search)(const N(line) * a, const char *keys, fnp_intp step, fnp_intp count,
                      bool right, fnp_intp *out)
{
    bool dense = !a->sorter && a->stride == sizeof(E) && (uintptr_t)a->data % _Alignof(E) == 0;
    for (fnp_intp i = 0; i < count;) {
        T key[TOGETHER];
        int m = 0;
        bool plain = true;
        for (; m < TOGETHER && i + m < count; m++) {
            E e;
            memcpy(&e, keys + (i + m) * step, sizeof e);
            key[m] = GET(e);
            plain &= PLAIN(key[m]);
        }
        if (!plain || m < 3)
            for (int j = 0; j < m; j++) out[i + j] = N(one)(a, key[j], right);
        else if (!dense)
            N(group)(a, key, m, right, false, out + i);
        else if (m < TOGETHER)
            N(group)(a, key, m, right, true, out + i);
        else if (right)
            N(group)(a, key, TOGETHER, true, true, out + i);
        else
            N(group)(a, key, TOGETHER, false, true, out + i);
        i += m;
    }
}
#else
static void N(search)(const N(line) * a, const char *keys, fnp_intp step, fnp_intp count,
                      bool right, fnp_intp *out)
{
    for (fnp_intp i = 0; i < count; i++) {
        E e;
        memcpy(&e, keys + i * step, sizeof e);
        out[i] = N(one)(a, GET(e), right);
    }
}
#endif
#undef N
#undef E
#undef T
#undef GET
#undef BEFORE
#undef PLAIN
#undef AHEAD
#undef NOT_AFTER
