/* The table of distributions.def. */
#include "fnp/random.h"

#define ROW(name, rule, old, whole, required, value)                                               \
    {                                                                                              \
#name, FNP_RULE_##rule, FNP_RULE_##old, whole, required, value                             \
    }
#define PARAM(name, rule) ROW(name, rule, rule, false, true, 0.0)
#define PARAM_OLD(name, rule, old) ROW(name, rule, old, false, true, 0.0)
#define PARAM_OR(name, rule, value) ROW(name, rule, rule, false, false, value)
#define COUNT(name, rule) ROW(name, rule, rule, true, true, 0.0)
#define COUNT_OLD(name, rule, old) ROW(name, rule, old, true, true, 0.0)
#define NUMBER(...)                                                                                \
    (sizeof((const fnp_dist_param[]){{0}, ##__VA_ARGS__}) / sizeof(fnp_dist_param) - 1)
#define DRAW_FLOAT(name) .draw_float = fnp_draw_##name
#define DRAW_WHOLE(name) .draw_whole = fnp_draw_##name
#define FNP_DIST(name, result, ...)                                                                \
    {#name, NUMBER(__VA_ARGS__), {__VA_ARGS__}, DRAW_##result(name)},

const fnp_dist fnp_dists[FNP_DISTS] = {
#include "fnp/distributions.def"
};
