#define FLOAT_LANES
#include "kernel/elementary_log.c"
