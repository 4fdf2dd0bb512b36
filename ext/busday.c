/* Business days: the type busdaycalendar, is_busday, busday_offset, busday_count. */
#include "time_units.h"

#include <stdlib.h>
#include <string.h>

typedef struct calendar {
    PyObject_HEAD fnp_busdays days; /* holidays are owned (PyMem) */
} calendar;

static PyTypeObject calendar_type;

/* Arguments that stand for a calendar, before they are put together. */
typedef struct rules {
    bool mask[7], has_mask, has_holidays;
    int64_t *holidays; /* owned */
    npy_intp nholidays;
} rules;

static const rules default_rules = {.mask = {true, true, true, true, true, false, false}};

static void rules_clear(rules *r)
{
    PyMem_Free(r->holidays);
    r->holidays = NULL;
}

/* ---- reading arguments
 * -------------------------------------------------------------------------------------- */
static int weekmask_converter(PyObject *o, void *address)
{
    rules *r = address;
    PyObject *text = NULL;
    r->has_mask = true;
    if (PyBytes_Check(o))
        text = PyUnicode_FromEncodedObject(o, NULL, NULL);
    else if (PyUnicode_Check(o))
        text = Py_NewRef(o);
    if (text) {
        const char *s = PyUnicode_AsUTF8(text);
        EXT_ERROR(e);
        fnp_status st = s ? fnp_weekmask_parse(s, r->mask, &e) : FNP_EPYTHON;
        Py_DECREF(text);
        if (st) ext_raise(st, &e);
        return st == FNP_OK;
    }
    if (PyErr_Occurred()) return 0;
    if (!PySequence_Check(o)) {
        PyErr_SetString(PyExc_ValueError, "Couldn't convert object into a business day weekmask");
        return 0;
    }
    PyArrayObject *a = (PyArrayObject *)PyArray_FromAny(
        o, PyArray_DescrFromType(NPY_BOOL), 0, 0, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST, NULL);
    if (!a) return 0;
    bool ok = PyArray_NDIM(a) == 1 && PyArray_DIM(a, 0) == 7;
    if (ok)
        for (int i = 0; i < 7; i++) r->mask[i] = ((npy_bool *)PyArray_DATA(a))[i] != 0;
    else
        PyErr_SetString(PyExc_ValueError, "A business day weekmask array must have length 7");
    Py_DECREF(a);
    return ok;
}

/* Any object as an array of datetime64, its unit found. */
static PyArrayObject *as_dates(PyObject *o)
{
    if (PyArray_Check(o) && PyArray_DESCR((PyArrayObject *)o)->type_num == NPY_DATETIME)
        return (PyArrayObject *)Py_NewRef(o);
    return (PyArrayObject *)PyArray_FromAny(o, ext_descr_time(NPY_DATETIME, FNP_UNIT_GENERIC, 1), 0,
                                            0, NPY_ARRAY_FORCECAST, NULL);
}

/* Native datetime64[D], C order; steals a. */
static PyArrayObject *as_days(PyArrayObject *a)
{
    PyArrayObject *days = NULL;
    PyArray_Descr *d = ext_descr_time(NPY_DATETIME, FNP_UNIT_D, 1);
    if (d)
        days = (PyArrayObject *)PyArray_FromArray(a, d, NPY_ARRAY_CARRAY_RO | NPY_ARRAY_FORCECAST);
    Py_DECREF(a);
    return days;
}

static bool is_day_safe(PyArrayObject *a)
{
    return fnp_dtmeta_can_cast(false, ext_dtmeta(PyArray_DESCR(a)), (fnp_dtmeta){FNP_UNIT_D, 1},
                               FNP_CAST_SAFE);
}

static int holidays_converter(PyObject *o, void *address)
{
    rules *r = address;
    PyArrayObject *a = as_dates(o);
    r->has_holidays = true;
    if (!a) return 0;
    if (PyArray_NDIM(a) != 1) {
        PyErr_SetString(PyExc_ValueError, "holidays must be a provided as a one-dimensional array");
        Py_DECREF(a);
        return 0;
    }
    if (PyArray_SIZE(a) && !is_day_safe(a)) {
        PyErr_SetString(PyExc_ValueError,
                        "Cannot safely convert provided holidays input into an array of dates");
        Py_DECREF(a);
        return 0;
    }
    if (PyArray_SIZE(a) == 0) {
        Py_DECREF(a);
        return 1;
    }
    if (!(a = as_days(a))) return 0;
    PyMem_Free(r->holidays);
    r->nholidays = PyArray_SIZE(a);
    r->holidays = PyMem_Malloc((size_t)r->nholidays * sizeof *r->holidays);
    if (r->holidays)
        memcpy(r->holidays, PyArray_DATA(a), (size_t)r->nholidays * sizeof *r->holidays);
    else
        PyErr_NoMemory();
    Py_DECREF(a);
    return r->holidays != NULL;
}

static int roll_converter(PyObject *o, void *address)
{
    PyObject *text = PyBytes_Check(o) ? PyUnicode_FromEncodedObject(o, NULL, NULL) : Py_NewRef(o);
    const char *s = text && PyUnicode_Check(text) ? PyUnicode_AsUTF8(text) : NULL;
    EXT_ERROR(e);
    fnp_status st = FNP_EPYTHON;
    if (s)
        st = fnp_roll_from_text(s, address, &e);
    else if (!PyErr_Occurred())
        PyErr_BadArgument();
    Py_XDECREF(text);
    if (st) ext_raise(st, &e);
    return st == FNP_OK;
}

static int finish_rules(const rules *r, fnp_busdays *out)
{
    *out = (fnp_busdays){.holidays = r->holidays};
    memcpy(out->weekmask, r->mask, sizeof out->weekmask);
    for (int i = 0; i < 7; i++) out->per_week += r->mask[i];
    out->nholidays = fnp_holidays_normalize(r->holidays, r->nholidays, r->mask);
    return out->per_week;
}

/* The calendar of a call: the one given, or the one that weekmask and holidays make. */
static int choose(const char *function, const calendar *given, const rules *r, fnp_busdays *out)
{
    if (given) {
        if (r->has_mask || r->has_holidays) {
            PyErr_Format(
                PyExc_ValueError,
                "Cannot supply both the weekmask/holidays and the busdaycal parameters to %s()",
                function);
            return -1;
        }
        *out = given->days;
        return 0;
    }
    if (finish_rules(r, out) == 0) {
        PyErr_SetString(PyExc_ValueError,
                        "the business day weekmask must have at least one valid business day");
        return -1;
    }
    return 0;
}

/* ---- the type
 * -----------------------------------------------------------------------------------------------
 */
static PyObject *calendar_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    calendar *self = (calendar *)type->tp_alloc(type, 0);
    if (self) finish_rules(&default_rules, &self->days);
    return (PyObject *)self;
}

static int calendar_init(calendar *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"weekmask", "holidays", NULL};
    rules r = default_rules;
    fnp_busdays days;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O&O&:busdaycal", names, &weekmask_converter, &r,
                                     &holidays_converter, &r)) {
        rules_clear(&r);
        return -1;
    }
    if (finish_rules(&r, &days) == 0) {
        rules_clear(&r);
        PyErr_SetString(PyExc_ValueError,
                        "Cannot construct a numpy.busdaycal with a weekmask of all zeros");
        return -1;
    }
    PyMem_Free((void *)self->days.holidays);
    self->days = days;
    return 0;
}

static void calendar_dealloc(calendar *self)
{
    PyMem_Free((void *)self->days.holidays);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *calendar_weekmask(calendar *self, void *unused)
{
    npy_intp seven = 7;
    PyArrayObject *a = (PyArrayObject *)PyArray_SimpleNew(1, &seven, NPY_BOOL);
    if (a)
        for (int i = 0; i < 7; i++) ((npy_bool *)PyArray_DATA(a))[i] = self->days.weekmask[i];
    return (PyObject *)a;
}

static PyObject *calendar_holidays(calendar *self, void *unused)
{
    npy_intp n = self->days.nholidays;
    PyArray_Descr *d = ext_descr_time(NPY_DATETIME, FNP_UNIT_D, 1);
    PyArrayObject *a =
        d ? (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, 1, &n, NULL, NULL, 0, NULL)
          : NULL;
    if (a && n) memcpy(PyArray_DATA(a), self->days.holidays, (size_t)n * sizeof(int64_t));
    return (PyObject *)a;
}

static PyGetSetDef calendar_getset[] = {{"weekmask", (getter)calendar_weekmask, NULL,
                                         "Which days of the week count, Monday first.", NULL},
                                        {"holidays", (getter)calendar_holidays, NULL,
                                         "Days off that fall on days of the week mask.", NULL},
                                        {NULL}};

static PyTypeObject calendar_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_basicsize = sizeof(calendar),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc =
        "busdaycalendar(weekmask='1111100', holidays=None)\n--\n\nWhich days are business days.",
    .tp_new = calendar_new,
    .tp_init = (initproc)calendar_init,
    .tp_dealloc = (destructor)calendar_dealloc,
    .tp_getset = calendar_getset,
};

/* ---- the functions
 * ------------------------------------------------------------------------------------------ */
/* An operand as it is, if it is an array, else as dates. */
static PyArrayObject *read_operand(PyObject *o)
{
    if (!PyArray_Check(o)) return as_dates(o);
    if (PyArray_TYPE((PyArrayObject *)o) != NPY_OBJECT) return (PyArrayObject *)Py_NewRef(o);
    PyErr_SetString(PyExc_TypeError,
                    "Iterator operand or requested dtype holds references, but the "
                    "NPY_ITER_REFS_OK flag was not enabled");
    return NULL;
}

/* Days of operand `number` (stolen, may be NULL), refused if it is not of dates that days can hold.
 */
static PyArrayObject *date_operand(PyArrayObject *a, int number)
{
    if (!a) return NULL;
    if (PyArray_TYPE(a) != NPY_DATETIME || (!is_day_safe(a) && PyArray_SIZE(a))) {
        PyArray_Descr *day = ext_descr_time(NPY_DATETIME, FNP_UNIT_D, 1);
        PyErr_Format(PyExc_TypeError,
                     "Iterator operand %d dtype could not be cast from %R to %R according to the "
                     "rule 'safe'",
                     number, PyArray_DESCR(a), day);
        Py_XDECREF(day);
        Py_DECREF(a);
        return NULL;
    }
    return as_days(a);
}

static PyArrayObject *offset_operand(PyObject *o)
{
    return (PyArrayObject *)PyArray_FromAny(
        o, PyArray_DescrFromType(NPY_INT64), 0, 0,
        NPY_ARRAY_CARRAY_RO | (PyArray_Check(o) ? 0 : NPY_ARRAY_FORCECAST), NULL);
}

typedef struct work {
    const fnp_busdays *days;
    fnp_roll roll;
    char what; /* '?' is, 'o' offset, 'c' count */
} work;

/* out[i] of the i-th a and b, for n of them; steps count elements. */
static int compute(const work *w, npy_intp n, const int64_t *a, npy_intp a_step, const int64_t *b,
                   npy_intp b_step, void *out)
{
    switch (w->what) {
    case '?': fnp_busday_is_many(w->days, n, a, out); return 0;
    case 'o':
        EXT_TRY(fnp_busday_offset_many(w->days, w->roll, n, a, a_step, b, b_step, out, err), -1);
        return 0;
    default: EXT_TRY(fnp_busday_count_many(w->days, n, a, a_step, b, b_step, out, err), -1);
    }
    return 0;
}

/* Hand the result to `out`, which must have its shape. Steals result; returns a new reference. */
static PyObject *deliver(PyArrayObject *result, PyObject *out, int number)
{
    if (!result) return NULL;
    if (!out || out == Py_None) return PyArray_Return(result);
    PyArrayObject *o = (PyArrayObject *)out;
    int ok = -1;
    if (!PyArray_SAMESHAPE(result, o)) {
        PyObject *a = PyArray_IntTupleFromIntp(PyArray_NDIM(result), PyArray_DIMS(result));
        PyObject *b = PyArray_IntTupleFromIntp(PyArray_NDIM(o), PyArray_DIMS(o));
        if (a && b)
            PyErr_Format(PyExc_ValueError,
                         "operands could not be broadcast together with shapes %R %R ", a, b);
        Py_XDECREF(a);
        Py_XDECREF(b);
    } else if (!PyArray_CanCastTypeTo(PyArray_DESCR(result), PyArray_DESCR(o), NPY_SAFE_CASTING)) {
        PyErr_Format(PyExc_TypeError,
                     "Iterator requested dtype could not be cast from %R to %R, the operand %d "
                     "dtype, according to the "
                     "rule 'safe'",
                     PyArray_DESCR(result), PyArray_DESCR(o), number);
    } else {
        ok = PyArray_CopyInto(o, result);
    }
    Py_DECREF(result);
    return ok < 0 ? NULL : Py_NewRef(out);
}

static PyArray_Descr *result_descr(const work *w)
{
    return w->what == '?'   ? PyArray_DescrFromType(NPY_BOOL)
           : w->what == 'c' ? PyArray_DescrFromType(NPY_INT64)
                            : ext_descr_time(NPY_DATETIME, FNP_UNIT_D, 1);
}

/* Operands of C order that have the result's shape, or one element, are one run. */
static PyArrayObject *run_flat(const work *w, PyArrayObject *a, PyArrayObject *b)
{
    PyArrayObject *shape = b && PyArray_NDIM(b) > PyArray_NDIM(a) ? b : a;
    npy_intp n = PyArray_SIZE(shape);
    PyArray_Descr *d = result_descr(w);
    PyArrayObject *result =
        d ? (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, PyArray_NDIM(shape),
                                                  PyArray_DIMS(shape), NULL, NULL, 0, NULL)
          : NULL;
    if (result &&
        compute(w, n, PyArray_DATA(a), PyArray_NDIM(a) || n == 1, b ? PyArray_DATA(b) : NULL,
                b && (PyArray_NDIM(b) || n == 1), PyArray_DATA(result)) < 0)
        Py_CLEAR(result);
    return result;
}

static PyArrayObject *run_broadcast(const work *w, PyArrayObject *a, PyArrayObject *b)
{
    PyArrayObject *result = NULL;
    PyObject *operands[2] = {(PyObject *)a, (PyObject *)b};
    PyArrayMultiIterObject *it =
        (PyArrayMultiIterObject *)PyArray_MultiIterFromObjects(operands, 2, 0);
    PyArray_Descr *d = it ? result_descr(w) : NULL;
    if (d)
        result = (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, d, it->nd, it->dimensions,
                                                       NULL, NULL, 0, NULL);
    char *p = result ? PyArray_DATA(result) : NULL;
    for (npy_intp i = 0; result && i < it->size; i++) {
        if (compute(w, 1, PyArray_MultiIter_DATA(it, 0), 1, PyArray_MultiIter_DATA(it, 1), 1, p) <
            0)
            Py_CLEAR(result);
        else
            p += PyArray_ITEMSIZE(result);
        PyArray_MultiIter_NEXT(it);
    }
    Py_XDECREF(it);
    return result;
}

/* result[...] = compute(a[...], b[...]) over the broadcast of both (b may be NULL). Steals a and b.
 */
static PyArrayObject *run(const work *w, PyArrayObject *a, PyArrayObject *b)
{
    PyArrayObject *result = NULL;
    if (a && (b || w->what == '?')) {
        bool flat = !b || PyArray_NDIM(a) == 0 || PyArray_NDIM(b) == 0 || PyArray_SAMESHAPE(a, b);
        result = flat ? run_flat(w, a, b) : run_broadcast(w, a, b);
    }
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

static int check_out(PyObject *out)
{
    if (!out || out == Py_None || PyArray_Check(out)) return 0;
    PyErr_SetString(PyExc_ValueError, "busday_offset: must provide a NumPy array for 'out'");
    return -1;
}

static PyObject *is_busday(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"dates", "weekmask", "holidays", "busdaycal", "out", NULL};
    PyObject *dates, *out = NULL, *result = NULL;
    calendar *cal = NULL;
    rules r = default_rules;
    fnp_busdays days;
    if (PyArg_ParseTupleAndKeywords(args, kwds, "O|O&O&O!O:is_busday", names, &dates,
                                    &weekmask_converter, &r, &holidays_converter, &r,
                                    &calendar_type, &cal, &out) &&
        choose("is_busday", cal, &r, &days) == 0 && check_out(out) == 0) {
        work w = {&days, FNP_ROLL_RAISE, '?'};
        result = deliver(run(&w, date_operand(read_operand(dates), 0), NULL), out, 1);
    }
    rules_clear(&r);
    return result;
}

static PyObject *busday_offset(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"dates",    "offsets",   "roll", "weekmask",
                            "holidays", "busdaycal", "out",  NULL};
    PyObject *dates, *offsets, *out = NULL, *result = NULL;
    calendar *cal = NULL;
    fnp_roll roll = FNP_ROLL_RAISE;
    rules r = default_rules;
    fnp_busdays days;
    if (PyArg_ParseTupleAndKeywords(args, kwds, "OO|O&O&O&O!O:busday_offset", names, &dates,
                                    &offsets, &roll_converter, &roll, &weekmask_converter, &r,
                                    &holidays_converter, &r, &calendar_type, &cal, &out) &&
        choose("busday_offset", cal, &r, &days) == 0 && check_out(out) == 0) {
        work w = {&days, roll, 'o'};
        PyArrayObject *b = offset_operand(offsets),
                      *a = b ? date_operand(read_operand(dates), 0) : NULL;
        if (!a) Py_CLEAR(b);
        result = deliver(run(&w, a, b), out, 2);
    }
    rules_clear(&r);
    return result;
}

static PyObject *busday_count(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"begindates", "enddates", "weekmask", "holidays",
                            "busdaycal",  "out",      NULL};
    PyObject *begin, *end, *out = NULL, *result = NULL;
    calendar *cal = NULL;
    rules r = default_rules;
    fnp_busdays days;
    if (PyArg_ParseTupleAndKeywords(args, kwds, "OO|O&O&O!O:busday_count", names, &begin, &end,
                                    &weekmask_converter, &r, &holidays_converter, &r,
                                    &calendar_type, &cal, &out) &&
        choose("busday_count", cal, &r, &days) == 0 && check_out(out) == 0) {
        work w = {&days, FNP_ROLL_RAISE, 'c'};
        PyArrayObject *a = read_operand(begin), *b = a ? read_operand(end) : NULL;
        if (!b) Py_CLEAR(a);
        if (b && !(a = date_operand(a, 0))) Py_CLEAR(b);
        if (b && !(b = date_operand(b, 1))) Py_CLEAR(a);
        result = deliver(run(&w, a, b), out, 2);
    }
    rules_clear(&r);
    return result;
}

static PyMethodDef functions[] = {
    {"is_busday", (PyCFunction)(void (*)(void))is_busday, METH_VARARGS | METH_KEYWORDS,
     "Which of the dates are business days."},
    {"busday_offset", (PyCFunction)(void (*)(void))busday_offset, METH_VARARGS | METH_KEYWORDS,
     "Dates rolled to business days and moved by a number of them."},
    {"busday_count", (PyCFunction)(void (*)(void))busday_count, METH_VARARGS | METH_KEYWORDS,
     "Business days from each begin up to, not including, each end."},
    {NULL}};

int ext_init_busday(PyObject *module)
{
    if (!(calendar_type.tp_name = ext_qualname("busdaycalendar")) ||
        PyType_Ready(&calendar_type) < 0)
        return -1;
    Py_INCREF(&calendar_type);
    if (PyModule_AddObject(module, "busdaycalendar", (PyObject *)&calendar_type) < 0) return -1;
    return ext_add_functions(module, functions);
}
