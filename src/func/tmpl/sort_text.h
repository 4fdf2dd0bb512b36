/* The order of strings of CH characters; included once per character type. N(x) names them.
 *
 * Leading characters, as few bits each as their range needs, and the element's number are packed
 * into an integer; integers are sorted, and runs of equal leads go on behind what was packed. */

/* The least and the greatest character but NUL from `offset` on; *low > *high: there is none. */
static void N(range)(const N(texts) * t, const fnp_intp *order, fnp_intp n, fnp_intp offset,
                     uint32_t *low, uint32_t *high)
{
    CH least = (CH)-1, most = 0; /* of characters less one: NUL is the greatest then */
    for (fnp_intp i = 0; i < n; i++) {
        const CH *p = t->line + order[i] * t->room;
        for (fnp_intp k = offset; k < t->room; k++) {
            CH c = p[k], down = (CH)(c - 1);
            least = down < least ? down : least;
            most = c > most ? c : most;
        }
    }
    *low = (uint32_t)least + 1;
    *high = most;
    if (!most) *low = 1;
}

static int N(behind)(const N(texts) * t, fnp_intp i, fnp_intp j, fnp_intp offset)
{
    return N(order)(t->line + i * t->room + offset, t->line + j * t->room + offset,
                    t->room - offset);
}

static void N(insertion)(const N(texts) * t, fnp_intp *order, fnp_intp n, fnp_intp offset)
{
    for (fnp_intp i = 1; i < n; i++) {
        fnp_intp v = order[i], j = i;
        for (; j > 0 && N(behind)(t, order[j - 1], v, offset) > 0; j--) order[j] = order[j - 1];
        order[j] = v;
    }
}

static void N(sort)(const N(texts) * t, fnp_intp *order, fnp_intp n, fnp_intp offset,
                    fnp_intp *packed, fnp_intp *next)
{
    uint32_t low, high;
    while (offset < t->room) {
        if (n <= FNP__TEXT_FEW) {
            N(insertion)(t, order, n, offset);
            return;
        }
        N(range)(t, order, n, offset, &low, &high);
        if (low > high) return;
        const int bits = 32 - __builtin_clz(high - low + 1 ? high - low + 1 : UINT32_MAX);
        const int index_bits = 64 - __builtin_clzll((uint64_t)n - 1);
        fnp_intp take = (64 - index_bits) / bits;
        if (take > t->room - offset) take = t->room - offset;
        for (fnp_intp i = 0; i < n; i++) {
            const CH *p = t->line + order[i] * t->room + offset;
            uint64_t key = 0;
            for (fnp_intp k = 0; k < take; k++)
                key = key << bits | (p[k] ? (uint64_t)p[k] - low + 1 : 0);
            packed[i] = (fnp_intp)((key << index_bits | (uint64_t)i) ^ (uint64_t)1 << 63);
        }
        fnp__sort_i64((int64_t *)packed, n);
        const uint64_t mask = ((uint64_t)1 << index_bits) - 1;
        for (fnp_intp i = 0; i < n; i++) next[i] = order[(uint64_t)packed[i] & mask];
        memcpy(order, next, (size_t)n * sizeof *order);
        offset += take;
        if (offset >= t->room) return;
        if ((uint64_t)(packed[0] ^ packed[n - 1]) >> index_bits == 0) continue; /* one run */
        for (fnp_intp i = 0; i < n;) {
            fnp_intp begin = i;
            uint64_t lead = (uint64_t)packed[i] >> index_bits;
            while (++i < n && (uint64_t)packed[i] >> index_bits == lead) {
            }
            if (i - begin > 1)
                N(sort)(t, order + begin, i - begin, offset, packed + begin, next + begin);
        }
        return;
    }
}

static void N(search)(const fnp_view *sorted, const char *keys, fnp_intp key_stride, fnp_intp count,
                      bool right, const fnp_intp *sorter, fnp_intp *out)
{
    const fnp_intp n = sorted->shape[0], stride = sorted->strides[0];
    const fnp_intp room = sorted->dtype->elsize / (fnp_intp)sizeof(CH);
    for (fnp_intp i = 0; i < count; i++) {
        const CH *key = (const CH *)(const void *)(keys + i * key_stride);
        fnp_intp base = 0;
        for (fnp_intp len = n; len > 0;) {
            fnp_intp half = (len + 1) / 2, at = base + half - 1;
            const char *e = sorted->data + (sorter ? sorter[at] : at) * stride;
            int c = N(order)((const CH *)(const void *)e, key, room);
            base = c < 0 || (right && c == 0) ? base + half : base;
            len = c < 0 || (right && c == 0) ? len - half : half - 1;
        }
        out[i] = base;
    }
}
