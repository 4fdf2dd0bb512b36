#define FLOAT_LANES
#include "kernel/elementary_exp.c"
