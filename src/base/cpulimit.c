/* How many threads make sense: the affinity mask, the cgroup's CPU quota and the environment. */
#include "cpulimit.h"
#include "fnp/base.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int affinity_count(void)
{
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        int n = CPU_COUNT(&set);
        if (n > 0) return n;
    }
#endif
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (int)(n < FNP_THREADS_MAX ? n : FNP_THREADS_MAX) : 1;
}

/* The first line of `path` as up to two words; the number of words read. */
static int read_words(const char *path, char a[32], char b[32])
{
    FILE *f = fopen(path, "re");
    int n = 0;
    if (!f) return 0;
    n = fscanf(f, "%31s %31s", a, b);
    fclose(f);
    return n > 0 ? n : 0;
}

static int quota_cpus(const char *quota, const char *period)
{
    long q = strtol(quota, NULL, 10), p = strtol(period, NULL, 10);
    if (q <= 0 || p <= 0) return FNP_THREADS_MAX;
    long n = (q + p - 1) / p;
    return (int)(n < FNP_THREADS_MAX ? n : FNP_THREADS_MAX);
}

/* Smallest quota of `group` and its parents, under `root`. v2 keeps "quota period" in one file. */
static int group_limit(const char *root, char *group, bool v2)
{
    int best = FNP_THREADS_MAX;
    for (;;) {
        char path[1400], a[32], b[32], unused[32];
        int n = FNP_THREADS_MAX;
        if (v2) {
            snprintf(path, sizeof path, "%s%s/cpu.max", root, group);
            if (read_words(path, a, b) == 2) n = quota_cpus(a, b);
        } else {
            snprintf(path, sizeof path, "%s%s/cpu.cfs_quota_us", root, group);
            if (read_words(path, a, unused) >= 1) {
                snprintf(path, sizeof path, "%s%s/cpu.cfs_period_us", root, group);
                if (read_words(path, b, unused) >= 1) n = quota_cpus(a, b);
            }
        }
        if (n < best) best = n;
        char *slash = strrchr(group, '/');
        if (!slash) return best;
        *slash = 0;
    }
}

static int cgroup_count(void)
{
    int best = FNP_THREADS_MAX;
#if defined(__linux__)
    FILE *f = fopen("/proc/self/cgroup", "re");
    char line[1200];
    if (!f) return best;
    while (fgets(line, sizeof line, f)) {
        /* hierarchy:controllers:/path, controllers empty on v2 */
        char *controllers = strchr(line, ':'),
             *path = controllers ? strchr(controllers + 1, ':') : 0;
        int n = FNP_THREADS_MAX;
        if (!path) continue;
        *path++ = 0;
        path[strcspn(path, "\n")] = 0;
        if (strcmp(path, "/") == 0) *path = 0;
        controllers++;
        if (*controllers == 0)
            n = group_limit("/sys/fs/cgroup", path, true);
        else if (strcmp(controllers, "cpu") == 0 || strcmp(controllers, "cpu,cpuacct") == 0 ||
                 strcmp(controllers, "cpuacct,cpu") == 0)
            n = group_limit("/sys/fs/cgroup/cpu", path, false);
        if (n < best) best = n;
    }
    fclose(f);
#endif
    return best;
}

int fnp__cpu_allowance(void)
{
    int a = affinity_count(), c = cgroup_count();
    int n = a < c ? a : c;
    return n < 1 ? 1 : n > FNP_THREADS_MAX ? FNP_THREADS_MAX : n;
}

/* A positive number from the environment, or 0. OpenMP allows a list; its first entry counts. */
static int env_count(const char *name)
{
    const char *s = getenv(name);
    char *end;
    if (!s) return 0;
    long n = strtol(s, &end, 10);
    if (end == s || n <= 0) return 0;
    return (int)(n < FNP_THREADS_MAX ? n : FNP_THREADS_MAX);
}

int fnp__thread_default(void)
{
    int own = env_count("FNP_NUM_THREADS");
    if (own) return own; /* said to us by name: obeyed even above the number of CPUs */
    int n = fnp__cpu_allowance(), omp = env_count("OMP_NUM_THREADS");
    return omp && omp < n ? omp : n;
}
