#ifndef FNP_CALENDAR_WEEK_H
#define FNP_CALENDAR_WEEK_H
#include <stdint.h>

/* Monday is 0. 1970-01-01 was a Thursday, day 3; 2^63 is 1 more than whole weeks. */
static inline int weekday_of(int64_t day)
{
    int of_week = (int)(((uint64_t)day ^ (uint64_t)INT64_MIN) % 7) + 2;
    return of_week < 7 ? of_week : of_week - 7;
}
#endif
