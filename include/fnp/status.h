/* Status codes and the caller-owned error record. Every fallible function of libfnp returns an
 * fnp_status and takes a `fnp_error *` (may be NULL) as its last argument. */
#ifndef FNP_STATUS_H
#define FNP_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FNP_MAXDIMS 64

#if defined(__GNUC__)
#define FNP_MUST_CHECK __attribute__((warn_unused_result))
#define FNP_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define FNP_LIKELY(x) __builtin_expect(!!(x), 1)
#define FNP_UNLIKELY(x) __builtin_expect(!!(x), 0)
#else
#define FNP_MUST_CHECK
#define FNP_PRINTF(f, a)
#define FNP_LIKELY(x) (x)
#define FNP_UNLIKELY(x) (x)
#endif

/* A count, index or byte stride: as wide as a pointer. */
typedef ptrdiff_t fnp_intp;

typedef enum fnp_status {
    FNP_OK = 0,
#define FNP_ERROR(code, exc) code,
#include "fnp/errors.def"
#undef FNP_ERROR
    FNP_STATUS_COUNT
} fnp_status;

/* What went wrong, in the caller's own record. `axis`/`ndim` are set for FNP_EAXIS. */
typedef struct fnp_error {
    fnp_status status;
    int axis, ndim;
    char message[496];
} fnp_error;

/* Fill `err` (if not NULL) and return `code`, so that `return fnp_fail(...)` reads well. */
fnp_status fnp_fail(fnp_error *err, fnp_status code, const char *fmt, ...) FNP_PRINTF(3, 4);

/* Name of the Python exception class that stands for `code`; NULL for FNP_OK and FNP_EPYTHON. */
const char *fnp_status_exception(fnp_status code);

/* The only way to propagate. */
#define FNP_TRY(expr)                                                                              \
    do {                                                                                           \
        fnp_status fnp_try_status_ = (expr);                                                       \
        if (FNP_UNLIKELY(fnp_try_status_ != FNP_OK)) return fnp_try_status_;                       \
    } while (0)

#ifdef __cplusplus
}
#endif
#endif
