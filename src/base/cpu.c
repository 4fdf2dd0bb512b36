/* CPU level. The compiler's runtime knows how to ask the processor and the operating system (saved
 * register state included); here only the sets of features are named. */
#include "fnp/base.h"

#include <stdatomic.h>
#include <stdlib.h>

int fnp_cpu_level_hardware(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
          __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")))
        return 2;
    if (!(__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
          __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
          __builtin_cpu_supports("avx512vl")))
        return 3;
    return 4;
#else
    return 2;
#endif
}

static int cap_of_environment(void)
{
    const char *s = getenv("FNP_CPU");
    if (!s) return 4;
    if (*s == 'v' || *s == 'V') s++;
    return (*s >= '2' && *s <= '4' && s[1] == 0) ? *s - '0' : 4;
}

int fnp_cpu_level(void)
{
    static _Atomic int cached; /* every thread would store the same value */
    int level = atomic_load_explicit(&cached, memory_order_relaxed);
    if (FNP_UNLIKELY(level == 0)) {
        int cap = cap_of_environment();
        level = fnp_cpu_level_hardware();
        if (level > cap) level = cap;
        atomic_store_explicit(&cached, level, memory_order_relaxed);
    }
    return level;
}
