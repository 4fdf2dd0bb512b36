/* The gufuncs of fft._pocketfft_umath. */
#include "ext.h"

#include "fnp/fft.h"

static PyObject *gufuncs(PyObject *self, PyObject *unused)
{
    static const struct {
        const char *name, *signature;
        fnp_fft_kind kind;
        int in_complex, out_complex;
    } rows[] = {{"fft", "(n),()->(m)", FNP_FFT, 1, 1},
                {"ifft", "(m),()->(n)", FNP_IFFT, 1, 1},
                {"rfft_n_even", "(n),()->(m)", FNP_RFFT_EVEN, 0, 1},
                {"rfft_n_odd", "(n),()->(m)", FNP_RFFT_ODD, 0, 1},
                {"irfft", "(m),()->(n)", FNP_IRFFT, 1, 0}};
    static const int reals[3] = {NPY_DOUBLE, NPY_FLOAT, NPY_LONGDOUBLE};
    static PyUFuncGenericFunction kernels[FNP_FFT_KINDS][3];
    static char types[FNP_FFT_KINDS][9];
    static void *no_data[3];
    PyObject *d = PyDict_New();
    for (int i = 0; d && i < FNP_FFT_KINDS; i++) {
        for (int k = 0; k < 3; k++) {
            char real = (char)reals[k], cplx = (char)(reals[k] - NPY_FLOAT + NPY_CFLOAT);
            kernels[i][k] = (PyUFuncGenericFunction)fnp_fft_kernel(rows[i].kind, reals[k]);
            types[i][3 * k] = rows[i].in_complex ? cplx : real;
            types[i][3 * k + 1] = real;
            types[i][3 * k + 2] = rows[i].out_complex ? cplx : real;
        }
        PyObject *uf = PyUFunc_FromFuncAndDataAndSignature(kernels[i], no_data, types[i], 3, 2, 1,
                                                           PyUFunc_None, rows[i].name, "", 0,
                                                           rows[i].signature);
        if (!uf || PyDict_SetItemString(d, rows[i].name, uf) < 0) Py_CLEAR(d);
        Py_XDECREF(uf);
    }
    return d;
}

static PyMethodDef functions[] = {
    {"_fft_gufuncs", gufuncs, METH_NOARGS, "The Fourier transforms, by name."}, {NULL}};

int ext_init_fft(PyObject *m)
{
    return ext_add_functions(m, functions);
}
