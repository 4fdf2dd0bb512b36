/* All of libfnp's public headers. The library knows nothing of Python: link libfnp.a, libm, libdl
 * and threads. examples/c/ has programs.
 *
 *   memory, CPU, threads   base.h        dates                calendar.h
 *   status and errors      status.h      numbers and text     numtext.h, textread.h, strings.h
 *   arrays                 array.h       shapes and strides   sce.h
 *   element types          dtype.h       casts, assignment    cast.h
 *   ufuncs by name         ufunc_named.h, the loops and their execution: kernel.h, loop.h, ufunc.h
 *   order                  sort.h        by position, masks   select.h, index.h
 *   whole algorithms       func.h, linalg.h, fft.h, random.h
 *
 * Every fallible function returns an fnp_status and takes, last, an fnp_error * of the caller (or
 * NULL) for the message; nothing prints, aborts or remembers a last error. Counts and indices are
 * elements, strides and offsets bytes. */
#ifndef FNP_FNP_H
#define FNP_FNP_H

#include "fnp/array.h"
#include "fnp/base.h"
#include "fnp/calendar.h"
#include "fnp/cast.h"
#include "fnp/dtype.h"
#include "fnp/fft.h"
#include "fnp/func.h"
#include "fnp/index.h"
#include "fnp/iter.h"
#include "fnp/kernel.h"
#include "fnp/linalg.h"
#include "fnp/loop.h"
#include "fnp/numtext.h"
#include "fnp/random.h"
#include "fnp/runtime.h"
#include "fnp/sce.h"
#include "fnp/select.h"
#include "fnp/sort.h"
#include "fnp/status.h"
#include "fnp/strings.h"
#include "fnp/textread.h"
#include "fnp/ufunc.h"
#include "fnp/ufunc_named.h"
#include "fnp/view.h"

#endif
