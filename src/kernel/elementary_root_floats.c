#define FLOAT_LANES
#include "kernel/elementary_root.c"
