/* Dates and strings. */
#include "client.h"

CASE(NpyDatetime_ConvertDatetime64ToDatetimeStruct)
{
    PyArray_DatetimeMetaData day = {NPY_FR_D, 1}, week2 = {NPY_FR_W, 2}, as = {NPY_FR_as, 1};
    npy_datetimestruct d;
    npy_datetime back;
    CHECK(NpyDatetime_ConvertDatetime64ToDatetimeStruct(&day, 18321, &d) == 0);
    CHECK(d.year == 2020 && d.month == 2 && d.day == 29);
    CHECK(NpyDatetime_ConvertDatetimeStructToDatetime64(&day, &d, &back) == 0 && back == 18321);
    CHECK(NpyDatetime_ConvertDatetime64ToDatetimeStruct(&week2, -3, &d) == 0);
    PyObject *w = Py_BuildValue("(Lii)", (long long)d.year, d.month, d.day);
    CHECK(NpyDatetime_ConvertDatetime64ToDatetimeStruct(&as, -1, &d) == 0 && d.as == 999999);
    CHECK(NpyDatetime_ConvertDatetime64ToDatetimeStruct(&day, NPY_DATETIME_NAT, &d) == 0 &&
          d.year == NPY_DATETIME_NAT);
    CHECK(NpyDatetime_ConvertDatetimeStructToDatetime64(&day, &d, &back) == 0 &&
          back == NPY_DATETIME_NAT);
    return seen(1, w);
}

CASE(NpyDatetime_ConvertPyDateTimeToDatetimeStruct)
{
    npy_datetimestruct d;
    NPY_DATETIMEUNIT unit = -5;
    CHECK(NpyDatetime_ConvertPyDateTimeToDatetimeStruct(
              py("__import__('datetime').datetime(2021, 3, 4, 5, 6, 7, 8)"), &d, &unit, 0) == 0);
    CHECK(d.year == 2021 && d.min == 6 && d.us == 8);
    PyObject *u = num(unit);
    CHECK(NpyDatetime_ConvertPyDateTimeToDatetimeStruct(
              py("__import__('datetime').date(2021, 3, 4)"), &d, &unit, 0) == 0);
    PyObject *v = num(unit);
    PyObject *zone =
        py("__import__('datetime').datetime(2021, 1, 1, "
           "tzinfo=__import__('datetime').timezone(__import__('datetime').timedelta(hours=2)))");
    CHECK(NpyDatetime_ConvertPyDateTimeToDatetimeStruct(zone, &d, &unit, 1) == 0);
    return seen(4, u, v, Py_BuildValue("(Liii)", (long long)d.year, d.month, d.day, d.hour),
                num(NpyDatetime_ConvertPyDateTimeToDatetimeStruct(py("3"), &d, &unit, 0)));
}

CASE(NpyDatetime_MakeISO8601Datetime)
{
    npy_datetimestruct d = {2020, 2, 29, 13, 5, 6, 123456, 789000, 1};
    char line[64];
    PyObject *r = PyList_New(0);
    for (NPY_DATETIMEUNIT u = NPY_FR_Y; u <= NPY_FR_as; u++) {
        if (u == 3) continue; /* a unit that is no more */
        add_seen(r, num(NpyDatetime_GetDatetimeISO8601StrLen(0, u)));
        CHECK(NpyDatetime_MakeISO8601Datetime(&d, line, sizeof line, 0, u >= NPY_FR_h, u, -1,
                                              NPY_UNSAFE_CASTING) == 0);
        add_seen(r, text(line));
    }
    PyObject *small =
        num(NpyDatetime_MakeISO8601Datetime(&d, line, 5, 0, 0, NPY_FR_s, -1, NPY_UNSAFE_CASTING));
    PyObject *lossy = num(NpyDatetime_MakeISO8601Datetime(&d, line, sizeof line, 0, 0, NPY_FR_D, -1,
                                                          NPY_SAFE_CASTING));
    return seen(3, r, small, lossy);
}

CASE(NpyDatetime_ParseISO8601Datetime)
{
    npy_datetimestruct d;
    NPY_DATETIMEUNIT unit;
    npy_bool special;
    const char *good = "2020-02-29T13:05:06.25", *bad = "2020-02-30";
    CHECK(NpyDatetime_ParseISO8601Datetime(good, strlen(good), NPY_FR_ERROR, NPY_UNSAFE_CASTING, &d,
                                           &unit, &special) == 0);
    CHECK(d.year == 2020 && d.sec == 6 && d.us == 250000 && unit == NPY_FR_ms && !special);
    CHECK(NpyDatetime_ParseISO8601Datetime("NaT", 3, NPY_FR_ERROR, NPY_UNSAFE_CASTING, &d, &unit,
                                           &special) == 0);
    CHECK(d.year == NPY_DATETIME_NAT && special);
    return seen(2,
                num(NpyDatetime_ParseISO8601Datetime(bad, strlen(bad), NPY_FR_ERROR,
                                                     NPY_UNSAFE_CASTING, &d, &unit, &special)),
                num(NpyDatetime_ParseISO8601Datetime(good, strlen(good), NPY_FR_D, NPY_SAFE_CASTING,
                                                     &d, &unit, &special)));
}

CASE(NpyString_load)
{
    PyArrayObject *a = arr("np.array(['short', 'a string that is too long for its sixteen bytes', "
                           "''], dtype=np.dtypes.StringDType())");
    PyArrayObject *n = arr("np.array(['x', None], dtype=np.dtypes.StringDType(na_object=None))");
    PyArray_StringDTypeObject *d = (PyArray_StringDTypeObject *)PyArray_DESCR(a),
                              *nd = (PyArray_StringDTypeObject *)PyArray_DESCR(n);
    npy_string_allocator *alloc = NpyString_acquire_allocator(d);
    npy_static_string s;
    PyObject *r = PyList_New(0);
    for (npy_intp i = 0; i < 3; i++) {
        CHECK(NpyString_load(alloc, PyArray_GETPTR1(a, i), &s) == 0);
        add_seen(r, PyUnicode_FromStringAndSize(s.buf, (Py_ssize_t)s.size));
    }
    CHECK(NpyString_pack(alloc, PyArray_GETPTR1(a, 2), "packed, and too long to be kept in place",
                         40) == 0);
    CHECK(NpyString_pack(alloc, PyArray_GETPTR1(a, 1), "small", 5) == 0);
    NpyString_release_allocator(alloc);
    PyArray_Descr *both[] = {PyArray_DESCR(a), PyArray_DESCR(n), PyArray_DescrFromType(NPY_INT)};
    npy_string_allocator *allocs[3];
    NpyString_acquire_allocators(3, both, allocs);
    CHECK(allocs[0] && allocs[1] && !allocs[2]);
    CHECK(NpyString_load(allocs[1], PyArray_GETPTR1(n, 1), &s) == 1);
    CHECK(NpyString_pack_null(allocs[1], PyArray_GETPTR1(n, 0)) == 0);
    NpyString_release_allocators(3, allocs);
    CHECK(nd->na_object == Py_None && !d->na_object && d->coerce == 1);
    return seen(3, r, PyArray_ToList(a), PyArray_ToList(n));
}

const client_case text_cases[] = {
    ROW(NpyDatetime_ConvertDatetime64ToDatetimeStruct),
    ROW(NpyDatetime_ConvertPyDateTimeToDatetimeStruct),
    ROW(NpyDatetime_MakeISO8601Datetime),
    ROW(NpyDatetime_ParseISO8601Datetime),
    ROW(NpyString_load),
    {NULL, NULL},
};
