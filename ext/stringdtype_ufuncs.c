/* String ufuncs on StringDType: every element is widened to UCS-4, run through the core's operation
 * for one element, and narrowed again; what missing strings do is decided here. */
#include "string_ops.h"
#include "stringdtype.h"
#include "ufunc_resolve.h"

#include <stdlib.h>
#include <string.h>

/* ---- text
 * --------------------------------------------------------------------------------------------------------
 */
typedef struct wide {
    uint32_t *p;
    npy_intp n, cap;
} wide;

static int wide_reserve(wide *w, npy_intp n)
{
    if (n <= w->cap) return 0;
    uint32_t *p = realloc(w->p, (size_t)n * sizeof *p);
    if (!p) {
        PyErr_NoMemory();
        return -1;
    }
    w->p = p;
    w->cap = n;
    return 0;
}

/* Valid UTF-8 (elements hold nothing else) as code points. */
static int widen(const npy_static_string *t, wide *w)
{
    const unsigned char *s = (const unsigned char *)t->buf, *end = s + t->size;
    if (wide_reserve(w, (npy_intp)t->size) < 0) return -1;
    for (w->n = 0; s < end; w->n++) {
        uint32_t c = *s++;
        int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        if (more) c &= 0x3fu >> more;
        for (; more && s < end; more--) c = c << 6 | (*s++ & 0x3f);
        w->p[w->n] = c;
    }
    return 0;
}

/* Code points into an element as UTF-8. */
static int narrow(const uint32_t *p, npy_intp n, char *element)
{
    char small[256], *buf = n <= 64 ? small : malloc((size_t)n * 4), *o = buf;
    if (!buf) {
        PyErr_NoMemory();
        return -1;
    }
    for (npy_intp i = 0; i < n; i++) {
        uint32_t c = p[i];
        if (c < 0x80) {
            *o++ = (char)c;
        } else if (c < 0x800) {
            *o++ = (char)(0xc0 | c >> 6);
            *o++ = (char)(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            *o++ = (char)(0xe0 | c >> 12);
            *o++ = (char)(0x80 | (c >> 6 & 0x3f));
            *o++ = (char)(0x80 | (c & 0x3f));
        } else {
            *o++ = (char)(0xf0 | c >> 18);
            *o++ = (char)(0x80 | (c >> 12 & 0x3f));
            *o++ = (char)(0x80 | (c >> 6 & 0x3f));
            *o++ = (char)(0x80 | (c & 0x3f));
        }
    }
    int r = ext_sd_store(element, buf, (size_t)(o - buf));
    if (buf != small) free(buf);
    if (r < 0) PyErr_NoMemory();
    return r;
}

/* ---- missing strings
 * -------------------------------------------------------------------------------------------- */
enum verdict { GO_ON, GIVE_NULL, GIVE_FALSE, GIVE_TRUE, FAILED };

/* What a ufunc makes of a missing operand: nan: NA is unequal to itself, else an ordinary object.
 */
typedef struct policy {
    const char *names; /* " name name " */
    enum verdict nan;
    bool type_error;
    const char *text; /* with %s for the name */
    bool strict;      /* minds missing strings also where there is no NA */
} policy;

static const policy policies[] = {
    {" str_len ", FAILED, false, "The length of a null string is undefined", true},
    {" find rfind index rindex count ", FAILED, false,
     "'%s' not supported for null values that are not strings."},
    {" startswith endswith less less_equal greater greater_equal equal not_equal ", GIVE_FALSE,
     false, "'%s' not supported for null values that are not nan-like or strings."},
    {" isalpha isalnum isdigit isspace isdecimal isnumeric islower isupper istitle ", GIVE_FALSE,
     false, "Cannot use the %s function with a null that is not a nan-like value", true},
    {" _strip_whitespace _lstrip_whitespace _rstrip_whitespace _strip_chars _lstrip_chars "
     "_rstrip_chars ",
     GIVE_NULL, false, "Can only strip null values that are strings or NaN-like values"},
    {" _replace ", GIVE_NULL, false,
     "Only string or NaN-like null strings can be used as search strings for replace"},
    {" _expandtabs _expandtabs_length ", FAILED, false,
     "Null values are not supported arguments for expandtabs"},
    {" _center _ljust _rjust ", GIVE_NULL, false, "Cannot %s null that is not a nan-like value"},
    {" _zfill ", GIVE_NULL, true, "Cannot zfill null string that is not a nan-like value"},
    {" multiply ", GIVE_NULL, true, "Cannot multiply null that is not a nan-like value"},
    {" add ", GIVE_NULL, false, "Cannot add null that is not a nan-like value"},
    {" _slice ", FAILED, true, "Cannot slice null string"},
    {" _partition _rpartition ", FAILED, false, "Null values are not supported arguments for %s"},
    {" maximum minimum ", GIVE_NULL, false, "Cannot compare null that is not a nan-like value"},
};

static enum verdict fail(const policy *p, const char *name)
{
    PyErr_Format(p->type_error ? PyExc_TypeError : PyExc_ValueError, p->text, name);
    return FAILED;
}

/* missing[i] tells of each operand; which of them count is the ufunc's business. */
static enum verdict judge(const char *name, PyArray_StringDTypeObject *d, const bool *missing,
                          int n)
{
    char key[64];
    const policy *p = policies;
    snprintf(key, sizeof key, " %s ", name);
    while (!strstr(p->names, key)) p++;
    if (!strcmp(name, "_slice")) return fail(p, name);
    if (d->has_string_na) return GO_ON;
    if (!d->na_object && !p->strict) return GO_ON;
    if (d->has_nan_na) {
        if (strstr(name, "_chars") && missing[1]) {
            PyErr_Format(PyExc_ValueError,
                         "Cannot use a null string that is not a string as the %s delimiter", name);
            return FAILED;
        }
        if (!strcmp(name, "_replace") && !missing[0]) return GO_ON;
        return p->nan == FAILED ? fail(p, name) : p->nan;
    }
    if (!strcmp(name, "equal")) return missing[0] && missing[1] ? GIVE_TRUE : GIVE_FALSE;
    if (!strcmp(name, "not_equal")) return missing[0] && missing[1] ? GIVE_FALSE : GIVE_TRUE;
    if (!strcmp(name, "_replace") && !missing[0]) return GO_ON;
    return fail(p, name);
}

/* ---- loops
 * --------------------------------------------------------------------------------------------------------
 */
/* A ufunc here: a row of the core's table, or one of our own (index into extras). */
typedef struct row {
    const char *name, *in, *out;
    const fnp_string_ufunc *core;
    char direct; /* = ! < l > g: a comparison, n length, + sum, * product, s e start and end; done
                    on UTF-8 as it stands */
    char own;    /* 'n' isnan, '<' minimum, '>' maximum, 'p' partition, 'r' rpartition, 0 core */
} row;

typedef struct scratch {
    wide in[EXT_STRING_OPERANDS], out[3];
} scratch;

static void scratch_clear(scratch *s)
{
    for (int i = 0; i < EXT_STRING_OPERANDS; i++) free(s->in[i].p);
    for (int i = 0; i < 3; i++) free(s->out[i].p);
}

static int raise_status(const fnp_string_ufunc *u, fnp_status st)
{
    fnp_error e = {.status = st};
    snprintf(e.message, sizeof e.message, "%s", fnp_string_loop_error(u, (int)st));
    ext_raise(st, &e);
    return -1;
}

static bool too_long(const fnp_string_ufunc *u, npy_intp n)
{
    if (n <= (strcmp(u->name, "_expandtabs") ? PTRDIFF_MAX / 16 : INT_MAX)) return false;
    PyErr_SetString(PyExc_OverflowError, "new string is too long");
    return true;
}

/* The core's operation; text results into the elements at data[nin...]. */
static int run_core(const fnp_string_ufunc *u, scratch *w, const int64_t *v, char *const *data,
                    int nin)
{
    fnp_string in[EXT_STRING_OPERANDS] = {{0}};
    fnp_string_sink out[3] = {{0}};
    const int nout = (int)strlen(u->out);
    int64_t number, values[EXT_STRING_OPERANDS];
    bool truth;
    memcpy(values, v, sizeof values);
    if (!strcmp(u->name, "_replace") && values[3] < 0) values[3] = INT64_MAX; /* all of them */
    v = values;
    for (int i = 0; i < nin; i++) in[i] = (fnp_string){w->in[i].p, w->in[i].n};
    if (u->rule == FNP_STR_GIVEN && strlen(u->in) == 3 && u->in[2] == 's' && u->in[1] == 'l' &&
        in[2].n != 1) {
        PyErr_SetString(PyExc_TypeError, "The fill character must be exactly one character long");
        return -1;
    }
    if (!strcmp(u->name, "multiply")) {
        /* the core stops where there is no room: the length is ours to compute */
        int text = u->in[0] == 's' ? 0 : 1;
        npy_intp total = 0;
        if (v[!text] > 0 && __builtin_mul_overflow(v[!text], in[text].n, &total))
            return raise_status(u, FNP_EOVERFLOW);
        out[0].room = total;
    } else if (u->out[0] == 's') {
        fnp_status st = fnp_string_one(u, &ext_char_class, in, v, out, &number, &truth);
        if (st) return raise_status(u, st);
        for (int i = 0; i < nout; i++) out[i].room = out[i].n;
    }
    for (int i = 0; i < nout && u->out[0] == 's'; i++) {
        if (too_long(u, out[i].room)) return -1;
        if (wide_reserve(&w->out[i], out[i].room + 1) < 0) return -1;
        out[i].p = w->out[i].p;
    }
    fnp_status st = fnp_string_one(u, &ext_char_class, in, v, out, &number, &truth);
    if (st) return raise_status(u, st);
    if (u->out[0] == 'l') {
        memcpy(data[nin], &number, sizeof number);
    } else if (u->out[0] == '?') {
        *(npy_bool *)data[nin] = truth;
    } else {
        for (int i = 0; i < nout; i++)
            if (narrow(out[i].p, out[i].n, data[nin + i]) < 0) return -1;
    }
    return 0;
}

static const fnp_string_ufunc *core_named(const char *name)
{
    const fnp_string_ufunc *u = fnp_string_ufuncs();
    while (u->name && strcmp(u->name, name)) u++;
    return u->name ? u : NULL;
}

static int run_partition(bool last, scratch *w, char *const *data)
{
    int64_t v[EXT_STRING_OPERANDS] = {0, 0, 0, INT64_MAX}, number;
    fnp_string in[EXT_STRING_OPERANDS] = {{w->in[0].p, w->in[0].n}, {w->in[1].p, w->in[1].n}};
    fnp_string_sink none[3] = {{0}};
    bool truth;
    if (in[1].n == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        return -1;
    }
    fnp_status st = fnp_string_one(core_named(last ? "rfind" : "find"), &ext_char_class, in, v,
                                   none, &number, &truth);
    if (st) return -1;
    v[2] = number;
    /* the index form has its third operand before the outputs */
    char *shifted[6] = {data[0], data[1], NULL, data[2], data[3], data[4]};
    return run_core(core_named(last ? "_rpartition_index" : "_partition_index"), w, v, shifted, 3);
}

static int copy_element(const char *from, char *to)
{
    npy_static_string t;
    if (ext_sd_load(from, &t)) return ext_sd_store_null(to);
    if (from == to || ext_sd_store(to, t.buf, t.size) == 0) return 0;
    PyErr_NoMemory();
    return -1;
}

static int order(const npy_static_string *a, const npy_static_string *b)
{
    size_t n = a->size < b->size ? a->size : b->size;
    int r = n ? memcmp(a->buf, b->buf, n) : 0;
    return r ? r : (a->size > b->size) - (a->size < b->size);
}

static int one(const row *r, PyArrayMethod_Context *c, scratch *w, char *const *data)
{
    const int nin = (int)strlen(r->in);
    npy_static_string text[EXT_STRING_OPERANDS] = {{0}};
    int64_t v[EXT_STRING_OPERANDS] = {0};
    bool missing[EXT_STRING_OPERANDS] = {0}, any = false;
    PyArray_StringDTypeObject *d = NULL;
    for (int i = 0; i < nin; i++) {
        if (r->in[i] != 's') {
            memcpy(&v[i], data[i], sizeof v[i]);
            continue;
        }
        PyArray_StringDTypeObject *own = ext_sd(c->descriptors[i]);
        missing[i] = ext_sd_load(data[i], &text[i]);
        if (missing[i] && ext_sd_null_is_text(own)) text[i] = own->default_string;
        if (missing[i]) d = own;
        any |= missing[i];
    }
    if (r->own == 'n') {
        *(npy_bool *)data[1] = any && d->has_nan_na;
        return 0;
    }
    if (any) {
        switch (judge(r->name, d, missing, nin)) {
        case GIVE_NULL:
            for (const char *o = r->out; *o; o++) ext_sd_store_null(data[nin + (o - r->out)]);
            return 0;
        case GIVE_FALSE: *(npy_bool *)data[nin] = 0; return 0;
        case GIVE_TRUE: *(npy_bool *)data[nin] = 1; return 0;
        case FAILED: return -1;
        case GO_ON: break;
        }
    }
    if (r->own == '<' || r->own == '>') {
        int cmp = order(&text[0], &text[1]);
        return copy_element(data[r->own == '<' ? cmp > 0 : cmp < 0], data[2]);
    }
    for (int i = 0; i < nin; i++)
        if (r->in[i] == 's' && widen(&text[i], &w->in[i]) < 0) return -1;
    if (r->own) return run_partition(r->own == 'r', w, data);
    return run_core(r->core, w, v, data, nin);
}

/* ---- without widening: what looks at bytes only, and text that is ASCII
 * --------------------------------------------------------------------------------------------------------
 */
static int no_memory(void)
{
    PyErr_NoMemory();
    return -1;
}

/* One text after another, `times` times each. */
static int join(const npy_static_string *text, int n, int64_t times, char *out)
{
    char small[64] = {0};
    size_t size = 0, total;
    for (int i = 0; i < n; i++) size += text[i].size;
    if (times < 0) times = 0;
    if (__builtin_mul_overflow(size, (size_t)times, &total) || total > PTRDIFF_MAX) return 1;
    if (total == 0) return ext_sd_store(out, "", 0);
    char *buf = total <= sizeof small ? small : calloc(1, total), *p = buf;
    if (!buf) return no_memory();
    for (int64_t k = 0; k < times; k++)
        for (int i = 0; i < n; i++) {
            memcpy(p, text[i].buf, text[i].size);
            p += text[i].size;
        }
    int r = ext_sd_store(out, buf, total);
    if (buf != small) free(buf);
    return r ? no_memory() : 0;
}

static inline bool same_bytes(const char *a, const char *b, size_t n)
{
    uint64_t x, y;
    for (; n > 8; n -= 8, a += 8, b += 8) {
        memcpy(&x, a, 8);
        memcpy(&y, b, 8);
        if (x != y) return false;
    }
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i]) return false;
    return true;
}

/* 0, -1 with an exception, 1: not in this way. */
static inline int run_direct(const row *r, const npy_static_string *text, const int64_t *v,
                             char *out)
{
    const char direct = r->direct;
    int c = 0;
    switch (direct) {
    case '+': return join(text, 2, 1, out);
    case '*': return r->in[0] == 's' ? join(text, 1, v[1], out) : join(text + 1, 1, v[0], out);
    case 's':
    case 'e':
        if (v[2] != 0 || v[3] != INT64_MAX) return 1;
        *(npy_bool *)out =
            text[0].size >= text[1].size &&
            same_bytes(text[0].buf + (direct == 'e' ? text[0].size - text[1].size : 0), text[1].buf,
                       text[1].size);
        return 0;
    case 'n': {
        int64_t n = 0;
        for (size_t i = 0; i < text[0].size; i++) n += (text[0].buf[i] & 0xc0) != 0x80;
        memcpy(out, &n, sizeof n);
        return 0;
    }
    case '=':
    case '!':
        c = text[0].size != text[1].size ||
            (text[0].size && memcmp(text[0].buf, text[1].buf, text[0].size));
        *(npy_bool *)out = direct == '=' ? !c : c != 0;
        return 0;
    default: c = order(&text[0], &text[1]);
    }
    *(npy_bool *)out = direct == '<'   ? c < 0
                       : direct == 'l' ? c <= 0
                       : direct == '>' ? c > 0
                                       : c >= 0;
    return 0;
}

/* Bytes that are the same character, of the same classes, to the loops for bytes. */
static bool is_plain_ascii(const npy_static_string *t)
{
    const unsigned char *s = (const unsigned char *)t->buf;
    unsigned char odd = 0;
    for (size_t i = 0; i < t->size; i++) odd |= (s[i] >= 0x80) | ((unsigned char)(s[i] - 28) < 4);
    return !odd;
}

static int store_ascii(char *element, const fnp_ascii_sink *o)
{
    if (ext_sd_store(element, o->p, (size_t)o->n) == 0) return 0;
    PyErr_NoMemory();
    return -1;
}

static int run_ascii(const row *r, const npy_static_string *text, const int64_t *given, int nin,
                     char *const *data)
{
    const fnp_string_ufunc *u = r->core;
    char room[3][128];
    fnp_ascii in[EXT_STRING_OPERANDS];
    fnp_ascii_sink out[3] = {
        {room[0], sizeof room[0], 0}, {room[1], sizeof room[1], 0}, {room[2], sizeof room[2], 0}};
    int64_t number, v[EXT_STRING_OPERANDS];
    bool truth;
    for (int i = 0; i < nin; i++) {
        in[i] = (fnp_ascii){text[i].buf, (fnp_intp)text[i].size};
        v[i] = given[i];
    }
    if (u->rule == FNP_STR_GIVEN && !strcmp(r->name, "_replace") && v[3] < 0) v[3] = INT64_MAX;
    fnp_status st = fnp_string_one_ascii(u, in, v, out, &number, &truth);
    if (st) return raise_status(u, st);
    if (u->out[0] == 'l') {
        memcpy(data[nin], &number, sizeof number);
    } else if (u->out[0] == '?') {
        *(npy_bool *)data[nin] = truth;
    } else if (out[0].n <= out[0].room) {
        return store_ascii(data[nin], &out[0]);
    } else {
        if (too_long(u, out[0].n)) return -1;
        char *long_text = malloc((size_t)out[0].n);
        if (!long_text) {
            PyErr_NoMemory();
            return -1;
        }
        out[0] = (fnp_ascii_sink){long_text, out[0].n, 0};
        int failed = fnp_string_one_ascii(u, in, v, out, &number, &truth) != FNP_OK ||
                     store_ascii(data[nin], &out[0]) < 0;
        free(long_text);
        return failed ? -1 : 0;
    }
    return 0;
}

/* Whether the operation on bytes is the whole operation: no fill to check, nothing to size. */
static bool takes_ascii(const row *r)
{
    return r->core && !r->own && !r->direct && strcmp(r->name, "multiply") &&
           !(r->core->rule == FNP_STR_GIVEN && strlen(r->in) == 3) && strlen(r->out) == 1;
}

/* The element, if that is possible; otherwise 1. */
static inline int run_short(const row *r, int nin, bool ascii, char *const *data)
{
    npy_static_string text[EXT_STRING_OPERANDS];
    int64_t v[EXT_STRING_OPERANDS];
    for (int i = 0; i < nin; i++) {
        text[i].size = 0;
        v[i] = 0;
        if (r->in[i] != 's') {
            memcpy(&v[i], data[i], sizeof v[i]);
        } else if (ext_sd_load(data[i], &text[i]) || (ascii && !is_plain_ascii(&text[i]))) {
            return 1;
        }
    }
    if (ascii) return run_ascii(r, text, v, nin, data);
    return run_direct(r, text, v, data[nin]);
}

/* Comparisons, where both texts stand in their elements. How many could be done from the first on.
 */
static npy_intp compare_short(char direct, char *const *data, npy_intp n, const npy_intp *strides)
{
    const char *a = data[0], *b = data[1];
    char *out = data[2];
    npy_intp i = 0;
    for (; i < n; i++, a += strides[0], b += strides[1], out += strides[2]) {
        uint64_t x[2], y[2];
        if (!ext_sd_is_short(a) || !ext_sd_is_short(b)) break;
        memcpy(x, a, sizeof x);
        memcpy(y, b, sizeof y);
        if (direct == '=' || direct == '!') {
            *(npy_bool *)out = (((x[0] ^ y[0]) | (x[1] ^ y[1])) == 0) == (direct == '=');
            continue;
        }
        /* what is not text is zero, and the size stands last */
        bool first = x[0] != y[0];
        uint64_t p = __builtin_bswap64(first ? x[0] : x[1]);
        uint64_t q = __builtin_bswap64(first ? y[0] : y[1]);
        *(npy_bool *)out = direct == '<'   ? p < q
                           : direct == 'l' ? p <= q
                           : direct == '>' ? p > q
                                           : p >= q;
    }
    return i;
}

static int run(PyArrayMethod_Context *c, char *const *data, const npy_intp *dims,
               const npy_intp *strides, NpyAuxData *aux)
{
    const row *r = ((PyArrayMethodObject *)c->method)->static_data;
    const int nin = (int)strlen(r->in);
    const bool ascii = takes_ascii(r), quick = ascii || r->direct;
    const int nop = (int)(strlen(r->in) + strlen(r->out));
    scratch w = {0};
    int failed = 0;
    const bool compares = r->direct && strchr("=!<l>g", r->direct);
    for (npy_intp i = 0; i < dims[0] && !failed; i++) {
        char *p[EXT_STRING_OPERANDS];
        for (int k = 0; k < nop; k++) p[k] = data[k] + i * strides[k];
        if (compares) {
            npy_intp done = compare_short(r->direct, p, dims[0] - i, strides);
            if ((i += done) >= dims[0]) break;
            for (int k = 0; k < nop; k++) p[k] += done * strides[k];
        }
        failed = quick ? run_short(r, nin, ascii, p) : 1;
        if (failed > 0) failed = one(r, c, &w, p);
    }
    scratch_clear(&w);
    return failed;
}

/* ---- registration
 * ------------------------------------------------------------------------------------------------
 */
static NPY_CASTING resolve(PyArrayMethodObject *m, PyArray_DTypeMeta *const *classes,
                           PyArray_Descr *const *given, PyArray_Descr **loop, npy_intp *view_offset)
{
    const row *r = m->static_data;
    const int nin = (int)strlen(r->in), nout = (int)strlen(r->out);
    PyArray_Descr *common = NULL;
    int i = 0;
    for (int k = 0; k < nin; k++) {
        if (r->in[k] != 's') continue;
        PyArray_Descr *next =
            common ? ext_sd_common(common, given[k]) : (PyArray_Descr *)Py_NewRef(given[k]);
        Py_XDECREF(common);
        if (!(common = next)) return -1;
    }
    for (; i < nin + nout; i++) {
        char kind = i < nin ? r->in[i] : r->out[i - nin];
        if (kind == 's')
            loop[i] = (PyArray_Descr *)Py_NewRef(given[i] ? given[i] : common);
        else
            loop[i] = PyArray_DescrFromType(kind == 'l' ? NPY_INT64 : NPY_BOOL);
    }
    Py_XDECREF(common);
    return NPY_NO_CASTING;
}

static int no_initial(PyArrayMethod_Context *c, npy_bool empty, void *initial)
{
    return 0;
}

static PyArray_DTypeMeta *class_of(char kind)
{
    return kind == 's' ? &ext_stringdtype : &ext_dtypes[kind == 'l' ? NPY_INT64 : NPY_BOOL];
}

static int add_entry(PyUFuncObject *f, PyArray_DTypeMeta *const *classes, int nop,
                     PyObject *what_stolen)
{
    PyObject *t = what_stolen ? PyTuple_New(nop) : NULL, *info = NULL;
    for (int i = 0; t && i < nop; i++)
        PyTuple_SET_ITEM(t, i, Py_NewRef(classes[i] ? (PyObject *)classes[i] : Py_None));
    if (t) info = PyTuple_Pack(2, t, what_stolen);
    int r = info ? ufunc_add_loop(f, info, true) : -1;
    Py_XDECREF(info);
    Py_XDECREF(t);
    Py_XDECREF(what_stolen);
    return r;
}

/* The row's classes: text is StringDType, integers int64. */
static int promote(PyObject *ufunc, PyArray_DTypeMeta *const given[],
                   PyArray_DTypeMeta *const fixed[], PyArray_DTypeMeta *out[])
{
    PyUFuncObject *f = (PyUFuncObject *)ufunc;
    bool compares = (ufunc_extra(f)->flags & FNP_UF_COMPARISON) != 0;
    for (int i = 0; i < f->nargs; i++) /* not where the caller asked for something else */
        if (fixed[i] && fixed[i] != &ext_stringdtype && (i < f->nin || !compares)) return -1;
    const fnp_string_ufunc *u = fnp_string_ufuncs();
    while (u->name && strcmp(u->name, f->name)) u++;
    bool either = !u->name || !strcmp(f->name, "multiply"); /* the count stands on either side */
    for (int i = 0; i < f->nin; i++) {
        bool text =
            either ? given[i] && (given[i] == &ext_stringdtype || given[i]->type_num == NPY_UNICODE)
                   : u->in[i] == 's';
        out[i] = (PyArray_DTypeMeta *)Py_NewRef(text ? &ext_stringdtype : &ext_dtypes[NPY_INT64]);
    }
    for (int i = f->nin; i < f->nargs; i++) out[i] = NULL;
    return 0;
}

/* One promoter per way to mix str and StringDType, with integers of any kind. */
static int add_promoters(PyUFuncObject *f, const row *r)
{
    const int nin = (int)strlen(r->in), nop = nin + (int)strlen(r->out);
    int texts = 0;
    for (int i = 0; i < nin; i++) texts += r->in[i] == 's';
    bool integers = strchr(r->in, 'l') != NULL;
    for (int mix = 0; mix < 1 << texts; mix++) {
        PyArray_DTypeMeta *classes[EXT_STRING_OPERANDS] = {0};
        if (mix == 0 && !integers) continue;
        if (mix == (1 << texts) - 1) {
            /* str alone, if the result was asked for as StringDType */
            if (r->out[0] != 's') continue;
            classes[nin] = &ext_stringdtype;
        }
        for (int i = 0, k = 0; i < nin; i++) {
            if (r->in[i] == 's')
                classes[i] = mix >> k++ & 1 ? &ext_dtypes[NPY_UNICODE] : &ext_stringdtype;
            else if (!strcmp(r->name, "multiply"))
                classes[i] = &ext_int_abstract;
        }
        if (add_entry(f, classes, nop,
                      PyCapsule_New((void *)promote, "numpy._ufunc_promoter", NULL)) < 0)
            return -1;
    }
    return 0;
}

static int add_loop(PyUFuncObject *f, const row *r)
{
    PyArray_DTypeMeta *classes[EXT_STRING_OPERANDS];
    const int nin = (int)strlen(r->in), nout = (int)strlen(r->out);
    for (int i = 0; i < nin + nout; i++)
        classes[i] = class_of(i < nin ? r->in[i] : r->out[i - nin]);
    PyType_Slot slots[] = {{NPY_METH_resolve_descriptors, (void *)resolve},
                           {NPY_METH_strided_loop, (void *)run},
                           {NPY_METH_get_reduction_initial, (void *)no_initial},
                           {_NPY_METH_static_data, (void *)r},
                           {0, NULL}};
    PyArrayMethod_Spec spec = {.name = r->name,
                               .nin = nin,
                               .nout = nout,
                               .casting = NPY_NO_CASTING,
                               .flags = NPY_METH_REQUIRES_PYAPI | NPY_METH_NO_FLOATINGPOINT_ERRORS,
                               .dtypes = classes,
                               .slots = slots};
    return add_entry(f, classes, nin + nout, (PyObject *)ext_method_from_spec(&spec, 1));
}

static PyUFuncObject *ufunc_named(PyObject *module, const row *r)
{
    PyObject *space = PyModule_GetDict(module), *f = PyDict_GetItemString(space, r->name);
    if (f) return (PyUFuncObject *)f;
    f = PyUFunc_FromFuncAndData(NULL, NULL, NULL, 0, (int)strlen(r->in), (int)strlen(r->out),
                                PyUFunc_None, r->name, NULL, 0);
    if (!f) return NULL;
    int failed = PyDict_SetItemString(space, r->name, f);
    Py_DECREF(f);
    return failed ? NULL : (PyUFuncObject *)f;
}

/* Truth functions cast strings to bool, and run on that. */
static int promote_truth(PyObject *ufunc, PyArray_DTypeMeta *const given[],
                         PyArray_DTypeMeta *const fixed[], PyArray_DTypeMeta *out[])
{
    for (int i = 0; i < ((PyUFuncObject *)ufunc)->nargs; i++)
        out[i] = (PyArray_DTypeMeta *)Py_NewRef(&ext_dtypes[NPY_BOOL]);
    return 0;
}

/* With an object, the objects' loop. */
static int promote_object(PyObject *ufunc, PyArray_DTypeMeta *const given[],
                          PyArray_DTypeMeta *const fixed[], PyArray_DTypeMeta *out[])
{
    PyUFuncObject *f = (PyUFuncObject *)ufunc;
    for (int i = 0; i < f->nargs; i++)
        out[i] = i < f->nin ? (PyArray_DTypeMeta *)Py_NewRef(&ext_dtypes[NPY_OBJECT]) : NULL;
    return 0;
}

static int add_plain_promoters(PyObject *module)
{
    static const char *const truth[] = {"logical_or", "logical_and", "logical_xor"};
    static const char *const compare[] = {"equal",      "not_equal", "less",
                                          "less_equal", "greater",   "greater_equal"};
    PyArray_DTypeMeta *t = &ext_stringdtype, *o = &ext_dtypes[NPY_OBJECT];
    for (int i = 0; i < 3; i++) {
        PyUFuncObject *f =
            (PyUFuncObject *)PyDict_GetItemString(PyModule_GetDict(module), truth[i]);
        for (int k = 0; f && k < 3; k++) {
            PyArray_DTypeMeta *classes[3] = {k == 2 ? NULL : t, k == 1 ? NULL : t, NULL};
            PyObject *c = PyCapsule_New((void *)promote_truth, "numpy._ufunc_promoter", NULL);
            if (add_entry(f, classes, f->nargs, c) < 0) return -1;
        }
    }
    for (int i = 0; i < 6; i++) {
        PyUFuncObject *f =
            (PyUFuncObject *)PyDict_GetItemString(PyModule_GetDict(module), compare[i]);
        for (int k = 0; f && k < 2; k++) {
            PyArray_DTypeMeta *classes[3] = {k ? o : t, k ? t : o, NULL};
            PyObject *c = PyCapsule_New((void *)promote_object, "numpy._ufunc_promoter", NULL);
            if (add_entry(f, classes, 3, c) < 0) return -1;
        }
    }
    return 0;
}

static char direct_of(const char *name)
{
    static const struct {
        const char *name;
        char direct;
    } known[] = {{"equal", '='},    {"not_equal", '!'},     {"less", '<'},    {"less_equal", 'l'},
                 {"greater", '>'},  {"greater_equal", 'g'}, {"str_len", 'n'}, {"add", '+'},
                 {"multiply", '*'}, {"startswith", 's'},    {"endswith", 'e'}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].name, name)) return known[i].direct;
    return 0;
}

int ext_sd_add_ufuncs(PyObject *module)
{
    if (add_plain_promoters(module) < 0) return -1;
    static const row extras[] = {{"isnan", "s", "?", NULL, 0, 'n'},
                                 {"minimum", "ss", "s", NULL, 0, '<'},
                                 {"maximum", "ss", "s", NULL, 0, '>'},
                                 {"_partition", "ss", "sss", NULL, 0, 'p'},
                                 {"_rpartition", "ss", "sss", NULL, 0, 'r'}};
    static row rows[64]; /* filled once: loops point at them */
    int n = 0;
    for (const fnp_string_ufunc *u = fnp_string_ufuncs(); u->name && n < 56; u++)
        if (!strstr(u->name, "partition"))
            rows[n++] = (row){u->name, u->in, u->out, u, direct_of(u->name), 0};
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++) rows[n++] = extras[i];
    for (int i = 0; i < n; i++) {
        PyUFuncObject *f = ufunc_named(module, &rows[i]);
        if (!f || add_loop(f, &rows[i]) < 0) return -1;
        bool mixes = rows[i].own == 0 || rows[i].own == 'p' || rows[i].own == 'r';
        if (mixes && !(rows[i].own) && add_promoters(f, &rows[i]) < 0) return -1;
    }
    return 0;
}
