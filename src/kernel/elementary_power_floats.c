#define FLOAT_LANES
#include "kernel/elementary_power.c"
