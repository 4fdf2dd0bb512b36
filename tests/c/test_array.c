/* Arrays that own their memory, and ufuncs by name. */
#include "check.h"
#include "fnp/fnp.h"

#include <math.h>
#include <string.h>

static fnp_array *numbers(int type_num, int ndim, const fnp_intp *shape)
{
    fnp_array *a = NULL;
    CHECK(fnp_array_zeros(type_num, ndim, shape, &a, NULL) == FNP_OK);
    for (fnp_intp i = 0; i < fnp_array_size(a); i++)
        if (type_num == FNP_DOUBLE)
            ((double *)a->view.data)[i] = (double)i;
        else
            ((int32_t *)a->view.data)[i] = (int32_t)i;
    return a;
}

static void test_memory(void)
{
    fnp_intp shape[] = {2, 3, 4}, flat[] = {-1}, at[] = {3, 2, 1};
    fnp_array *a = numbers(FNP_DOUBLE, 3, shape), *t = NULL, *r = NULL;
    CHECK((uintptr_t)a->view.data % 64 == 0 && a->strides[0] == 96 && a->refs == 1);
    CHECK(fnp_array_transpose(a, NULL, &t, NULL) == FNP_OK);
    CHECK(t->shape[0] == 4 && *(double *)fnp_array_at(t, at) == 12 + 8 + 3 && a->refs == 2);
    CHECK(fnp_array_reshape(t, 1, flat, &r, NULL) == FNP_OK); /* a copy: C order of t */
    CHECK(r->shape[0] == 24 && ((double *)r->view.data)[1] == 12);
    fnp_array_free(a); /* t keeps the memory */
    CHECK(*(double *)fnp_array_at(t, at) == 23);
    fnp_array_free(t);
    fnp_array_free(r);
    fnp_array_free(NULL);
}

static void test_index(void)
{
    fnp_intp shape[] = {4, 5}, at[] = {1};
    fnp_array *a = numbers(FNP_INT, 2, shape), *v = NULL, *w = NULL, *none = NULL;
    fnp_index_item items[] = {{FNP_INDEX_SLICE, 3, -PTRDIFF_MAX, -2}, {FNP_INDEX_INT, 2, 0, 0}};
    CHECK(fnp_array_index(a, 2, items, &v, NULL) == FNP_OK);
    CHECK(v->view.ndim == 1 && v->shape[0] == 2 && *(int32_t *)fnp_array_at(v, at) == 7);
    CHECK(fnp_array_copy(v, fnp_dtype_builtin(FNP_DOUBLE), &w, NULL) == FNP_OK);
    CHECK(((double *)w->view.data)[0] == 17 && ((double *)w->view.data)[1] == 7);
    fnp_index_item far = {FNP_INDEX_INT, 4, 0, 0};
    fnp_error err = {0};
    CHECK(fnp_array_index(a, 1, &far, &none, &err) == FNP_EINDEX && !none);
    CHECK(strcmp(err.message, "index 4 is out of bounds for axis 0 with size 4") == 0);
    fnp_array_free(a);
    fnp_array_free(v);
    fnp_array_free(w);
}

static void test_refusals(void)
{
    fnp_intp huge[] = {PTRDIFF_MAX / 2, 8}, negative[] = {-1}, one[] = {1};
    fnp_array *a = NULL;
    fnp_error err = {0};
    CHECK(fnp_array_zeros(FNP_DOUBLE, 2, huge, &a, &err) == FNP_EVALUE);
    CHECK(fnp_array_zeros(FNP_DOUBLE, 1, negative, &a, &err) == FNP_EVALUE);
    CHECK(fnp_array_zeros(FNP_OBJECT, 1, one, &a, &err) == FNP_ETYPE);
    CHECK(fnp_array_zeros(99, 1, one, &a, &err) == FNP_ETYPE);
    for (long n = 0; n < 2; n++) {
        fnp_alloc_fail_after(n);
        CHECK(fnp_array_zeros(FNP_DOUBLE, 1, one, &a, &err) == FNP_ENOMEM && fnp_alloc_failed());
    }
    fnp_alloc_fail_after(-1);
    CHECK(!a);
}

static void test_apply(void)
{
    fnp_intp rows[] = {3, 1}, columns[] = {4}, bad[] = {5};
    fnp_array *a = numbers(FNP_INT, 2, rows), *b = numbers(FNP_DOUBLE, 1, columns), *r = NULL;
    fnp_array *c = numbers(FNP_INT, 1, bad), *two[2];
    fnp_error err = {0};
    CHECK(fnp_ufunc_apply("add", 2, (fnp_array *[]){a, b}, 1, &r, &err) == FNP_OK);
    CHECK(r->dtype.type_num == FNP_DOUBLE && r->view.ndim == 2 &&
          ((double *)r->view.data)[11] == 5);
    fnp_array_free(r);
    CHECK(fnp_ufunc_apply("divide", 2, (fnp_array *[]){a, a}, 1, &r, &err) == FNP_OK);
    CHECK(r->dtype.type_num == FNP_DOUBLE && isnan(((double *)r->view.data)[0]));
    CHECK(fnp_fp_take() & FNP_FP_INVALID);
    fnp_array_free(r);
    CHECK(fnp_ufunc_apply("modf", 1, &b, 2, two, &err) == FNP_OK);
    CHECK(((double *)two[1]->view.data)[3] == 3);
    fnp_array_free(two[0]);
    fnp_array_free(two[1]);
    CHECK(fnp_ufunc_apply("add", 2, (fnp_array *[]){b, c}, 1, &r, &err) == FNP_EVALUE);
    CHECK(strstr(err.message, "(4,) (5,)") != NULL);
    CHECK(fnp_ufunc_apply("bitwise_and", 2, (fnp_array *[]){a, b}, 1, &r, &err) == FNP_ETYPE);
    CHECK(fnp_ufunc_apply("nothing", 1, &a, 1, &r, &err) == FNP_EVALUE);
    CHECK(fnp_ufunc_apply("add", 1, &a, 1, &r, &err) == FNP_EVALUE);
    fnp_array_free(a);
    fnp_array_free(b);
    fnp_array_free(c);
}

static void test_reduce(void)
{
    fnp_intp shape[] = {2, 3}, empty[] = {0, 3};
    fnp_array *a = numbers(FNP_INT, 2, shape), *e = numbers(FNP_DOUBLE, 2, empty), *r = NULL;
    fnp_error err = {0};
    CHECK(fnp_ufunc_reduce_axis("add", a, FNP_ALL_AXES, &r, &err) == FNP_OK);
    CHECK(r->view.ndim == 0 && r->dtype.type_num == FNP_LONG && *(int64_t *)r->view.data == 15);
    fnp_array_free(r);
    CHECK(fnp_ufunc_reduce_axis("maximum", a, -1, &r, &err) == FNP_OK);
    CHECK(r->shape[0] == 2 && ((int32_t *)r->view.data)[1] == 5);
    fnp_array_free(r);
    CHECK(fnp_ufunc_reduce_axis("multiply", e, 0, &r, &err) == FNP_OK);
    CHECK(r->shape[0] == 3 && ((double *)r->view.data)[2] == 1);
    fnp_array_free(r);
    CHECK(fnp_ufunc_reduce_axis("minimum", e, 0, &r, &err) == FNP_EVALUE);
    CHECK(fnp_ufunc_reduce_axis("add", a, 2, &r, &err) == FNP_EAXIS && err.axis == 2);
    CHECK(fnp_ufunc_reduce_axis("sqrt", a, 0, &r, &err) == FNP_EVALUE);
    fnp_array_free(a);
    fnp_array_free(e);
}

int main(void)
{
    test_memory();
    test_index();
    test_refusals();
    test_apply();
    test_reduce();
    return check_done();
}
