/* The core's element operations on object, StringDType and user types. */
#include "dtypemeta.h"

const fnp_dtype_ops ext_foreign_ops = {0};
