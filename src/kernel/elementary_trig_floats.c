#define FLOAT_LANES
#include "kernel/elementary_trig.c"
