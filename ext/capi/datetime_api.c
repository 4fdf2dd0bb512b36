/* NpyDatetime_*: the calendar for C extensions. npy_datetimestruct and fnp_civil have one layout.
 */
#include "../time_units.h"

#include <string.h>

_Static_assert(sizeof(npy_datetimestruct) == sizeof(fnp_civil), "npy_datetimestruct is fnp_civil");
_Static_assert(sizeof(PyArray_DatetimeMetaData) == sizeof(fnp_dtmeta),
               "PyArray_DatetimeMetaData is fnp_dtmeta");

int NpyDatetime_ConvertDatetime64ToDatetimeStruct(PyArray_DatetimeMetaData *meta, npy_datetime dt,
                                                  npy_datetimestruct *out)
{
    fnp_civil c;
    EXT_TRY(fnp_ticks_to_civil((fnp_dtmeta){meta->base, meta->num}, dt, &c, err), -1);
    memcpy(out, &c, sizeof *out);
    return 0;
}

int NpyDatetime_ConvertDatetimeStructToDatetime64(PyArray_DatetimeMetaData *meta,
                                                  const npy_datetimestruct *dts, npy_datetime *out)
{
    fnp_civil c;
    int64_t v;
    memcpy(&c, dts, sizeof c);
    EXT_TRY(fnp_civil_to_ticks((fnp_dtmeta){meta->base, meta->num}, &c, &v, err), -1);
    *out = v;
    return 0;
}

int NpyDatetime_GetDatetimeISO8601StrLen(int local, NPY_DATETIMEUNIT base)
{
    return (int)fnp_iso_format_room(local != 0, base);
}

int NpyDatetime_MakeISO8601Datetime(npy_datetimestruct *dts, char *outstr, npy_intp outlen,
                                    int local, int utc, NPY_DATETIMEUNIT base, int tzoffset,
                                    NPY_CASTING casting)
{
    fnp_civil c;
    size_t n;
    fnp_iso_zone zone = local ? (tzoffset == -1 ? FNP_ZONE_LOCAL : FNP_ZONE_OFFSET)
                        : utc ? FNP_ZONE_UTC
                              : FNP_ZONE_NAIVE;
    memcpy(&c, dts, sizeof c);
    int precise = c.year == FNP_NAT ? FNP_UNIT_Y : fnp_civil_lossless_unit(&c);
    if (base != NPY_FR_ERROR && base != NPY_FR_GENERIC && precise > (int)base &&
        casting != NPY_UNSAFE_CASTING && casting != NPY_SAME_KIND_CASTING) {
        PyErr_Format(PyExc_TypeError,
                     "Cannot create a string with unit precision '%s' from the NumPy datetime, "
                     "which has data at unit precision '%s', requires 'unsafe' or 'same_kind' "
                     "casting",
                     fnp_unit_name(base), fnp_unit_name(precise));
        return -1;
    }
    EXT_TRY(fnp_iso_format(&c, zone, tzoffset, base, FNP_UNIT_ERROR, (fnp_casting)casting, outstr,
                           (size_t)outlen, &n, err),
            -1);
    /* callers read whole fields: no rubbish behind the text */
    memset(outstr + n, 0, (size_t)outlen - n);
    return 0;
}

int NpyDatetime_ParseISO8601Datetime(char const *str, Py_ssize_t len, NPY_DATETIMEUNIT unit,
                                     NPY_CASTING casting, npy_datetimestruct *out,
                                     NPY_DATETIMEUNIT *out_bestunit, npy_bool *out_special)
{
    fnp_civil c;
    EXT_ERROR(e);
    int best = FNP_UNIT_ERROR;
    bool special = false, zone = false;
    fnp_status st =
        fnp_iso_parse(str, (size_t)len, unit, (fnp_casting)casting, &c, &best, &special, &zone, &e);
    if (zone &&
        PyErr_WarnEx(PyExc_UserWarning,
                     "no explicit representation of timezones available for np.datetime64", 1) < 0)
        return -1;
    if (st) {
        ext_raise(st, &e);
        return -1;
    }
    memcpy(out, &c, sizeof *out);
    if (out_bestunit) *out_bestunit = best;
    if (out_special) *out_special = special;
    return 0;
}
