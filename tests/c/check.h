/* The least a C test needs: CHECK counts, check_done prints "N passed, N failed". */
#ifndef FNP_TEST_CHECK_H
#define FNP_TEST_CHECK_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

static long checks_passed, checks_failed;

__attribute__((format(printf, 4, 5))) static inline void check_note(int ok, const char *file,
                                                                    int line, const char *fmt, ...)
{
    if (ok) {
        checks_passed++;
        return;
    }
    if (checks_failed++ < 20) {
        va_list ap;
        printf("%s:%d: ", file, line);
        va_start(ap, fmt);
        vprintf(fmt, ap);
        va_end(ap);
        printf("\n");
    }
}

#define CHECK(cond) check_note(!!(cond), __FILE__, __LINE__, "%s", #cond)
#define CHECK_MSG(cond, ...) check_note(!!(cond), __FILE__, __LINE__, __VA_ARGS__)

/* A small generator of its own, so that a failing case can be run again. */
static uint64_t check_seed = 0x9e3779b97f4a7c15u;
static inline uint64_t check_random(void)
{
    uint64_t z = (check_seed += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}
/* lo <= result <= hi */
static inline long check_between(long lo, long hi)
{
    return lo + (long)(check_random() % (uint64_t)(hi - lo + 1));
}

static inline int check_done(void)
{
    printf("%ld passed, %ld failed\n", checks_passed, checks_failed);
    return checks_failed != 0;
}

#endif
