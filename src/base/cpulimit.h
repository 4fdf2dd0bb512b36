/* Hidden: how many CPUs this process may use. */
#ifndef FNP_BASE_CPULIMIT_H
#define FNP_BASE_CPULIMIT_H

/* Affinity mask and cgroup quota (v2 and v1), at least 1. */
int fnp__cpu_allowance(void);
/* The thread limit that the environment and the machine give together. */
int fnp__thread_default(void);

#endif
