/* What the binding lends the core's string loops. */
#ifndef FNP_EXT_STRING_OPS_H
#define FNP_EXT_STRING_OPS_H

#include "ext.h"
#include "fnp/strings.h"

/* The interpreter's Unicode database. */
extern HIDDEN const fnp_char_class ext_char_class;

enum { EXT_STRING_OPERANDS = 6 };

#endif
