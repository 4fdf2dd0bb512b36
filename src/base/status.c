/* Filling the caller's error record. */
#include "fnp/status.h"

#include <stdarg.h>
#include <stdio.h>

fnp_status fnp_fail(fnp_error *err, fnp_status code, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        err->status = code;
        va_start(ap, fmt);
        vsnprintf(err->message, sizeof err->message, fmt, ap);
        va_end(ap);
    }
    return code;
}

const char *fnp_status_exception(fnp_status code)
{
    static const char *const names[FNP_STATUS_COUNT] = {
#define FNP_ERROR(c, exc) [c] = exc,
#include "fnp/errors.def"
#undef FNP_ERROR
    };
    return (unsigned)code < FNP_STATUS_COUNT ? names[code] : NULL;
}
