/* Operations of the library while each of their allocations fails in turn: the status is
 * FNP_ENOMEM, nothing is lost (every block handed out is counted), inputs are as they were, and the
 * run in which nothing fails any more gives the right values. */
#include "check.h"

#include "fnp/array.h"
#include "fnp/base.h"
#include "fnp/cast.h"
#include "fnp/fft.h"
#include "fnp/sort.h"
#include "fnp/strings.h"
#include "fnp/textread.h"
#include "fnp/ufunc.h"
#include "fnp/ufunc_named.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static long alive; /* blocks */

static void *counted_malloc(void *ctx, size_t size)
{
    void *p = malloc(size);
    alive += p != NULL;
    return p;
}
static void *counted_calloc(void *ctx, size_t count, size_t size)
{
    void *p = calloc(count, size);
    alive += p != NULL;
    return p;
}
static void *counted_realloc(void *ctx, void *ptr, size_t size)
{
    void *p = realloc(ptr, size);
    alive += !ptr && p;
    return p;
}
static void counted_free(void *ctx, void *ptr)
{
    alive--;
    free(ptr);
}

/* ---- arrays to work on */

/* (40, 30) of double, (30,) of float, (40, 30) of int16, a in the other byte order */
static fnp_array *a, *b, *ints, *swapped;

static fnp_array *made(int type, int ndim, const fnp_intp *shape)
{
    fnp_array *x = NULL;
    fnp_error err = {0};
    if (fnp_array_zeros(type, ndim, shape, &x, &err) != FNP_OK) abort();
    return x;
}

static void set_up(void)
{
    fnp_intp shape[2] = {40, 30};
    fnp_error err = {0};
    fnp_dtype big;
    a = made(FNP_DOUBLE, 2, shape);
    b = made(FNP_FLOAT, 1, shape + 1);
    ints = made(FNP_SHORT, 2, shape);
    for (int i = 0; i < 1200; i++) {
        ((double *)a->view.data)[i] = (i * 7919) % 1201;
        ((int16_t *)ints->view.data)[i] = (int16_t)(i - 600);
    }
    for (int i = 0; i < 30; i++) ((float *)b->view.data)[i] = (float)i / 4;
    fnp_dtype_byteswapped(&a->dtype, &big);
    if (fnp_array_copy(a, &big, &swapped, &err) != FNP_OK) abort();
}

static double sum_of_all(void)
{
    double s = 0;
    for (int i = 0; i < 1200; i++) {
        s += ((double *)a->view.data)[i] * (i + 1) + ((int16_t *)ints->view.data)[i] * (i + 2);
        s += ((unsigned char *)swapped->view.data)[i];
    }
    for (int i = 0; i < 30; i++) s += ((float *)b->view.data)[i] * (i + 3);
    return s;
}

/* ---- the operations: FNP_OK with *right telling whether the values are right, or an error */

static double at(fnp_array *x, fnp_intp i, fnp_intp j)
{
    fnp_intp index[2] = {i, j};
    return *(double *)fnp_array_at(x, index);
}

static fnp_status apply(const char *name, fnp_array *x, fnp_array *y, double want, bool *right,
                        fnp_error *err)
{
    fnp_array *in[2] = {x, y}, *out = NULL;
    FNP_TRY(fnp_ufunc_apply(name, 2, in, 1, &out, err));
    *right = at(out, 3, 4) == want;
    fnp_array_free(out);
    return FNP_OK;
}

static fnp_status add(bool *right, fnp_error *err)
{
    return apply("add", a, a, 2 * at(a, 3, 4), right, err);
}
static fnp_status add_mixed(bool *right, fnp_error *err)
{
    return apply("add", a, b, at(a, 3, 4) + 1, right, err);
}
static fnp_status add_swapped(bool *right, fnp_error *err)
{
    return apply("add", swapped, ints, at(a, 3, 4) + 94 - 600, right, err);
}

static fnp_status reduced(const char *name, fnp_array *x, fnp_intp axis, bool *right,
                          fnp_error *err)
{
    fnp_array *out = NULL;
    FNP_TRY(fnp_ufunc_reduce_axis(name, x, axis, &out, err));
    *right = out->view.ndim == (axis == FNP_ALL_AXES ? 0 : 1);
    fnp_array_free(out);
    return FNP_OK;
}
static fnp_status sum(bool *right, fnp_error *err)
{
    return reduced("add", a, 0, right, err);
}
static fnp_status sum_swapped(bool *right, fnp_error *err)
{
    return reduced("add", swapped, 1, right, err);
}
static fnp_status largest(bool *right, fnp_error *err)
{
    return reduced("maximum", ints, FNP_ALL_AXES, right, err);
}

static fnp_status copy(bool *right, fnp_error *err)
{
    fnp_array *out = NULL;
    FNP_TRY(fnp_array_copy(ints, fnp_dtype_builtin(FNP_DOUBLE), &out, err));
    *right = at(out, 3, 4) == 94 - 600;
    fnp_array_free(out);
    return FNP_OK;
}

static fnp_status turned(bool *right, fnp_error *err)
{
    fnp_array *t = NULL, *out = NULL;
    FNP_TRY(fnp_array_transpose(swapped, NULL, &t, err));
    fnp_status s = fnp_array_reshape(t, 2, (fnp_intp[]){-1, 10}, &out, err);
    fnp_array_free(t);
    FNP_TRY(s);
    *right = out->view.shape[0] == 120;
    fnp_array_free(out);
    return FNP_OK;
}

/* A copy of `from` as doubles, sorted or searched in some way. */
static fnp_status ordered(int how, int axis, bool *right, fnp_error *err)
{
    fnp_array *x = NULL, *places = NULL;
    FNP_TRY(fnp_array_copy(how & 8 ? swapped : a, NULL, &x, err));
    fnp_status s = fnp_array_zeros(FNP_LONG, 2, x->shape, &places, err);
    fnp_intp kth[2] = {3, 7};
    if (s == FNP_OK) switch (how & 7) {
        case 0: s = fnp_sort(&x->view, axis, FNP_SORT_QUICK, err); break;
        case 1: s = fnp_sort(&x->view, axis, FNP_SORT_STABLE, err); break;
        case 2: s = fnp_argsort(&x->view, axis, &places->view, err); break;
        case 3: s = fnp_partition(&x->view, axis, kth, 2, err); break;
        case 4: s = fnp_argpartition(&x->view, axis, kth, 2, &places->view, err); break;
        case 5: s = fnp_lexsort(2, (fnp_view[]){x->view, a->view}, axis, &places->view, err); break;
        }
    *right = true;
    if (s == FNP_OK && (how == 0 || how == 1))
        for (int i = 1; i < 30 && axis == 1; i++) *right &= at(x, 5, i - 1) <= at(x, 5, i);
    fnp_array_free(x);
    fnp_array_free(places);
    return s;
}
#define ORDERED(name, how, axis)                                                                   \
    static fnp_status name(bool *right, fnp_error *err)                                            \
    {                                                                                              \
        return ordered(how, axis, right, err);                                                     \
    }
ORDERED(sort_rows, 0, 1)
ORDERED(sort_columns, 0, 0)
ORDERED(sort_stable, 1, 1)
ORDERED(sort_swapped, 8, 0)
ORDERED(stable_swapped, 9, 1)
ORDERED(argsort_rows, 2, 1)
ORDERED(argsort_swapped, 10, 0)
ORDERED(partition_columns, 3, 0)
ORDERED(partition_swapped, 11, 1)
ORDERED(argpartition_rows, 4, 1)
ORDERED(argpartition_swapped, 12, 0)
ORDERED(lexsort_rows, 5, 1)
ORDERED(lexsort_swapped, 13, 0)

/* Out is in, one element on: the input is copied first. */
static fnp_status overlapping(bool *right, fnp_error *err)
{
    fnp_array *x = NULL;
    FNP_TRY(fnp_array_zeros(FNP_INT, 1, (fnp_intp[]){10001}, &x, err));
    for (int i = 0; i <= 10000; i++) ((int32_t *)x->view.data)[i] = i;
    fnp_intp n = 10000;
    fnp_view in = x->view, out = x->view;
    in.shape = out.shape = &n;
    out.data += 4;
    fnp_status s = fnp_assign(&out, &in, NULL, 0, err);
    *right = ((int32_t *)x->view.data)[78] == (s == FNP_OK ? 77 : 78);
    if (s != FNP_OK && !*right) s = FNP_EVALUE; /* half written */
    fnp_array_free(x);
    return s;
}

static fnp_status line_of_text(void *source, fnp_text_piece *piece, bool *end)
{
    static const char text[] = "1,2,\"three, and\",4444444444444444444444444444444\n";
    int *count = source;
    *end = *count >= 3;
    piece->data = text;
    piece->len = *end ? 0 : sizeof text - 1;
    piece->width = 1;
    ++*count;
    return FNP_OK;
}

static fnp_status tokens(bool *right, fnp_error *err)
{
    fnp_dialect dialect = {',', '#', '"', 'j'};
    fnp_tokenizer t;
    int count = 0;
    bool more = true;
    fnp_tokenizer_init(&t, &dialect, true, line_of_text, &count);
    fnp_status s = FNP_OK;
    long fields = 0;
    while (s == FNP_OK && more) {
        s = fnp_tokenizer_line(&t, &more, err);
        if (s == FNP_OK && more) fields += (long)t.nfields;
    }
    fnp_tokenizer_clear(&t);
    *right = fields == 12;
    return s;
}

static fnp_status string_loop(bool *right, fnp_error *err)
{
    const fnp_string_ufunc *u = fnp_string_ufuncs();
    while (u->name && strcmp(u->name, "add") != 0) u++;
    *right = u->name != NULL;
    if (!u->name) return FNP_OK;
    fnp_dtype text = *fnp_dtype_builtin(FNP_STRING), dtypes[3];
    text.elsize = 4;
    const fnp_dtype *given[3] = {&text, &text, NULL};
    fnp_loop loop = {0};
    FNP_TRY(fnp_string_resolve(u, given, dtypes, err));
    FNP_TRY(fnp_string_loop(u, dtypes, NULL, &loop, err));
    fnp_auxdata *other = loop.aux->clone(loop.aux);
    fnp_status s = other ? FNP_OK : fnp_fail_nomem(err);
    if (other) other->free(other);
    fnp_loop_clear(&loop);
    return s;
}

/* Kernels say by a note that memory ran out. */
static fnp_status transform(fnp_fft_kind kind, fnp_intp nin, fnp_intp nout, bool *right,
                            fnp_error *err)
{
    double in[140] = {0}, out[140] = {0}, factor = 1;
    in[0] = 1;
    char *args[3] = {(char *)in, (char *)&factor, (char *)out};
    bool complex_in = kind != FNP_RFFT_EVEN && kind != FNP_RFFT_ODD;
    fnp_intp dims[3] = {1, nin, nout},
             steps[5] = {0, 0, 0, complex_in ? 16 : 8, kind == FNP_IRFFT ? 8 : 16};
    fnp_fp_clear();
    fnp_fft_kernel(kind, FNP_DOUBLE)(args, dims, steps, NULL);
    bool invalid = fnp_fp_take() & FNP_FP_INVALID, nomem = fnp_kernel_nomem_take();
    fnp_fft_forget(); /* the plan, which is kept */
    *right = fabs(out[0] - 1) < 1e-12 && !invalid;
    return nomem && invalid ? fnp_fail_nomem(err) : FNP_OK;
}
static fnp_status fft_smooth(bool *right, fnp_error *err)
{
    return transform(FNP_FFT, 12, 12, right, err);
}
static fnp_status fft_prime(bool *right, fnp_error *err)
{
    return transform(FNP_FFT, 1, 67, right, err);
}
static fnp_status rfft(bool *right, fnp_error *err)
{
    return transform(FNP_RFFT_EVEN, 20, 11, right, err);
}
static fnp_status irfft(bool *right, fnp_error *err)
{
    return transform(FNP_IRFFT, 1, 1, right, err);
}

/* ---- the walk */

static void walk(const char *name, fnp_status (*operation)(bool *, fnp_error *))
{
    double before = sum_of_all();
    for (long n = 0; n < 200; n++) {
        fnp_error err = {0};
        bool right = false;
        long start = alive;
        fnp_alloc_fail_after(n);
        fnp_status s = operation(&right, &err);
        bool hit = fnp_alloc_failed();
        fnp_alloc_fail_after(-1);
        CHECK_MSG(alive == start, "%s, allocation %ld: %ld blocks lost", name, n, alive - start);
        CHECK_MSG(s == (hit ? FNP_ENOMEM : FNP_OK) || (hit && s == FNP_OK && right),
                  "%s, allocation %ld: status %d, %s", name, n, (int)s, err.message);
        CHECK_MSG(sum_of_all() == before, "%s, allocation %ld: inputs changed", name, n);
        if (hit) continue;
        CHECK_MSG(right, "%s: wrong values", name);
        return;
    }
    CHECK_MSG(0, "%s: no end", name);
}

int main(void)
{
    fnp_allocator counted = {NULL, counted_malloc, counted_calloc, counted_realloc, counted_free};
    fnp_allocator_set(&counted);
    fnp_threads_set(1);
    set_up();
#define WALK(operation) walk(#operation, operation)
    WALK(add);
    WALK(add_mixed);
    WALK(add_swapped);
    WALK(sum);
    WALK(sum_swapped);
    WALK(largest);
    WALK(copy);
    WALK(turned);
    WALK(sort_rows);
    WALK(sort_columns);
    WALK(sort_stable);
    WALK(sort_swapped);
    WALK(stable_swapped);
    WALK(argsort_rows);
    WALK(argsort_swapped);
    WALK(partition_columns);
    WALK(partition_swapped);
    WALK(argpartition_rows);
    WALK(argpartition_swapped);
    WALK(lexsort_rows);
    WALK(lexsort_swapped);
    WALK(overlapping);
    WALK(tokens);
    WALK(string_loop);
    WALK(fft_smooth);
    WALK(fft_prime);
    WALK(rfft);
    WALK(irfft);
    fnp_array_free(a);
    fnp_array_free(b);
    fnp_array_free(ints);
    fnp_array_free(swapped);
    CHECK_MSG(alive == 0, "%ld blocks alive at the end", alive);
    return check_done();
}
