/* Plans: factors, tables of roots, and the cache that keeps them.
 *
 * Angles are folded into the first octant, where sine and cosine of t = hi + lo come from two short
 * tables in the next wider precision: exact at the axes, correctly rounded nearly everywhere, and
 * sqrt(n) calls of cos instead of n. */
#include "fft/plan.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { CACHED_PLANS = 32 };
static const size_t CACHED_BYTES = (size_t)96 << 20;

static void plan_free(fft_plan *p)
{
    if (!p) return;
    plan_free(p->conv);
    for (int i = 0; i < p->npasses; i++) {
        fnp_free(p->pass[i].w);
        fnp_free(p->pass[i].c);
    }
    fnp_free(p->chirp);
    fnp_free(p->spectrum);
    fnp_free(p->half);
    fnp_free(p);
}

static size_t type_size(fft_type t)
{
    return t == FFT_F ? sizeof(float) : t == FFT_D ? sizeof(double) : sizeof(long double);
}

static void *table_new(fft_plan *p, fnp_intp count)
{
    p->bytes += (size_t)count * type_size(p->type);
    return fnp_malloc_array(count, type_size(p->type));
}

/* Radices of n, in the order of the passes; false if a prime factor is too large. Eights as far as
 * they go: the first one makes the vectors of all that follow; odd ones early, large before small.
 */
static bool factorize(fnp_intp n, int *radix, int *count)
{
    int twos = 0, odd[48], k = 0, nodd = 0;
    while (n % 2 == 0) n /= 2, twos++;
    for (fnp_intp p = 3; n > 1; p += 2) {
        if (p * p > n) p = n;
        if (p > FFT_MAX_PRIME) return false;
        for (; p == 3 && n % 9 == 0; n /= 9) odd[nodd++] = 9;
        for (; n % p == 0; n /= p) odd[nodd++] = (int)p;
    }
    int eights = twos / 3, rest = twos % 3, fours = rest == 2;
    if (rest == 1 && eights >= 2) eights--, fours = 2, rest = 0;
    if (eights) radix[k++] = 8, eights--;
    for (int r = FFT_MAX_PRIME; r >= 3; r -= 2)
        for (int i = 0; i < nodd; i++)
            if (odd[i] == r) radix[k++] = r;
    while (eights--) radix[k++] = 8;
    while (fours--) radix[k++] = 4;
    if (rest == 1) radix[k++] = 2;
    *count = k;
    return true;
}

/* A length >= n with small factors, cheap by the work of its passes. */
static fnp_intp good_size(fnp_intp n)
{
    static const int odd[] = {1, 3, 5, 7, 9, 15};
    static const double work[] = {1, 1.06, 1.12, 1.2, 1.1, 1.15}; /* per point, against 2^k */
    fnp_intp best = 0;
    double least = 0;
    for (int i = 0; i < (int)(sizeof odd / sizeof *odd); i++) {
        fnp_intp x = odd[i];
        while (x < n) x *= 2;
        if (!best || (double)x * work[i] < least) best = x, least = (double)x * work[i];
    }
    return best;
}

#define SFX f
#define R float
#define W double
#define COS cos
#define SIN sin
#include "fft/tmpl/tables.h"
#define SFX d
#define R double
#define W long double
#define COS cosl
#define SIN sinl
#include "fft/tmpl/tables.h"
#define SFX g
#define R long double
#define W long double
#define COS cosl
#define SIN sinl
#define NO_WIDER
#include "fft/tmpl/tables.h"

static bool fill_pass(fft_plan *p, fft_pass *s, bool odd)
{
    if (p->type == FFT_F) return fill_pass_f(p, s, odd);
    return p->type == FFT_D ? fill_pass_d(p, s, odd) : fill_pass_g(p, s, odd);
}
static bool fill_half(fft_plan *p)
{
    return p->type == FFT_F ? fill_half_f(p) : p->type == FFT_D ? fill_half_d(p) : fill_half_g(p);
}
static bool fill_chirp(fft_plan *p)
{
    if (p->type == FFT_F) return fill_chirp_f(p);
    return p->type == FFT_D ? fill_chirp_d(p) : fill_chirp_g(p);
}

static fft_plan *plan_new(fft_type type, fnp_intp n, bool real, fft_transform *transform)
{
    fft_plan *p = fnp_calloc(1, sizeof *p);
    if (!p) return NULL;
    p->type = type, p->n = n, p->real = real, p->plane = n;
    p->bytes = sizeof *p;
    int radix[64], count = 0;
    bool ok = true;
    if (factorize(n, radix, &count)) {
        fnp_intp l = 1;
        for (int i = 0; i < count && ok; i++) {
            fft_pass *s = &p->pass[p->npasses++];
            s->f = radix[i], s->l = l, s->m = n / l / radix[i];
            s->step = l < FFT_NARROW ? l : 1;
            s->span = s->m * s->step;
            l *= radix[i];
            ok = fill_pass(p, s, radix[i] % 2);
        }
    } else {
        p->conv = n > PTRDIFF_MAX / 8 ? NULL : plan_new(type, good_size(2 * n - 1), false, NULL);
        ok = p->conv && fill_chirp(p) && transform(p->conv, p->spectrum);
        if (ok) p->plane = p->conv->n, p->bytes += p->conv->bytes;
    }
    if (ok && real) ok = fill_half(p);
    if (ok) return p;
    plan_free(p);
    return NULL;
}

/* Who finds the lock taken for long (by a thread that a fork left behind, at worst) goes without.
 */
static struct {
    atomic_flag lock;
    uint64_t clock;
    size_t bytes;
    fft_plan *plans[CACHED_PLANS];
} cache = {.lock = ATOMIC_FLAG_INIT};

static bool cache_lock(void)
{
    for (int i = 0; i < 1000; i++)
        if (!atomic_flag_test_and_set_explicit(&cache.lock, memory_order_acquire)) return true;
    return false;
}

static void cache_unlock(void)
{
    atomic_flag_clear_explicit(&cache.lock, memory_order_release);
}

/* Put p in, in place of what was not used for longest; plans in use stay. */
static void cache_add(fft_plan *p)
{
    if (p->bytes > CACHED_BYTES) return;
    for (;;) {
        int free_slot = -1, oldest = -1;
        for (int i = 0; i < CACHED_PLANS; i++) {
            fft_plan *q = cache.plans[i];
            if (!q)
                free_slot = i;
            else if (q->users == 0 && (oldest < 0 || q->stamp < cache.plans[oldest]->stamp))
                oldest = i;
        }
        if (free_slot >= 0 && cache.bytes + p->bytes <= CACHED_BYTES) {
            cache.plans[free_slot] = p;
            cache.bytes += p->bytes;
            p->users = 1;
            p->cached = true;
            p->stamp = ++cache.clock;
            return;
        }
        if (oldest < 0) return;
        cache.bytes -= cache.plans[oldest]->bytes;
        plan_free(cache.plans[oldest]);
        cache.plans[oldest] = NULL;
    }
}

const fft_plan *fnp__fft_plan_get(fft_type type, fnp_intp n, bool real, fft_transform *transform)
{
    if (cache_lock()) {
        fft_plan *found = NULL;
        for (int i = 0; i < CACHED_PLANS && !found; i++) {
            fft_plan *p = cache.plans[i];
            if (p && p->n == n && p->type == type && p->real == real) found = p;
        }
        if (found) found->users++, found->stamp = ++cache.clock;
        cache_unlock();
        if (found) return found;
    }
    fft_plan *p = plan_new(type, n, real, transform);
    if (p && cache_lock()) {
        cache_add(p);
        cache_unlock();
    }
    return p;
}

void fnp__fft_plan_put(const fft_plan *p)
{
    if (!p->cached) {
        plan_free((fft_plan *)p);
        return;
    }
    while (!cache_lock()) {
    }
    ((fft_plan *)p)->users--;
    cache_unlock();
}

void fnp_fft_forget(void)
{
    if (!cache_lock()) return;
    for (int i = 0; i < CACHED_PLANS; i++) {
        fft_plan *p = cache.plans[i];
        if (!p || p->users) continue;
        cache.bytes -= p->bytes;
        plan_free(p);
        cache.plans[i] = NULL;
    }
    cache_unlock();
}
