/* Operations on one string of CH characters; included once per character type. N(x) names them. */

typedef struct N(str) {
    const CH *p;
    fnp_intp n;
} N(str);

/* The element at p, `room` characters wide, without its trailing NULs. */
static inline N(str) N(load)(const char *p, fnp_intp room)
{
    const CH *s = (const CH *)p;
    while (room > 0 && s[room - 1] == 0) room--;
    return (N(str)){s, room};
}

static inline int N(compare)(N(str) a, N(str) b)
{
    fnp_intp n = a.n < b.n ? a.n : b.n;
    for (fnp_intp i = 0; i < n; i++)
        if (a.p[i] != b.p[i]) return a.p[i] < b.p[i] ? -1 : 1;
    return (a.n > b.n) - (a.n < b.n);
}

static inline bool N(equal)(N(str) a, N(str) b)
{
    return a.n == b.n && (!a.n || !memcmp(a.p, b.p, (size_t)a.n * sizeof(CH)));
}

static inline bool N(space)(CH c, const fnp_char_class *k)
{
    return IS_SPACE(c, k);
}

/* Clip slice bounds as Python does; false if a string of that length cannot start there. */
static inline bool N(bounds)(fnp_intp n, int64_t *start, int64_t *end)
{
    if (*end > n) *end = n;
    if (*end < 0 && (*end += n) < 0) *end = 0;
    if (*start < 0 && (*start += n) < 0) *start = 0;
    return *start <= *end;
}

/* First place of b in a, or -1. Horspool's shift by the last character, on a one-word filter. */
static fnp_intp N(search)(N(str) a, N(str) b)
{
    fnp_intp last = b.n - 1, skip = b.n;
    uint64_t seen = 0;
    if (b.n == 0) return 0;
    if (b.n > a.n) return -1;
    for (fnp_intp i = 0; i < b.n; i++) {
        seen |= UINT64_C(1) << (b.p[i] & 63);
        if (i < last && b.p[i] == b.p[last]) skip = last - i;
    }
    for (fnp_intp i = 0; i + b.n <= a.n;) {
        CH c = a.p[i + last];
        if (c == b.p[last]) {
            if (!memcmp(a.p + i, b.p, (size_t)last * sizeof(CH))) return i;
            i += skip;
        } else {
            i += seen >> (c & 63) & 1 ? 1 : b.n;
        }
    }
    return -1;
}

/* Last place of b in a, or -1. */
static fnp_intp N(rsearch)(N(str) a, N(str) b)
{
    for (fnp_intp i = a.n - b.n; i >= 0; i--)
        if (!b.n || !memcmp(a.p + i, b.p, (size_t)b.n * sizeof(CH))) return i;
    return -1;
}

static fnp_intp N(find)(N(str) a, N(str) b, int64_t start, int64_t end, bool last)
{
    fnp_intp at;
    if (!N(bounds)(a.n, &start, &end)) return -1;
    N(str) part = {a.p + start, end - start};
    at = last ? N(rsearch)(part, b) : N(search)(part, b);
    return at < 0 ? -1 : at + start;
}

static fnp_intp N(count)(N(str) a, N(str) b, int64_t start, int64_t end, fnp_intp most)
{
    fnp_intp n = 0, at;
    if (!N(bounds)(a.n, &start, &end)) return 0;
    if (b.n == 0) return end - start + 1 < most ? end - start + 1 : most;
    for (N(str) rest = {a.p + start, end - start}; n < most && (at = N(search)(rest, b)) >= 0;
         n++) {
        rest.p += at + b.n;
        rest.n -= at + b.n;
    }
    return n;
}

static bool N(has_end)(N(str) a, N(str) b, int64_t start, int64_t end, bool suffix)
{
    if (!N(bounds)(a.n, &start, &end) || end - start < b.n) return false;
    if (!b.n) return true;
    return !memcmp(a.p + (suffix ? end - b.n : start), b.p, (size_t)b.n * sizeof(CH));
}

/* Is every character (and there is one) of the class? */
static bool N(all)(N(str) s, const fnp_char_class *k, char which)
{
    for (fnp_intp i = 0; i < s.n; i++)
        if (!IS_CLASS(s.p[i], k, which)) return false;
    return s.n > 0;
}

/* islower ('l') and isupper ('u'): some letter of that case, none of another. */
static bool N(cased)(N(str) s, const fnp_char_class *k, char which)
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
static N(str) N(strip_space)(N(str) s, const fnp_char_class *k, int sides)
{
    while ((sides & 1) && s.n && N(space)(*s.p, k)) s.p++, s.n--;
    while ((sides & 2) && s.n && (N(space)(s.p[s.n - 1], k) || !s.p[s.n - 1])) s.n--;
    return s;
}

static bool N(holds)(N(str) set, CH c)
{
    for (fnp_intp i = 0; i < set.n; i++)
        if (set.p[i] == c) return true;
    return false;
}

static N(str) N(strip_chars)(N(str) s, N(str) set, int sides)
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
    if (fits > 0) memmove(o->p + o->n, s, (size_t)fits * sizeof(CH));
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
    if (o->n < o->room) memset(o->p + o->n, 0, (size_t)(o->room - o->n) * sizeof(CH));
}

static void N(replace)(N(sink) * o, N(str) s, N(str) from, N(str) to, fnp_intp most)
{
    fnp_intp at;
    if (from.n == 0) {
        for (fnp_intp i = 0; i <= s.n; i++) {
            if (i < most) N(put)(o, to.p, to.n);
            if (i < s.n) N(put)(o, s.p + i, 1);
        }
        return;
    }
    for (; most > 0 && (at = N(search)(s, from)) >= 0; most--) {
        N(put)(o, s.p, at);
        N(put)(o, to.p, to.n);
        s.p += at + from.n;
        s.n -= at + from.n;
    }
    N(put)(o, s.p, s.n);
}

/* Expand tabs into o (room 0 only counts). */
static void N(expandtabs)(N(sink) * o, N(str) s, int64_t size)
{
    fnp_intp column = 0;
    for (fnp_intp i = 0; i < s.n; i++) {
        CH c = s.p[i];
        if (c != '\t') {
            N(put)(o, &c, 1);
            column = c == '\n' || c == '\r' || column == INT64_MAX ? 0 : column + 1;
        } else if (size > 0) {
            fnp_intp gap = size - column % size;
            N(fill)(o, ' ', gap);
            if (__builtin_add_overflow(column, gap, &column)) column = 0; /* too long in any case */
        }
    }
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
