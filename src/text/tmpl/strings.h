/* Operations on one string of CH characters; included once per character type. N(x) names them. */

typedef struct N(str) {
    const CH *p;
    fnp_intp n, room; /* characters; how many may be read at p, which tells nothing more than n */
} N(str);

/* How many characters p[0..room) has without its trailing NULs. */
SCAN_INLINE fnp_intp N(length)(const CH *p, fnp_intp room)
{
    while (FNP_UNLIKELY(room > 64)) {
        uint64_t m = ~N(matches)(p + room - 64, 64, 0);
        if (m) return room - __builtin_clzll(m);
        room -= 64;
    }
    uint64_t m = ~N(matches)(p, room, 0) & scan_low(room);
    return m ? 64 - __builtin_clzll(m) : 0;
}

/* The element at p, `room` characters wide, without its trailing NULs. */
SCAN_INLINE N(str) N(load)(const char *p, fnp_intp room)
{
    const CH *s = (const CH *)p;
    return (N(str)){s, N(length)(s, room), room};
}

/* NULs at the end count for nothing, so elements are compared as wide as they are. */
SCAN_INLINE int N(compare)(N(str) a, N(str) b)
{
    fnp_intp n = a.room < b.room ? a.room : b.room;
    int r = N(order)(a.p, b.p, n);
    if (r || a.room == b.room) return r;
    return a.room > n ? !scan_zero(a.p + n, (a.room - n) * (fnp_intp)sizeof(CH))
                      : -!scan_zero(b.p + n, (b.room - n) * (fnp_intp)sizeof(CH));
}

SCAN_INLINE bool N(equal)(N(str) a, N(str) b)
{
    fnp_intp n = a.room < b.room ? a.room : b.room;
    if (!scan_same(a.p, b.p, n * (fnp_intp)sizeof(CH))) return false;
    if (a.room == b.room) return true;
    return a.room > n ? scan_zero(a.p + n, (a.room - n) * (fnp_intp)sizeof(CH))
                      : scan_zero(b.p + n, (b.room - n) * (fnp_intp)sizeof(CH));
}

SCAN_INLINE bool N(space)(CH c, const fnp_char_class *k)
{
    return IS_SPACE(c, k);
}

/* Clip slice bounds as Python does; false if a string of that length cannot start there. */
SCAN_INLINE bool N(bounds)(fnp_intp n, int64_t *start, int64_t *end)
{
    if (*end > n) *end = n;
    if (*end < 0 && (*end += n) < 0) *end = 0;
    if (*start < 0 && (*start += n) < 0) *start = 0;
    return *start <= *end;
}

/* Where among a's characters from `from` (64 at most are looked at, `starts` of them) b may begin:
 * its first and last characters fit. b.n > 0. */
SCAN_INLINE uint64_t N(places)(N(str) a, fnp_intp from, N(str) b, fnp_intp starts)
{
    const CH *p = a.p + from;
    fnp_intp last = b.n - 1;
    if (FNP_LIKELY(a.room - from <= 64)) { /* as wide as the element: the same steps for each */
        uint64_t m = N(matches)(p, a.room - from, b.p[0]) & scan_low(starts);
        return last ? m & N(matches)(p, a.room - from, b.p[last]) >> last : m;
    }
    if (starts > 64) starts = 64;
    uint64_t m = N(matches)(p, starts, b.p[0]);
    return last && m ? m & N(matches)(p + last, starts, b.p[last]) : m;
}

/* What `places` leaves open: the characters between the first and the last. */
SCAN_INLINE bool N(inner)(const CH *p, N(str) b)
{
    return b.n <= 2 || scan_same(p + 1, b.p + 1, (b.n - 2) * (fnp_intp)sizeof(CH));
}

/* First place of b in a from `from` on, or -1. */
SCAN_INLINE fnp_intp N(search)(N(str) a, N(str) b, fnp_intp from)
{
    if (b.n == 0) return from;
    if (b.n <= 2 && a.room <= 64) { /* nothing to verify: no branch on what is found */
        fnp_intp starts = a.n - b.n + 1 - from;
        uint64_t m = starts > 0 ? N(places)(a, from, b, starts) : 0;
        fnp_intp at = from + __builtin_ctzll(m | UINT64_C(1) << 63);
        return m ? at : -1;
    }
    for (; from + b.n <= a.n; from += 64)
        for (uint64_t m = N(places)(a, from, b, a.n - b.n + 1 - from); m; m &= m - 1) {
            fnp_intp at = from + __builtin_ctzll(m);
            if (N(inner)(a.p + at, b)) return at;
        }
    return -1;
}

/* Last place of b in a, or -1. */
SCAN_INLINE fnp_intp N(rsearch)(N(str) a, N(str) b)
{
    fnp_intp starts = a.n - b.n + 1;
    if (b.n == 0) return a.n;
    if (b.n <= 2 && a.room <= 64) {
        uint64_t m = starts > 0 ? N(places)(a, 0, b, starts) : 0;
        return m ? 63 - __builtin_clzll(m | 1) : -1;
    }
    while (starts > 0) {
        fnp_intp from = a.room <= 64 || starts < 64 ? 0 : starts - 64;
        for (uint64_t m = N(places)(a, from, b, starts - from); m;) {
            fnp_intp bit = 63 - __builtin_clzll(m);
            if (N(inner)(a.p + from + bit, b)) return from + bit;
            m ^= UINT64_C(1) << bit;
        }
        starts = from;
    }
    return -1;
}

SCAN_INLINE fnp_intp N(find)(N(str) a, N(str) b, int64_t start, int64_t end, bool last)
{
    if (!N(bounds)(a.n, &start, &end)) return -1;
    N(str) part = {a.p + start, end - start, a.room - start};
    fnp_intp at = last ? N(rsearch)(part, b) : N(search)(part, b, 0);
    return at < 0 ? -1 : at + start;
}

SCAN_INLINE fnp_intp N(count)(N(str) a, N(str) b, int64_t start, int64_t end)
{
    fnp_intp n = 0;
    if (!N(bounds)(a.n, &start, &end)) return 0;
    if (b.n == 0) return end - start + 1;
    N(str) part = {a.p + start, end - start, a.room - start};
    if (b.n == 1) {
        for (fnp_intp from = 0; from < part.n; from += 64)
            n += __builtin_popcountll(N(places)(part, from, b, part.n - from));
        return n;
    }
    for (fnp_intp at = 0; (at = N(search)(part, b, at)) >= 0; at += b.n) n++;
    return n;
}

SCAN_INLINE bool N(has_end)(N(str) a, N(str) b, int64_t start, int64_t end, bool suffix)
{
    if (!N(bounds)(a.n, &start, &end) || end - start < b.n) return false;
    return scan_same(a.p + (suffix ? end - b.n : start), b.p, b.n * (fnp_intp)sizeof(CH));
}

/* Is every character (and there is one) of the class? */
SCAN_INLINE bool N(all)(N(str) s, const fnp_char_class *k, char which)
{
    for (fnp_intp i = 0; i < s.n; i++)
        if (!IS_CLASS(s.p[i], k, which)) return false;
    return s.n > 0;
}

/* islower ('l') and isupper ('u'): some letter of that case, none of another. */
SCAN_INLINE bool N(cased)(N(str) s, const fnp_char_class *k, char which)
{
    bool any = false;
    for (fnp_intp i = 0; i < s.n; i++) {
        CH c = s.p[i];
        if (IS_CLASS(c, k, which == 'l' ? 'u' : 'l') || IS_CLASS(c, k, 't')) return false;
        any |= IS_CLASS(c, k, which);
    }
    return any;
}

static bool N(title)(N(str) s, const fnp_char_class *k)
{
    bool any = false, inside = false;
    for (fnp_intp i = 0; i < s.n; i++) {
        bool up = IS_CLASS(s.p[i], k, 'u') || IS_CLASS(s.p[i], k, 't');
        bool low = IS_CLASS(s.p[i], k, 'l');
        if ((up && inside) || (low && !inside)) return false;
        inside = up || low;
        any |= inside;
    }
    return any;
}

/* sides: 1 left, 2 right, 3 both */
SCAN_INLINE N(str) N(strip_space)(N(str) s, const fnp_char_class *k, int sides)
{
    while ((sides & 1) && s.n && N(space)(*s.p, k)) s.p++, s.n--;
    while ((sides & 2) && s.n && (N(space)(s.p[s.n - 1], k) || !s.p[s.n - 1])) s.n--;
    return s;
}

/* Without NULs and ASCII's white space at the end. */
static N(str) N(without_spaces)(N(str) s)
{
    while (s.n && (!s.p[s.n - 1] || ascii_space(s.p[s.n - 1]))) s.n--;
    s.room = s.n;
    return s;
}

SCAN_INLINE bool N(holds)(N(str) set, CH c)
{
    for (fnp_intp i = 0; i < set.n; i++)
        if (set.p[i] == c) return true;
    return false;
}

SCAN_INLINE N(str) N(strip_chars)(N(str) s, N(str) set, int sides)
{
    while ((sides & 1) && s.n && N(holds)(set, *s.p)) s.p++, s.n--;
    while ((sides & 2) && s.n && N(holds)(set, s.p[s.n - 1])) s.n--;
    return s;
}

/* A writer of at most `room` characters that goes on counting, up to the greatest count. */
typedef struct N(sink) {
    CH *p;
    fnp_intp room, n;
} N(sink);

static inline void N(count_on)(N(sink) * o, fnp_intp n)
{
    if (n > 0 && __builtin_add_overflow(o->n, n, &o->n)) o->n = PTRDIFF_MAX;
}

static inline void N(put)(N(sink) * o, const CH *s, fnp_intp n)
{
    fnp_intp free = o->room - o->n, fits = n < free ? n : free;
    if (fits > 0) scan_copy(o->p + o->n, s, fits * (fnp_intp)sizeof(CH));
    N(count_on)(o, n);
}

static inline void N(fill)(N(sink) * o, CH c, fnp_intp n)
{
    fnp_intp free = o->room - o->n, fits = n < free ? n : free;
    for (fnp_intp i = 0; i < fits; i++) o->p[o->n + i] = c;
    N(count_on)(o, n);
}

static inline void N(finish)(N(sink) * o)
{
    if (o->n < o->room) scan_clear(o->p + o->n, (o->room - o->n) * (fnp_intp)sizeof(CH));
}

static void N(replace)(N(sink) * o, N(str) s, N(str) from, N(str) to, fnp_intp most)
{
    fnp_intp at, done = 0;
    if (from.n == 0) {
        for (fnp_intp i = 0; i <= s.n; i++) {
            if (i < most) N(put)(o, to.p, to.n);
            if (i < s.n) N(put)(o, s.p + i, 1);
        }
        return;
    }
    for (; most > 0 && (at = N(search)(s, from, done)) >= 0; most--) {
        N(put)(o, s.p + done, at - done);
        N(put)(o, to.p, to.n);
        done = at + from.n;
    }
    N(put)(o, s.p + done, s.n - done);
}

/* Expand tabs into o (room 0 only counts). */
static void N(expandtabs)(N(sink) * o, N(str) s, int64_t size)
{
    fnp_intp column = 0, done = 0;
    for (fnp_intp i = 0; i < s.n; i++) {
        CH c = s.p[i];
        if (c != '\t') {
            column = c == '\n' || c == '\r' || column == INT64_MAX ? 0 : column + 1;
            continue;
        }
        N(put)(o, s.p + done, i - done);
        done = i + 1;
        if (size > 0) {
            fnp_intp gap = size - column % size;
            N(fill)(o, ' ', gap);
            if (__builtin_add_overflow(column, gap, &column)) column = 0; /* too long in any case */
        }
    }
    N(put)(o, s.p + done, s.n - done);
}

/* where: 'c' centre, 'l' text at the left, 'r' at the right */
static void N(pad)(N(sink) * o, N(str) s, int64_t width, CH fill, char where)
{
    fnp_intp gap = width > s.n ? width - s.n : 0, left = 0;
    if (where == 'r') left = gap;
    if (where == 'c') left = gap / 2 + (gap & width & 1);
    N(fill)(o, fill, left);
    N(put)(o, s.p, s.n);
    N(fill)(o, fill, gap - left);
}

static void N(zfill)(N(sink) * o, N(str) s, int64_t width)
{
    fnp_intp gap = width > s.n ? width - s.n : 0;
    if (s.n && (*s.p == '+' || *s.p == '-')) {
        N(put)(o, s.p, 1);
        s.p++;
        s.n--;
    }
    N(fill)(o, '0', gap);
    N(put)(o, s.p, s.n);
}

static void N(slice)(N(sink) * o, N(str) s, int64_t start, int64_t stop, int64_t step)
{
    int64_t low = step < 0 ? -1 : 0, high = step < 0 ? s.n - 1 : s.n;
    if (start < 0 && (start += s.n) < low) start = low;
    if (start > high) start = high;
    if (stop < 0 && (stop += s.n) < low) stop = low;
    if (stop > high) stop = high;
    if (step > 0)
        for (int64_t i = start; i < stop; i += step) N(put)(o, s.p + i, 1);
    else
        for (int64_t i = start; i > stop; i += step) N(put)(o, s.p + i, 1);
}

/* See fnp_string_recase. */
SCAN_INLINE bool N(recase_as)(fnp_string_case how, const CH *from, fnp_intp n, CH *to)
{
    CH all = 0;
    bool inside = false;
    for (fnp_intp i = 0; i < n; i++) {
        CH c = from[i], folded = c | 0x20;
        bool letter = (CH)(folded - 'a') < 26;
        bool up = how == FNP_CASE_UPPER     ? true
                  : how == FNP_CASE_LOWER   ? false
                  : how == FNP_CASE_SWAP    ? c & 0x20
                  : how == FNP_CASE_CAPITAL ? i == 0
                                            : !inside;
        to[i] = letter ? (up ? c & (CH)~0x20 : folded) : c;
        inside = letter;
        all |= c;
    }
    return sizeof(CH) == 1 || all < 128;
}

static bool N(recase)(fnp_string_case how, const CH *from, fnp_intp n, CH *to)
{
    switch (how) {
    case FNP_CASE_UPPER: return N(recase_as)(FNP_CASE_UPPER, from, n, to);
    case FNP_CASE_LOWER: return N(recase_as)(FNP_CASE_LOWER, from, n, to);
    case FNP_CASE_SWAP: return N(recase_as)(FNP_CASE_SWAP, from, n, to);
    case FNP_CASE_CAPITAL: return N(recase_as)(FNP_CASE_CAPITAL, from, n, to);
    default: return N(recase_as)(FNP_CASE_TITLE, from, n, to);
    }
}
