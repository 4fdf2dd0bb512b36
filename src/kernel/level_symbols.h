/* What is compiled once per CPU level ends in the level's name; where a level is not built, the one
 * below stands in. */
#ifndef FNP_KERNEL_LEVEL_SYMBOLS_H
#define FNP_KERNEL_LEVEL_SYMBOLS_H

#include "fnp/base.h"

#ifdef FNP_HAVE_V3
#define AT_V3(name) name##_v3
#else
#define AT_V3(name) name##_v2
#endif
#ifdef FNP_HAVE_V4
#define AT_V4(name) name##_v4
#else
#define AT_V4(name) AT_V3(name)
#endif
/* The function or table that serves on this CPU. */
#define BY_LEVEL(name)                                                                             \
    (*(fnp_cpu_level() >= 4 ? &AT_V4(name) : fnp_cpu_level() == 3 ? &AT_V3(name) : &name##_v2))

/* The same for the kernel of operation k and type suffix s. */
#define SYM(k, s, lv) fnp__k_##k##_##s##_##lv
#define SYM3(k, s) AT_V3(fnp__k_##k##_##s)
#define SYM4(k, s) AT_V4(fnp__k_##k##_##s)

#endif
