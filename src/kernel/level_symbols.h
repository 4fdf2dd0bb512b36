/* The names of a kernel's compiled forms; where a level is not built, the one below stands in. */
#ifndef FNP_KERNEL_LEVEL_SYMBOLS_H
#define FNP_KERNEL_LEVEL_SYMBOLS_H

#define SYM(k, s, lv) fnp__k_##k##_##s##_##lv
#ifdef FNP_HAVE_V3
#define SYM3(k, s) SYM(k, s, v3)
#else
#define SYM3(k, s) SYM(k, s, v2)
#endif
#ifdef FNP_HAVE_V4
#define SYM4(k, s) SYM(k, s, v4)
#else
#define SYM4(k, s) SYM3(k, s)
#endif

#endif
