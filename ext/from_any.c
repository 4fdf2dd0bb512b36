/* PyArray_FromAny and its relatives: any object, or an array, as an array with required properties.
 */
#include "array_methods.h"
#include "coerce.h"
#include "scalarmath.h"
#include "convert.h"

#include <string.h>

PyObject *ext_no_copy_error(void)
{
    PyErr_SetString(PyExc_ValueError,
                    "Unable to avoid copy while creating an array as requested.\n"
                    "If using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to "
                    "allow a copy when needed "
                    "(no behavior change in NumPy 1.x).\n"
                    "For more details, see "
                    "https://numpy.org/devdocs/"
                    "numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.");
    return NULL;
}

/* ---- from arrays
 * ---------------------------------------------------------------------------------------------------
 */
static PyObject *cannot_cast(PyArrayObject *a, PyArray_Descr *to, NPY_CASTING casting)
{
    return PyErr_Format(PyExc_TypeError, "Cannot cast %s from %R to %R according to the rule %s",
                        PyArray_NDIM(a) == 0 ? "scalar" : "array data", PyArray_DESCR(a), to,
                        ext_casting_name(casting));
}

static NPY_ORDER order_for(PyArrayObject *a, int flags)
{
    if (flags & NPY_ARRAY_F_CONTIGUOUS) return NPY_FORTRANORDER;
    if (flags & NPY_ARRAY_C_CONTIGUOUS) return NPY_CORDER;
    return NPY_KEEPORDER;
}

static bool needs_copy(PyArrayObject *a, PyArray_Descr *d, int flags)
{
    int has = PyArray_FLAGS(a);
    if (flags & NPY_ARRAY_ENSURECOPY) return true;
    if ((flags & NPY_ARRAY_C_CONTIGUOUS) && !(has & NPY_ARRAY_C_CONTIGUOUS)) return true;
    if ((flags & NPY_ARRAY_F_CONTIGUOUS) && !(has & NPY_ARRAY_F_CONTIGUOUS)) return true;
    if ((flags & NPY_ARRAY_ALIGNED) && !(has & NPY_ARRAY_ALIGNED)) return true;
    if ((flags & NPY_ARRAY_WRITEABLE) && !(has & NPY_ARRAY_WRITEABLE)) return true;
    if (PyArray_DESCR(a) != d && d->type_num == NPY_VSTRING)
        return true; /* each has its own memory */
    return PyArray_DESCR(a) != d && !ext_descr_equiv(PyArray_DESCR(a), d);
}

static PyObject *copied(PyArrayObject *a, PyArray_Descr *d, int flags)
{
    int subok = !(flags & NPY_ARRAY_ENSUREARRAY);
    if (ext_descr_is_legacy(d) && LEGACY(d)->subarray) /* new dimensions: astype knows */
        return ext_astype(a, (PyArray_Descr *)Py_NewRef(d), NULL, order_for(a, flags),
                          NPY_UNSAFE_CASTING, subok, EXT_COPY_ALWAYS);
    PyArrayObject *r;
    r = (PyArrayObject *)PyArray_NewLikeArray(a, order_for(a, flags), (PyArray_Descr *)Py_NewRef(d),
                                              subok);
    if (!r) return NULL;
    int layout =
        PyArray_FLAGS(a) & PyArray_FLAGS(r) & (NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS);
    bool same_bytes = layout && PyArray_DESCR(r) == PyArray_DESCR(a) &&
                      !(d->flags & NPY_ITEM_REFCOUNT) && PyArray_NDIM(r) == PyArray_NDIM(a);
    if (same_bytes && PyArray_NBYTES(a) < 65536)
        memcpy(PyArray_DATA(r), PyArray_DATA(a), PyArray_NBYTES(a));
    else if (ext_assign_array(r, a, NULL) < 0) {
        Py_DECREF(r);
        return NULL;
    }
    if ((flags & NPY_ARRAY_WRITEBACKIFCOPY)) {
        if (PyArray_SetWritebackIfCopyBase(r, (PyArrayObject *)Py_NewRef(a)) < 0) {
            Py_DECREF(r);
            return NULL;
        }
    }
    return (PyObject *)r;
}

PyObject *ext_array_from_array(PyArrayObject *a, PyArray_Descr *descr, PyArray_DTypeMeta *cls,
                               int flags)
{
    PyArray_Descr *old = PyArray_DESCR(a);
    PyArray_Descr *d;
    if (cls && !descr && old->type_num == NPY_OBJECT &&
        (cls->type_num == NPY_STRING || cls->type_num == NPY_UNICODE)) {
        d = ext_scan_elements(a, cls);
        if (d && d->elsize == 0) /* only empty texts: then the pointers' own size counts */
            Py_SETREF(d, ext_descr_flexible(d->type_num, old->elsize));
    } else {
        d = descr || cls ? ext_adapt_descr(a, cls, descr) : (PyArray_Descr *)Py_NewRef(old);
    }
    if (!d) return NULL;
    PyObject *r = NULL;
    if (d->elsize == 0 && PyTypeNum_ISFLEXIBLE(d->type_num) && d->type_num == old->type_num &&
        !(ext_descr_is_legacy(d) && LEGACY(d)->names))
        Py_SETREF(d, (PyArray_Descr *)Py_NewRef(old));
    if (d != old) {
        NPY_CASTING casting = flags & NPY_ARRAY_FORCECAST ? NPY_UNSAFE_CASTING : NPY_SAFE_CASTING;
        int ok = ext_can_cast(old, d, casting);
        if (ok <= 0) {
            if (ok == 0) cannot_cast(a, d, casting);
            goto done;
        }
    }
    if (needs_copy(a, d, flags)) {
        if (flags & NPY_ARRAY_ENSURENOCOPY) {
            ext_no_copy_error();
            goto done;
        }
        r = copied(a, d, flags);
        goto done;
    }
    /* an equivalent descriptor is as good as the very one: callers compare the objects */
    r = (flags & NPY_ARRAY_ENSUREARRAY) && !PyArray_CheckExact(a)
            ? PyArray_View(a, NULL, &PyArray_Type)
            : Py_NewRef(a);
done:
    Py_DECREF(d);
    return r;
}

PyObject *PyArray_FromArray(PyArrayObject *a, PyArray_Descr *descr, int flags)
{
    PyObject *r = ext_array_from_array(a, descr, NULL, flags);
    Py_XDECREF(descr);
    return r;
}

/* ---- from anything
 * ------------------------------------------------------------------------------------------------------
 */
/* The descriptor for the new array, from what was asked for and what was found. New reference. */
static PyArray_Descr *final_descr(ext_coerce *c, PyArray_Descr *requested, PyArray_DTypeMeta *fixed)
{
    PyArray_Descr *d;
    if (requested)
        d = (PyArray_Descr *)Py_NewRef(requested);
    else if (c->descr)
        d = (PyArray_Descr *)Py_NewRef(c->descr);
    else if (fixed && fixed->type_num == NPY_VOID)
        d = ext_descr_flexible(NPY_VOID, 8);
    else if (fixed)
        d = ext_default_descr(fixed);
    else
        d = PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    if (!d) return NULL;
    if (!requested && ext_descr_is_legacy(d) && !PyArray_ISNBO(d->byteorder) &&
        d->type_num != NPY_VOID && !c->npairs)
        Py_SETREF(d, PyArray_DescrNewByteorder(d, NPY_NATIVE));
    return d;
}

static PyObject *allocate(ext_coerce *c, PyArray_Descr *d, int flags, bool for_subarrays)
{
    bool fortran = (flags & NPY_ARRAY_F_CONTIGUOUS) && !(flags & NPY_ARRAY_C_CONTIGUOUS);
    return PyArray_NewFromDescr(&PyArray_Type, d, c->ndim, c->shape, NULL, NULL,
                                fortran ? NPY_ARRAY_F_CONTIGUOUS : 0, NULL);
}

/* dtype=(base, shape): the shape is appended, and every element fills a block. */
static PyObject *fill_blocks(ext_coerce *c, PyArray_Descr *d, PyObject *o, int flags)
{
    PyArrayObject *a = (PyArrayObject *)allocate(c, (PyArray_Descr *)Py_NewRef(d),
                                                 flags & ~NPY_ARRAY_F_CONTIGUOUS, true);
    if (!a) return NULL;
    int extra = PyArray_NDIM(a) - c->ndim;
    PyArrayObject_fields fake = *(PyArrayObject_fields *)a;
    fake.descr = d;
    fake.nd = c->ndim;
    (void)extra;
    fake.ob_base.ob_refcnt = 1 << 20; /* lives on this stack frame only */
    int r = ext_coerce_fill(c, (PyArrayObject *)&fake, o);
    if (r < 0) {
        Py_DECREF(a);
        return NULL;
    }
    return (PyObject *)a;
}

static PyObject *build(ext_coerce *c, PyArray_Descr *d_stolen, PyObject *o, int flags)
{
    PyArray_Descr *d = d_stolen;
    if (ext_descr_is_legacy(d) && LEGACY(d)->subarray) {
        PyObject *r = fill_blocks(c, d, o, flags);
        Py_DECREF(d);
        return r;
    }
    PyArrayObject *a = (PyArrayObject *)allocate(c, d, flags, false);
    if (!a) return NULL;
    int r =
        c->ndim == 0 && PyObject_TypeCheck(o, &PyGenericArrType_Type)
            ? ext_pack_cast(PyArray_DESCR(a), PyArray_BYTES(a), o) /* (empty text got a length) */
            : ext_coerce_fill(c, a, o);
    if (r < 0) {
        Py_DECREF(a);
        return NULL;
    }
    return (PyObject *)a;
}

/* maxdims: what np.array(ndmax=) allows. */
static PyObject *depth_checked(PyObject *a, int min_depth, int max_depth, int maxdims)
{
    if (!a) return NULL;
    int nd = PyArray_NDIM((PyArrayObject *)a);
    if (min_depth && nd < min_depth) {
        PyErr_SetString(PyExc_ValueError, "object of too small depth for desired array");
        Py_CLEAR(a);
    } else if ((max_depth && nd > max_depth) || nd > maxdims) {
        PyErr_SetString(PyExc_ValueError, "object too deep for desired array");
        Py_CLEAR(a);
    }
    return a;
}

static bool could_be_like(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    return !(t == &PyList_Type || t == &PyTuple_Type || t == &PyFloat_Type || t == &PyLong_Type ||
             t == &PyBool_Type || t == &PyUnicode_Type || t == &PyBytes_Type ||
             t == &PyComplex_Type || o == Py_None || t == &PyDict_Type);
}

static PyObject *from_any(PyObject *o, PyArray_Descr *descr, PyArray_DTypeMeta *cls, int min_depth,
                          int max_depth, int flags, int maxdims)
{
    if (descr && ext_descr_is_class_only(descr)) {
        cls = NPY_DTYPE(descr);
        descr = NULL;
    }
    if (PyArray_Check(o)) {
        PyObject *r = ext_array_from_array((PyArrayObject *)o, descr, cls, flags);
        return depth_checked(r, min_depth, max_depth, maxdims);
    }
    if (!cls && !min_depth && !(flags & (NPY_ARRAY_ENSURENOCOPY | NPY_ARRAY_WRITEBACKIFCOPY))) {
        int num = ext_scalar_exact_num(o); /* a number of ours, as it is */
        if (num >= 0 && (num < NPY_OBJECT || num == NPY_HALF) &&
            (!descr || descr == ext_builtin_descrs[num]))
            return PyArray_FromScalar(o, NULL);
    }
    int copy = flags & NPY_ARRAY_ENSURECOPY ? 1 : flags & NPY_ARRAY_ENSURENOCOPY ? 0 : -1;
    if (could_be_like(o) && !PyObject_TypeCheck(o, &PyGenericArrType_Type)) {
        bool was_copied = false;
        PyArray_DTypeMeta *known = ext_discover_class(o);
        if (!known && PyErr_Occurred()) return NULL;
        PyObject *a = known ? Py_NewRef(Py_NotImplemented)
                            : ext_array_from_like(o, descr,
                                                  (flags & NPY_ARRAY_WRITEABLE) &&
                                                      (flags & NPY_ARRAY_WRITEBACKIFCOPY),
                                                  copy, &was_copied);
        if (!a) return NULL;
        if (a != Py_NotImplemented) {
            if (was_copied) flags &= ~NPY_ARRAY_ENSURECOPY;
            PyObject *r = ext_array_from_array((PyArrayObject *)a, descr, cls, flags);
            Py_DECREF(a);
            return depth_checked(r, min_depth, max_depth, maxdims);
        }
        Py_DECREF(a);
    }
    if (!descr && !cls && PyArray_IsScalar(o, Void) &&
        PyDataType_NAMES(((PyVoidScalarObject *)o)->descr) &&
        !(((PyVoidScalarObject *)o)->flags & NPY_ARRAY_OWNDATA))
        return depth_checked(ext_structure_view(o), min_depth, max_depth, maxdims);
    if (flags & NPY_ARRAY_ENSURENOCOPY) return ext_no_copy_error();
    if ((flags & NPY_ARRAY_WRITEBACKIFCOPY)) {
        PyErr_SetString(PyExc_TypeError, "WRITEBACKIFCOPY used for non-array input.");
        return NULL;
    }
    if (max_depth && max_depth < maxdims) maxdims = max_depth;
    ext_coerce c;
    /* what lies inside is copied anyway: it need not copy itself */
    if (ext_coerce_discover(&c, o, maxdims, cls, descr, -1) < 0) return NULL;
    PyObject *r = NULL;
    PyArray_Descr *d = final_descr(&c, descr, cls);
    if (d) {
        if (min_depth && c.ndim < min_depth) {
            PyErr_SetString(PyExc_ValueError, "object of too small depth for desired array");
            Py_DECREF(d);
        } else
            r = build(&c, d, o, flags);
    }
    ext_coerce_clear(&c);
    return r;
}

PyObject *ext_array_from_any(PyObject *o, PyArray_Descr *descr, PyArray_DTypeMeta *cls,
                             int min_depth, int max_depth, int flags)
{
    return from_any(o, descr, cls, min_depth, max_depth, flags, NPY_MAXDIMS);
}

PyObject *ext_array_from_any_limited(PyObject *o, PyArray_Descr *descr, PyArray_DTypeMeta *cls,
                                     int flags, int maxdims)
{
    return from_any(o, descr, cls, 0, 0, flags, maxdims);
}

PyObject *PyArray_FromAny(PyObject *o, PyArray_Descr *descr, int min_depth, int max_depth,
                          int flags, PyObject *context)
{
    if (context) {
        PyErr_SetString(PyExc_RuntimeError, "'context' must be NULL");
        Py_XDECREF(descr);
        return NULL;
    }
    PyObject *r = ext_array_from_any(o, descr, NULL, min_depth, max_depth, flags);
    Py_XDECREF(descr);
    return r;
}

PyObject *PyArray_CheckFromAny(PyObject *o, PyArray_Descr *descr, int min_depth, int max_depth,
                               int flags, PyObject *context)
{
    if (flags & NPY_ARRAY_NOTSWAPPED) {
        if (!descr && PyArray_Check(o)) {
            PyArray_Descr *d = PyArray_DESCR((PyArrayObject *)o);
            if (!PyArray_ISNBO(d->byteorder)) descr = PyArray_DescrNewByteorder(d, NPY_NATIVE);
        } else if (descr && ext_descr_is_legacy(descr) && !PyArray_ISNBO(descr->byteorder)) {
            PyArray_Descr *n = PyArray_DescrNewByteorder(descr, NPY_NATIVE);
            Py_DECREF(descr);
            descr = n;
        }
        if (PyErr_Occurred()) return NULL;
    }
    PyObject *a = PyArray_FromAny(o, descr, min_depth, max_depth, flags, context);
    if (!a) return NULL;
    if ((flags & NPY_ARRAY_ELEMENTSTRIDES) && !PyArray_ElementStrides(a)) {
        if (flags & NPY_ARRAY_ENSURENOCOPY) {
            Py_DECREF(a);
            return ext_no_copy_error();
        }
        PyObject *c = PyArray_NewCopy((PyArrayObject *)a, NPY_ANYORDER);
        Py_DECREF(a);
        return c;
    }
    return a;
}

PyObject *PyArray_EnsureArray(PyObject *o)
{
    if (!o || PyArray_CheckExact(o)) return o;
    PyObject *r = PyArray_Check(o) ? PyArray_View((PyArrayObject *)o, NULL, &PyArray_Type)
                                   : PyArray_FromAny(o, NULL, 0, 0, NPY_ARRAY_ENSUREARRAY, NULL);
    Py_DECREF(o);
    return r;
}

PyObject *PyArray_EnsureAnyArray(PyObject *o)
{
    if (o && PyArray_Check(o)) return o;
    return PyArray_EnsureArray(o);
}

/* ---- dtypes of objects
 * ----------------------------------------------------------------------------------------------------
 */
PyArray_Descr *PyArray_DescrFromObject(PyObject *o, PyArray_Descr *min)
{
    PyArray_Descr *found;
    if (PyArray_Check(o))
        found = (PyArray_Descr *)Py_NewRef(PyArray_DESCR((PyArrayObject *)o));
    else {
        ext_coerce c;
        if (ext_coerce_discover(&c, o, NPY_MAXDIMS, NULL, NULL, -1) < 0) return NULL;
        found = c.descr ? (PyArray_Descr *)Py_NewRef(c.descr) : NULL;
        ext_coerce_clear(&c);
    }
    if (!found)
        return min ? (PyArray_Descr *)Py_NewRef(min) : PyArray_DescrFromType(NPY_DEFAULT_TYPE);
    if (!min) return found;
    PyArray_Descr *r = PyArray_PromoteTypes(found, min);
    Py_DECREF(found);
    return r;
}

int PyArray_ObjectType(PyObject *o, int minimum)
{
    PyArray_Descr *min = NULL;
    if (minimum != NPY_NOTYPE && minimum >= 0) {
        min = PyArray_DescrFromType(minimum);
        if (!min) return NPY_NOTYPE;
    }
    PyArray_Descr *d = PyArray_DescrFromObject(o, min);
    Py_XDECREF(min);
    if (!d) return NPY_NOTYPE;
    int t = d->type_num;
    Py_DECREF(d);
    return t;
}
