/* BitGenerator, whose layout compiled users know, and _BitStream below it: one of our own streams.
 * Methods without a hot path are Python, put onto these types by _random_complete. */
#include "random.h"

#include <string.h>

typedef enum { NO_STREAM, MT19937, PCG64, PCG64DXSM, PHILOX, SFC64 } stream_kind;
static const char *const stream_names[] = {"", "MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"};

typedef struct {
    ExtBitGenerator head;
    stream_kind kind;
    union {
        fnp_mt19937 mt;
        fnp_pcg64 pcg;
        fnp_philox philox;
        fnp_sfc64 sfc;
    } state;
} bit_stream;

static PyObject *bitgen_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static PyObject *rlock;
    ExtBitGenerator *g = (ExtBitGenerator *)type->tp_alloc(type, 0);
    PyObject *threading = rlock ? NULL : PyImport_ImportModule("threading");
    if (threading) rlock = PyObject_GetAttrString(threading, "RLock");
    Py_XDECREF(threading);
    if (!g) return NULL;
    g->lock = rlock ? PyObject_CallNoArgs(rlock) : NULL;
    g->capsule = g->lock ? PyCapsule_New(&g->bits, "BitGenerator", NULL) : NULL;
    g->seed_seq = Py_NewRef(Py_None);
    g->ctypes = Py_NewRef(Py_None);
    g->cffi = Py_NewRef(Py_None);
    if (!g->capsule) Py_CLEAR(g);
    return (PyObject *)g;
}

static int bitgen_traverse(PyObject *o, visitproc visit, void *arg)
{
    ExtBitGenerator *g = (ExtBitGenerator *)o;
    Py_VISIT(g->seed_seq);
    Py_VISIT(g->lock);
    Py_VISIT(g->ctypes);
    Py_VISIT(g->cffi);
    Py_VISIT(g->capsule);
    return 0;
}

static int bitgen_clear(PyObject *o)
{
    ExtBitGenerator *g = (ExtBitGenerator *)o;
    Py_CLEAR(g->seed_seq);
    Py_CLEAR(g->lock);
    Py_CLEAR(g->ctypes);
    Py_CLEAR(g->cffi);
    Py_CLEAR(g->capsule);
    return 0;
}

static void bitgen_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    PyObject_GC_UnTrack(o);
    bitgen_clear(o);
    type->tp_free(o);
}

static PyObject *bitgen_address(PyObject *o, void *unused)
{
    ExtBitGenerator *g = (ExtBitGenerator *)o;
    return Py_BuildValue("NNNNN", PyLong_FromVoidPtr(g->bits.state), PyLong_FromVoidPtr(&g->bits),
                         PyLong_FromVoidPtr((void *)g->bits.next_uint64),
                         PyLong_FromVoidPtr((void *)g->bits.next_uint32),
                         PyLong_FromVoidPtr((void *)g->bits.next_double));
}

/* A buffer of `size`-byte items; *count of them. */
static int take(PyObject *o, Py_buffer *view, int size, int writable, fnp_intp *count)
{
    if (PyObject_GetBuffer(o, view, writable ? PyBUF_WRITABLE : PyBUF_SIMPLE) < 0) return -1;
    *count = view->len / size;
    return 0;
}

static PyObject *bitgen_raw(PyObject *o, PyObject *arg)
{
    fnp_bitgen *g = &((ExtBitGenerator *)o)->bits;
    Py_buffer view;
    fnp_intp n;
    if (!g->next_raw) return PyErr_Format(PyExc_ValueError, "the bit generator is not initialised");
    if (take(arg, &view, 8, 1, &n) < 0) return NULL;
    uint64_t *out = view.buf;
    for (fnp_intp i = 0; i < n; i++) out[i] = g->next_raw(g->state);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

/* _burn(count, doubles): draws for nothing, to be timed. */
static PyObject *bitgen_burn(PyObject *o, PyObject *args)
{
    fnp_bitgen *g = &((ExtBitGenerator *)o)->bits;
    Py_ssize_t n;
    int doubles;
    if (!PyArg_ParseTuple(args, "np", &n, &doubles)) return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (doubles)
            g->next_double(g->state);
        else
            g->next_uint64(g->state);
    }
    Py_RETURN_NONE;
}

static PyMemberDef bitgen_members[] = {
    {"_seed_seq", T_OBJECT, offsetof(ExtBitGenerator, seed_seq), 0, NULL},
    {"lock", T_OBJECT, offsetof(ExtBitGenerator, lock), 0, "Held around each draw."},
    {"_ctypes", T_OBJECT, offsetof(ExtBitGenerator, ctypes), 0, NULL},
    {"_cffi", T_OBJECT, offsetof(ExtBitGenerator, cffi), 0, NULL},
    {"capsule", T_OBJECT, offsetof(ExtBitGenerator, capsule), 0,
     "Where compiled code finds the stream; its name is BitGenerator."},
    {NULL}};
static PyGetSetDef bitgen_getset[] = {{"_addresses", bitgen_address, NULL, NULL, NULL}, {NULL}};
static PyMethodDef bitgen_methods[] = {
    {"_raw", bitgen_raw, METH_O, NULL}, {"_burn", bitgen_burn, METH_VARARGS, NULL}, {NULL}};
static PyTypeObject bitgen_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "BitGenerator",
    .tp_basicsize = sizeof(ExtBitGenerator),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = bitgen_new,
    .tp_dealloc = bitgen_dealloc,
    .tp_traverse = bitgen_traverse,
    .tp_clear = bitgen_clear,
    .tp_methods = bitgen_methods,
    .tp_members = bitgen_members,
    .tp_getset = bitgen_getset,
    .tp_doc = "BitGenerator(seed=None)\n\nA stream of random bits; the base of MT19937, PCG64 and "
              "others.",
};

/* ---- our own streams ---------------------------------------------------------------------------
 */
static PyObject *stream_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *name = PyObject_GetAttrString((PyObject *)type, "_kind");
    bit_stream *s = name ? (bit_stream *)bitgen_new(type, args, kwds) : NULL;
    stream_kind kind = SFC64;
    while (name && kind > NO_STREAM && PyUnicode_CompareWithASCIIString(name, stream_names[kind]))
        kind--;
    Py_XDECREF(name);
    if (!s) return NULL;
    s->kind = kind;
    switch (kind) {
    case MT19937:
        fnp_mt19937_seed(&s->state.mt, 5489);
        s->head.bits = fnp_mt19937_bitgen(&s->state.mt);
        break;
    case PCG64: s->head.bits = fnp_pcg64_bitgen(&s->state.pcg); break;
    case PCG64DXSM: s->head.bits = fnp_pcg64_dxsm_bitgen(&s->state.pcg); break;
    case PHILOX: s->head.bits = fnp_philox_bitgen(&s->state.philox); break;
    case SFC64: s->head.bits = fnp_sfc64_bitgen(&s->state.sfc); break;
    case NO_STREAM: PyErr_SetString(PyExc_ValueError, "unknown kind of stream"); Py_CLEAR(s);
    }
    return (PyObject *)s;
}

/* As RandomState is seeded: by a number or an array of words of 32 bits. */
static PyObject *stream_seed(bit_stream *s, PyObject *arg)
{
    if (PyLong_Check(arg)) {
        fnp_mt19937_seed(&s->state.mt, (uint32_t)PyLong_AsUnsignedLongMask(arg));
        Py_RETURN_NONE;
    }
    Py_buffer view;
    fnp_intp count;
    if (take(arg, &view, 4, 0, &count) < 0) return NULL;
    if (count > 0) fnp_mt19937_seed_array(&s->state.mt, view.buf, count);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

/* As many words as a SeedSequence gives this kind of stream; for Philox its key and its counter. */
static PyObject *stream_seed_words(bit_stream *s, PyObject *arg)
{
    static const int bytes[] = {0, 4 * FNP_MT_WORDS, 32, 32, 48, 24};
    Py_buffer view;
    fnp_intp count;
    if (take(arg, &view, 1, 0, &count) < 0) return NULL;
    bool fits = count == bytes[s->kind];
    if (fits) switch (s->kind) {
        case MT19937: fnp_mt19937_seed_words(&s->state.mt, view.buf); break;
        case PCG64:
        case PCG64DXSM: fnp_pcg64_seed(&s->state.pcg, view.buf); break;
        case PHILOX: fnp_philox_start(&s->state.philox, (uint64_t *)view.buf + 2, view.buf); break;
        case SFC64: fnp_sfc64_seed(&s->state.sfc, view.buf); break;
        case NO_STREAM: break;
        }
    PyBuffer_Release(&view);
    if (!fits) return PyErr_Format(PyExc_ValueError, "wrong number of seed words");
    Py_RETURN_NONE;
}

/* The state as bytes (see the structs), position in a buffer, and the waiting half. */
static PyObject *stream_get(bit_stream *s, PyObject *unused)
{
    fnp_philox *p = &s->state.philox;
    switch (s->kind) {
    case MT19937:
        return Py_BuildValue("y#i", (char *)s->state.mt.key, (Py_ssize_t)sizeof s->state.mt.key,
                             (int)s->state.mt.pos);
    case PCG64:
    case PCG64DXSM:
        return Py_BuildValue("y#Ik", (char *)s->state.pcg.state, (Py_ssize_t)32,
                             (unsigned)s->state.pcg.has_half, (unsigned long)s->state.pcg.half);
    case PHILOX:
        return Py_BuildValue("y#iIk", (char *)p->counter, (Py_ssize_t)80, (int)p->pos,
                             (unsigned)p->has_half, (unsigned long)p->half);
    case SFC64:
        return Py_BuildValue("y#Ik", (char *)s->state.sfc.state, (Py_ssize_t)32,
                             (unsigned)s->state.sfc.has_half, (unsigned long)s->state.sfc.half);
    case NO_STREAM: break;
    }
    Py_RETURN_NONE;
}

static PyObject *stream_set(bit_stream *s, PyObject *args)
{
    Py_buffer words;
    int pos = 0, has = 0;
    unsigned long half = 0;
    if (!PyArg_ParseTuple(args, "y*i|ik", &words, &pos, &has, &half)) return NULL;
    static const int bytes[] = {0, 4 * FNP_MT_WORDS, 32, 32, 80, 32};
    bool buffered = s->kind == MT19937 || s->kind == PHILOX;
    int most = s->kind == MT19937 ? FNP_MT_WORDS : 4;
    bool fits = words.len == bytes[s->kind] && (!buffered || (pos >= 0 && pos <= most));
    if (fits) switch (s->kind) {
        case MT19937:
            memcpy(s->state.mt.key, words.buf, sizeof s->state.mt.key);
            s->state.mt.pos = pos;
            break;
        case PCG64:
        case PCG64DXSM:
            memcpy(s->state.pcg.state, words.buf, 32);
            s->state.pcg.has_half = has;
            s->state.pcg.half = (uint32_t)half;
            break;
        case PHILOX:
            memcpy(s->state.philox.counter, words.buf, 80);
            s->state.philox.pos = pos;
            s->state.philox.has_half = has;
            s->state.philox.half = (uint32_t)half;
            break;
        case SFC64:
            memcpy(s->state.sfc.state, words.buf, 32);
            s->state.sfc.has_half = has;
            s->state.sfc.half = (uint32_t)half;
            break;
        case NO_STREAM: break;
        }
    PyBuffer_Release(&words);
    if (!fits) return PyErr_Format(PyExc_ValueError, "state is not of this kind of stream");
    Py_RETURN_NONE;
}

/* By 2^128 draws for MT19937 (no argument used); else by as many as the bytes say, 16 or 32 of them
 * (PCG64: high half first). */
static PyObject *stream_advance(bit_stream *s, PyObject *arg)
{
    Py_buffer view;
    fnp_intp n;
    if (take(arg, &view, 1, 0, &n) < 0) return NULL;
    if (s->kind == MT19937)
        fnp_mt19937_jump(&s->state.mt);
    else if (s->kind == PHILOX && n == 32)
        fnp_philox_advance(&s->state.philox, view.buf);
    else if (s->kind != SFC64 && n == 16)
        fnp_pcg64_advance(&s->state.pcg, view.buf, s->kind == PCG64DXSM);
    else
        PyErr_SetString(PyExc_TypeError, "this stream cannot advance so");
    PyBuffer_Release(&view);
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef stream_methods[] = {
    {"_seed", (PyCFunction)stream_seed, METH_O, NULL},
    {"_seed_words_into", (PyCFunction)stream_seed_words, METH_O, NULL},
    {"_get", (PyCFunction)stream_get, METH_NOARGS, NULL},
    {"_set", (PyCFunction)stream_set, METH_VARARGS, NULL},
    {"_advance", (PyCFunction)stream_advance, METH_O, NULL},
    {NULL},
};
static PyTypeObject stream_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_BitStream",
    .tp_basicsize = sizeof(bit_stream),
    .tp_base = &bitgen_type,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = stream_new,
    .tp_dealloc = bitgen_dealloc,
    .tp_traverse = bitgen_traverse,
    .tp_clear = bitgen_clear,
    .tp_methods = stream_methods,
    .tp_doc = "A stream of random bits of one kind.",
};

/* ---- seeds -------------------------------------------------------------------------------------
 * Compiled users check SeedSequence's size and fetch a table of its methods, which none calls. */
typedef struct {
    PyObject_HEAD const void *table;
    PyObject *entropy, *spawn_key, *pool_size, *pool, *children;
} seed_sequence;
_Static_assert(sizeof(seed_sequence) == 64, "layout of numpy.random.bit_generator.SeedSequence");

static PyObject *not_for_others(void)
{
    PyErr_SetString(PyExc_NotImplementedError, "SeedSequence's compiled methods are not offered");
    return NULL;
}
static PyObject *(*const seed_table[])(void) = {not_for_others, not_for_others};

static PyObject *seed_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    seed_sequence *s = (seed_sequence *)type->tp_alloc(type, 0);
    if (s) s->table = seed_table;
    return (PyObject *)s;
}
static int seed_traverse(PyObject *o, visitproc visit, void *arg)
{
    seed_sequence *s = (seed_sequence *)o;
    Py_VISIT(s->entropy);
    Py_VISIT(s->spawn_key);
    Py_VISIT(s->pool_size);
    Py_VISIT(s->pool);
    Py_VISIT(s->children);
    return 0;
}
static int seed_clear(PyObject *o)
{
    seed_sequence *s = (seed_sequence *)o;
    Py_CLEAR(s->entropy);
    Py_CLEAR(s->spawn_key);
    Py_CLEAR(s->pool_size);
    Py_CLEAR(s->pool);
    Py_CLEAR(s->children);
    return 0;
}
static void seed_dealloc(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    PyObject_GC_UnTrack(o);
    seed_clear(o);
    type->tp_free(o);
}
static PyMemberDef seed_members[] = {
    {"entropy", T_OBJECT, offsetof(seed_sequence, entropy), 0, NULL},
    {"spawn_key", T_OBJECT, offsetof(seed_sequence, spawn_key), 0, NULL},
    {"pool_size", T_OBJECT, offsetof(seed_sequence, pool_size), 0, NULL},
    {"_pool", T_OBJECT, offsetof(seed_sequence, pool), 0, NULL},
    {"n_children_spawned", T_OBJECT, offsetof(seed_sequence, children), 0, NULL},
    {NULL}};
static PyTypeObject seed_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "SeedSequence",
    .tp_basicsize = sizeof(seed_sequence),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = seed_new,
    .tp_dealloc = seed_dealloc,
    .tp_traverse = seed_traverse,
    .tp_clear = seed_clear,
    .tp_members = seed_members,
    .tp_doc = "SeedSequence(entropy=None, *, spawn_key=(), pool_size=4)\n\n"
              "Good seeds out of any entropy, the same on every machine.",
};

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

/* _random_complete(type, attributes): the Python half of one of these types, once, at import. */
static PyObject *complete(PyObject *unused, PyObject *args)
{
    PyTypeObject *type;
    PyObject *attributes, *key, *value;
    Py_ssize_t at = 0;
    if (!PyArg_ParseTuple(args, "O!O!", &PyType_Type, &type, &PyDict_Type, &attributes))
        return NULL;
    unsigned long fixed = type->tp_flags & Py_TPFLAGS_IMMUTABLETYPE;
    type->tp_flags &= ~fixed;
    int r = 0;
    while (r == 0 && PyDict_Next(attributes, &at, &key, &value))
        r = PyObject_SetAttr((PyObject *)type, key, value);
    type->tp_flags |= fixed;
    if (r < 0) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"_seed_mix", seed_mix, METH_VARARGS, NULL},
    {"_seed_generate", seed_generate, METH_VARARGS, NULL},
    {"_random_complete", complete, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

HIDDEN int ext_init_random_bitgen(PyObject *m)
{
    bitgen_type.tp_name = ext_qualname("random.bit_generator.BitGenerator");
    seed_type.tp_name = ext_qualname("random.bit_generator.SeedSequence");
    if (PyType_Ready(&bitgen_type) < 0 || PyType_Ready(&stream_type) < 0 ||
        PyType_Ready(&seed_type) < 0)
        return -1;
    PyObject *table = PyCapsule_New((void *)seed_table, NULL, NULL);
    int r = table ? PyDict_SetItemString(seed_type.tp_dict, "__pyx_vtable__", table) : -1;
    Py_XDECREF(table);
    if (r < 0 || PyModule_AddObjectRef(m, "_BitGenerator", (PyObject *)&bitgen_type) < 0 ||
        PyModule_AddObjectRef(m, "_BitStream", (PyObject *)&stream_type) < 0 ||
        PyModule_AddObjectRef(m, "_SeedSequence", (PyObject *)&seed_type) < 0)
        return -1;
    return PyModule_AddFunctions(m, functions);
}
