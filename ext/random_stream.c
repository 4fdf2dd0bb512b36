/* _RandomStream: a stream of random bits, and draws from it into writable buffers. What the Python
 * modules of `random` stand on; they know shapes and parameters, this knows bits. */
#include "ext.h"
#include "fnp/random.h"

#include <string.h>

typedef struct {
    PyObject_HEAD bool is_mt;
    union {
        fnp_mt19937 mt;
        fnp_pcg64 pcg;
    } state;
    fnp_normal_pair pair;
} stream;

static fnp_bitgen bits(stream *s)
{
    return s->is_mt ? fnp_mt19937_bitgen(&s->state.mt) : fnp_pcg64_bitgen(&s->state.pcg);
}

static PyObject *stream_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    const char *kind;
    if (!PyArg_ParseTuple(args, "s", &kind)) return NULL;
    if (strcmp(kind, "MT19937") && strcmp(kind, "PCG64"))
        return PyErr_Format(PyExc_NotImplementedError, "random streams of %s are not written yet",
                            kind);
    stream *s = (stream *)type->tp_alloc(type, 0);
    if (!s) return NULL;
    s->is_mt = !strcmp(kind, "MT19937");
    if (s->is_mt) fnp_mt19937_seed(&s->state.mt, 5489);
    return (PyObject *)s;
}

/* A buffer of `size`-byte items; *count of them. */
static int take(PyObject *o, Py_buffer *view, int size, int writable, fnp_intp *count)
{
    if (PyObject_GetBuffer(o, view, writable ? PyBUF_WRITABLE : PyBUF_SIMPLE) < 0) return -1;
    *count = view->len / size;
    return 0;
}

static PyObject *stream_seed(stream *s, PyObject *arg)
{
    unsigned long seed = PyLong_AsUnsignedLongMask(arg);
    if (PyErr_Occurred()) return NULL;
    s->pair.has = false;
    fnp_mt19937_seed(&s->state.mt, (uint32_t)seed);
    Py_RETURN_NONE;
}

static PyObject *stream_seed_array(stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp count;
    if (take(arg, &view, 4, 0, &count) < 0) return NULL;
    s->pair.has = false;
    if (count > 0) fnp_mt19937_seed_array(&s->state.mt, view.buf, count);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

/* As many words as a SeedSequence gives this kind of stream. */
static PyObject *stream_seed_words(stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp count;
    if (take(arg, &view, 1, 0, &count) < 0) return NULL;
    bool fits = count == (s->is_mt ? 4 * FNP_MT_WORDS : 32);
    s->pair.has = false;
    if (fits && s->is_mt) fnp_mt19937_seed_words(&s->state.mt, view.buf);
    if (fits && !s->is_mt) fnp_pcg64_seed(&s->state.pcg, view.buf);
    PyBuffer_Release(&view);
    if (!fits) return PyErr_Format(PyExc_ValueError, "wrong number of seed words");
    Py_RETURN_NONE;
}

static PyObject *join(const uint64_t w[2])
{
    unsigned char bytes[16];
    memcpy(bytes, &w[1], 8);
    memcpy(bytes + 8, &w[0], 8);
    return _PyLong_FromByteArray(bytes, 16, 1, 0);
}

static int split(PyObject *o, uint64_t w[2])
{
    unsigned char bytes[16];
    PyObject *i = PyNumber_Index(o);
    int r = i ? _PyLong_AsByteArray((PyLongObject *)i, bytes, 16, 1, 0) : -1;
    Py_XDECREF(i);
    memcpy(&w[1], bytes, 8);
    memcpy(&w[0], bytes + 8, 8);
    return r;
}

static PyObject *stream_get(stream *s, PyObject *unused)
{
    if (s->is_mt)
        return Py_BuildValue("y#iid", (char *)s->state.mt.key, (Py_ssize_t)sizeof s->state.mt.key,
                             (int)s->state.mt.pos, (int)s->pair.has,
                             s->pair.has ? s->pair.value : 0.0);
    fnp_pcg64 *p = &s->state.pcg;
    return Py_BuildValue("NNik", join(p->state), join(p->increment), (int)p->has_half,
                         (unsigned long)p->half);
}

static PyObject *stream_set(stream *s, PyObject *args)
{
    if (s->is_mt) {
        Py_buffer key;
        int pos, has;
        double value;
        if (!PyArg_ParseTuple(args, "y*iid", &key, &pos, &has, &value)) return NULL;
        bool fits = key.len == sizeof s->state.mt.key && pos >= 0 && pos <= FNP_MT_WORDS;
        if (fits) {
            memcpy(s->state.mt.key, key.buf, sizeof s->state.mt.key);
            s->state.mt.pos = pos;
            s->pair = (fnp_normal_pair){has, value};
        }
        PyBuffer_Release(&key);
        if (!fits) return PyErr_Format(PyExc_ValueError, "state is not of this kind of stream");
        Py_RETURN_NONE;
    }
    PyObject *state, *increment;
    int has;
    unsigned long half;
    fnp_pcg64 p;
    if (!PyArg_ParseTuple(args, "OOik", &state, &increment, &has, &half)) return NULL;
    if (split(state, p.state) < 0 || split(increment, p.increment) < 0) return NULL;
    p.has_half = has;
    p.half = (uint32_t)half;
    s->state.pcg = p;
    Py_RETURN_NONE;
}

/* ---- draws -------------------------------------------------------------------------------------
 */

static PyObject *stream_doubles(stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp n;
    if (take(arg, &view, 8, 1, &n) < 0) return NULL;
    fnp_bitgen g = bits(s);
    double *out = view.buf;
    for (fnp_intp i = 0; i < n; i++) out[i] = g.next_double(g.state);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

static PyObject *stream_normals(stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp n;
    if (take(arg, &view, 8, 1, &n) < 0) return NULL;
    fnp_bitgen g = bits(s);
    double *out = view.buf;
    for (fnp_intp i = 0; i < n; i++) out[i] = fnp_draw_normal_polar(&g, &s->pair);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

static PyObject *stream_words(stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp n;
    if (take(arg, &view, 4, 1, &n) < 0) return NULL;
    fnp_bitgen g = bits(s);
    uint32_t *out = view.buf;
    for (fnp_intp i = 0; i < n; i++) out[i] = g.next_uint32(g.state);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

static PyObject *stream_raw(stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp n;
    if (take(arg, &view, 8, 1, &n) < 0) return NULL;
    fnp_bitgen g = bits(s);
    uint64_t *out = view.buf;
    for (fnp_intp i = 0; i < n; i++) out[i] = g.next_raw(g.state);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

/* integers(buffer of uint64, most, masked, bits of the type): numbers in [0, most]. */
static PyObject *stream_integers(stream *s, PyObject *args)
{
    PyObject *o, *top;
    int masked, width;
    if (!PyArg_ParseTuple(args, "OOpi", &o, &top, &masked, &width)) return NULL;
    uint64_t most = PyLong_AsUnsignedLongLong(top);
    if (most == (uint64_t)-1 && PyErr_Occurred()) return NULL;
    Py_buffer view;
    fnp_intp n;
    if (take(o, &view, 8, 1, &n) < 0) return NULL;
    fnp_bitgen g = bits(s);
    fnp_draw_pieces pieces = {0};
    uint64_t *out = view.buf;
    for (fnp_intp i = 0; i < n; i++) {
        if (width < 32)
            out[i] = fnp_draw_small(&g, most, width, masked, &pieces);
        else
            out[i] = masked ? fnp_draw_masked(&g, most) : fnp_draw_bounded(&g, most);
    }
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

/* interval(most, masked): one number, for shuffles. */
static PyObject *stream_interval(stream *s, PyObject *args)
{
    unsigned long long most;
    int masked;
    if (!PyArg_ParseTuple(args, "Kp", &most, &masked)) return NULL;
    fnp_bitgen g = bits(s);
    return PyLong_FromUnsignedLongLong(masked ? fnp_draw_masked(&g, most)
                                              : fnp_draw_bounded(&g, most));
}

/* Pool of a SeedSequence: seed_mix(entropy as uint32 bytes, pool size) -> bytes. */
static PyObject *seed_mix(PyObject *unused, PyObject *args)
{
    Py_buffer entropy;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "y*n", &entropy, &size)) return NULL;
    PyObject *pool = size > 0 ? PyBytes_FromStringAndSize(NULL, 4 * size) : PyErr_NoMemory();
    if (pool)
        fnp_seedseq_mix((uint32_t *)PyBytes_AS_STRING(pool), size, entropy.buf, entropy.len / 4);
    PyBuffer_Release(&entropy);
    return pool;
}

static PyObject *seed_generate(PyObject *unused, PyObject *args)
{
    Py_buffer pool;
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "y*n", &pool, &count)) return NULL;
    PyObject *out = PyBytes_FromStringAndSize(NULL, 4 * count);
    if (out)
        fnp_seedseq_generate(pool.buf, pool.len / 4, (uint32_t *)PyBytes_AS_STRING(out), count);
    PyBuffer_Release(&pool);
    return out;
}

static PyMethodDef stream_methods[] = {
    {"seed", (PyCFunction)stream_seed, METH_O, NULL},
    {"seed_array", (PyCFunction)stream_seed_array, METH_O, NULL},
    {"seed_words", (PyCFunction)stream_seed_words, METH_O, NULL},
    {"get", (PyCFunction)stream_get, METH_NOARGS, NULL},
    {"set", (PyCFunction)stream_set, METH_VARARGS, NULL},
    {"doubles", (PyCFunction)stream_doubles, METH_O, NULL},
    {"normals", (PyCFunction)stream_normals, METH_O, NULL},
    {"words", (PyCFunction)stream_words, METH_O, NULL},
    {"raw", (PyCFunction)stream_raw, METH_O, NULL},
    {"integers", (PyCFunction)stream_integers, METH_VARARGS, NULL},
    {"interval", (PyCFunction)stream_interval, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject stream_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_RandomStream",
    .tp_basicsize = sizeof(stream),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = stream_new,
    .tp_methods = stream_methods,
    .tp_doc = "A stream of random bits of one kind.",
};

static PyMethodDef functions[] = {
    {"_seed_mix", seed_mix, METH_VARARGS, NULL},
    {"_seed_generate", seed_generate, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

HIDDEN int ext_init_random_stream(PyObject *m)
{
    if (PyType_Ready(&stream_type) < 0) return -1;
    if (PyModule_AddObjectRef(m, "_RandomStream", (PyObject *)&stream_type) < 0) return -1;
    return PyModule_AddFunctions(m, functions);
}
