/* The types of `random` that are C: bit generators, whose layout compiled users know, and the bases
 * of Generator and RandomState. */
#ifndef FNP_EXT_RANDOM_H
#define FNP_EXT_RANDOM_H

#include "ext.h"
#include "fnp/random.h"

typedef struct {
    PyObject_HEAD PyObject *seed_seq, *lock;
    fnp_bitgen bits;
    PyObject *ctypes, *cffi, *capsule;
} ExtBitGenerator;
_Static_assert(sizeof(ExtBitGenerator) == 96, "layout of numpy.random.bit_generator.BitGenerator");

/* Generator or RandomState: `draw` borrows the bit generator's stream. */
typedef struct {
    PyObject_HEAD PyObject *bit_generator, *lock;
    PyObject *acquire, *release; /* the lock's methods, if it is an ordinary one */
    fnp_normal_pair pair;        /* RandomState's */
    fnp_draw draw;
} ExtDraws;

/* Around a draw: the bit generator's lock; also without the interpreter's if it is a long one. */
HIDDEN int ext_random_enter(ExtDraws *self);
HIDDEN int ext_random_leave(ExtDraws *self);

/* Methods of the rows of distributions.def. */
typedef PyObject *ext_random_method(PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                                    PyObject *kwnames);
HIDDEN PyMethodDef *ext_random_dist_methods(void);
/* Let the type's methods say which module they belong to. */
HIDDEN int ext_random_place_methods(PyTypeObject *type, const char *module);
/* Arguments by place and name into out[]; NULL where not given. The first `required` must be. */
HIDDEN int ext_random_parse(const char *function, const char *const *names, int count, int required,
                            PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                            PyObject **out);
/* An array of shape `size` (an int or a sequence of ints; None: 0-d). */
HIDDEN PyArrayObject *ext_random_new(PyObject *size, int type);
/* `out`, checked: of the type and of shape `size` if that is given. */
HIDDEN int ext_random_check_out(PyObject *out, int type, PyObject *size, bool any_order);
/* float64 or float32 of a dtype argument, as type number; -1. */
HIDDEN int ext_random_float_type(PyObject *dtype, const char *function);
/* Draw into a C-contiguous array, parameters by broadcasting; size or out or neither. */
/* An iterator over target and parameters; the parameters must fit into the target. */
HIDDEN PyArrayMultiIterObject *ext_random_walk(PyArrayObject *to, PyArrayObject **a, int count);
HIDDEN PyObject *ext_random_gamma32(ExtDraws *self, PyObject *shape, PyObject *size, PyObject *out);
HIDDEN PyObject *ext_random_run(ExtDraws *self, const fnp_dist *row, PyObject *const *given,
                                PyObject *size, PyObject *out);

/* ValueError unless every value keeps the rule of its parameter. */
HIDDEN int ext_random_check_value(fnp_dist_rule rule, const char *name, fnp_param p, bool whole);
HIDDEN int ext_random_check_array(fnp_dist_rule rule, const char *name, PyArrayObject *a);
/* What parameters must keep together; may turn them into what the draw wants. */
HIDDEN int ext_random_check_together(const fnp_dist *row, bool old, fnp_param *p);
HIDDEN int ext_random_check_arrays_together(const fnp_dist *row, bool old, PyArrayObject **a);

#endif
