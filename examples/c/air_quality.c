/* Statistics of a table, with libfnp and no Python:
 *
 *     cc -Iinclude examples/c/air_quality.c build/libfnp.a -lm -ldl -lpthread -o air_quality
 *     ./air_quality examples/data/air-quality-data.csv
 *
 * Reads the CSV with the tokeniser, then works as one would in NumPy: slices, broadcasts, ufuncs,
 * reductions, sorting. Prints the shortest digits that read back. */
#include <fnp/fnp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 32 };

typedef struct table {
    int columns;
    char names[MAX_COLUMNS][32];
    fnp_array *values; /* (rows, columns) of double; NaN where a field is empty */
} table;

/* ---- reading */

/* A piece of text for the tokeniser: one call gives the file, the next its end. */
static fnp_status next_piece(void *source, fnp_text_piece *piece, bool *end)
{
    static char buffer[1 << 16];
    size_t n = fread(buffer, 1, sizeof buffer, source);
    *piece = (fnp_text_piece){.data = buffer, .len = n, .width = 1};
    *end = n == 0;
    return FNP_OK;
}

static void read_header(table *t, const fnp_tokenizer *k)
{
    for (size_t i = 1; i < k->nfields && t->columns < MAX_COLUMNS; i++) {
        char *name = t->names[t->columns++];
        for (size_t j = 0; j < k->fields[i].len && j < 31; j++)
            name[j] = (char)k->text[k->fields[i].start + j];
    }
}

static double read_field(const fnp_tokenizer *k, size_t i)
{
    double x = 0;
    const fnp_field_token *f = &k->fields[i];
    bool there = i < k->nfields && f->len > 0;
    if (there && fnp_field_read(FNP_DOUBLE, 8, 'j', k->text + f->start, f->len, &x) == 1) return x;
    return 0.0 / 0.0;
}

static fnp_status read_rows(table *t, fnp_tokenizer *k, fnp_error *err)
{
    fnp_intp rows = 0, capacity = 1024;
    double *values = NULL;
    for (bool more = true;;) {
        fnp_status st = fnp_tokenizer_line(k, &more, err);
        if (st) {
            free(values);
            return st;
        }
        if (!more) break;
        if (k->nfields == 0) continue;
        if (!values || rows == capacity) {
            capacity *= 2;
            values = realloc(values, (size_t)(capacity * t->columns) * sizeof *values);
            if (!values) return fnp_fail(err, FNP_ENOMEM, "too many rows");
        }
        for (int c = 0; c < t->columns; c++)
            values[rows * t->columns + c] = read_field(k, (size_t)c + 1);
        rows++;
    }
    fnp_intp shape[] = {rows, t->columns};
    fnp_status st = fnp_array_zeros(FNP_DOUBLE, 2, shape, &t->values, err);
    if (!st && rows)
        memcpy(t->values->view.data, values, (size_t)(rows * t->columns) * sizeof *values);
    free(values);
    return st;
}

static fnp_status read_table(FILE *f, table *t, fnp_error *err)
{
    const fnp_dialect csv = {',', FNP_NO_CHAR, '"', 'j'};
    fnp_tokenizer k;
    bool more;
    fnp_tokenizer_init(&k, &csv, false, next_piece, f);
    fnp_status st = fnp_tokenizer_line(&k, &more, err);
    if (!st) read_header(t, &k);
    if (!st) st = read_rows(t, &k, err);
    fnp_tokenizer_clear(&k);
    return st;
}

/* ---- work */

/* The rows that are complete: a[~isnan(a).any(axis=1)]. */
static fnp_status complete_rows(fnp_array *a, fnp_array **out, fnp_error *err)
{
    fnp_array *nan, *any, *whole;
    FNP_TRY(fnp_ufunc_apply("isnan", 1, &a, 1, &nan, err));
    FNP_TRY(fnp_ufunc_reduce_axis("logical_or", nan, 1, &any, err));
    fnp_intp n = 0, rows = a->shape[0], width = a->shape[1];
    for (fnp_intp i = 0; i < rows; i++) n += !any->view.data[i];
    fnp_intp shape[] = {n, width};
    FNP_TRY(fnp_array_zeros(FNP_DOUBLE, 2, shape, &whole, err));
    double *to = (double *)whole->view.data, *from = (double *)a->view.data;
    for (fnp_intp i = 0; i < rows; i++)
        if (!any->view.data[i]) {
            memcpy(to, from + i * width, (size_t)width * sizeof *to);
            to += width;
        }
    fnp_array_free(nan);
    fnp_array_free(any);
    *out = whole;
    return FNP_OK;
}

/* Mean and standard deviation of each column: broadcasting (rows, columns) with (columns,). */
static fnp_status moments(fnp_array *a, fnp_array **mean, fnp_array **deviation, fnp_error *err)
{
    fnp_array *count, *sum, *centred, *squared, *total, *variance;
    FNP_TRY(fnp_array_zeros(FNP_DOUBLE, 0, NULL, &count, err));
    *(double *)count->view.data = (double)a->shape[0];
    FNP_TRY(fnp_ufunc_reduce_axis("add", a, 0, &sum, err));
    FNP_TRY(fnp_ufunc_apply("divide", 2, (fnp_array *[]){sum, count}, 1, mean, err));
    FNP_TRY(fnp_ufunc_apply("subtract", 2, (fnp_array *[]){a, *mean}, 1, &centred, err));
    FNP_TRY(fnp_ufunc_apply("multiply", 2, (fnp_array *[]){centred, centred}, 1, &squared, err));
    FNP_TRY(fnp_ufunc_reduce_axis("add", squared, 0, &total, err));
    FNP_TRY(fnp_ufunc_apply("divide", 2, (fnp_array *[]){total, count}, 1, &variance, err));
    FNP_TRY(fnp_ufunc_apply("sqrt", 1, &variance, 1, deviation, err));
    fnp_array *done[] = {count, sum, centred, squared, total, variance};
    for (int i = 0; i < 6; i++) fnp_array_free(done[i]);
    return FNP_OK;
}

/* The middle element of each column, by sorting a copy of it. */
static fnp_status medians(fnp_array *a, double *out, fnp_error *err)
{
    for (fnp_intp c = 0; c < a->shape[1]; c++) {
        fnp_index_item items[] = {{FNP_INDEX_SLICE, 0, PTRDIFF_MAX, 1}, {FNP_INDEX_INT, c, 0, 0}};
        fnp_array *column, *sorted;
        FNP_TRY(fnp_array_index(a, 2, items, &column, err)); /* a[:, c], a view */
        FNP_TRY(fnp_array_copy(column, NULL, &sorted, err));
        FNP_TRY(fnp_sort(&sorted->view, 0, FNP_SORT_QUICK, err));
        fnp_intp middle = sorted->shape[0] / 2;
        out[c] = *(double *)fnp_array_at(sorted, &middle);
        fnp_array_free(column);
        fnp_array_free(sorted);
    }
    return FNP_OK;
}

static void print_number(double x)
{
    char text[FNP_FLOAT_STR_MAX];
    fnp_double_repr(x, text);
    printf(" %s", text);
}

static fnp_status report(FILE *f, fnp_error *err)
{
    table t = {0};
    fnp_array *a, *mean, *deviation, *most;
    double middle[MAX_COLUMNS];
    FNP_TRY(read_table(f, &t, err));
    FNP_TRY(complete_rows(t.values, &a, err));
    FNP_TRY(moments(a, &mean, &deviation, err));
    FNP_TRY(medians(a, middle, err));
    FNP_TRY(fnp_ufunc_reduce_axis("maximum", a, 0, &most, err));
    printf("%td rows, %td complete\n", t.values->shape[0], a->shape[0]);
    for (int c = 0; c < t.columns; c++) {
        printf("%s", t.names[c]);
        print_number(((double *)mean->view.data)[c]);
        print_number(((double *)deviation->view.data)[c]);
        print_number(middle[c]);
        print_number(((double *)most->view.data)[c]);
        printf("\n");
    }
    fnp_array *done[] = {t.values, a, mean, deviation, most};
    for (int i = 0; i < 5; i++) fnp_array_free(done[i]);
    return FNP_OK;
}

int main(int argc, char **argv)
{
    fnp_error err = {0};
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f) {
        fprintf(stderr, "usage: %s FILE.csv\n", argv[0]);
        return 2;
    }
    fnp_status st = report(f, &err);
    fclose(f);
    if (st) fprintf(stderr, "%s: %s\n", fnp_status_exception(st), err.message);
    return st != FNP_OK;
}
