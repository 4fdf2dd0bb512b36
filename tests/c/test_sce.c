/* Shapes, axes, slices, broadcasting, reshape and flags against lists of addresses. */
#include "layouts.h"
#include "fnp/base.h"

static const fnp_intp few_strides[] = {-8, 0, 8, 24};
static fnp_error err;

/* ---- flags, extent, strides of new arrays -------------------------------------------- */

static bool counts_up(const layout *l, bool f, fnp_intp itemsize)
{
    fnp_intp at[MAXN];
    int n = addresses(l, f, at);
    for (int i = 0; i < n; i++)
        if (at[i] != i * itemsize) return false;
    return true;
}

static void check_flags(const layout *l)
{
    fnp_intp at[MAXN], low = 0, high = 0, lo, hi;
    int n = addresses(l, false, at);
    CHECK_MSG(fnp_sce_is_c_contiguous(l->ndim, l->shape, l->strides, 8) == counts_up(l, false, 8),
              "C %s", show(l));
    CHECK_MSG(fnp_sce_is_f_contiguous(l->ndim, l->shape, l->strides, 8) == counts_up(l, true, 8),
              "F %s", show(l));
    for (int i = 0; i < n; i++) {
        if (at[i] < low) low = at[i];
        if (at[i] + 8 > high) high = at[i] + 8;
    }
    CHECK_MSG(fnp_sce_extent(l->ndim, l->shape, l->strides, 8, &lo, &hi, &err) == FNP_OK &&
                  lo == low && hi == high,
              "extent %s", show(l));
    for (fnp_intp offset = 0; offset <= 64; offset += 8) {
        bool fits = n == 0 || (offset + low >= 0 && offset + high <= 64);
        CHECK((fnp_sce_check_strides(l->ndim, l->shape, l->strides, 8, offset, 64, &err) ==
               FNP_OK) == fits);
    }
    for (fnp_intp align = 1; align <= 16; align *= 2)
        for (fnp_intp data = 0; data < 16; data += 4) {
            bool good = true;
            for (int i = 0; i < n; i++) good &= (data + at[i]) % align == 0;
            CHECK_MSG(fnp_sce_is_aligned((uintptr_t)data, l->ndim, l->shape, l->strides, align) ==
                          good,
                      "align %td %s", align, show(l));
        }
}

/* K: dense, and walking the new array in address order walks the old one's axes in order too. */
static void check_fill(const layout *l)
{
    layout m = *l;
    fnp_intp like[4];
    int n = (int)fnp_sce_count(l->ndim, l->shape);
    fnp_sce_fill_strides(l->ndim, l->shape, 8, FNP_ORDER_C, m.strides);
    CHECK(counts_up(&m, false, 8));
    fnp_sce_fill_strides(l->ndim, l->shape, 8, FNP_ORDER_F, m.strides);
    CHECK(counts_up(&m, true, 8));
    fnp_sce_fill_strides_like(l->ndim, l->shape, 8, FNP_ORDER_K, l->shape, l->strides, 8, like);
    if (n == 0) return;
    fnp_intp reach = 8;
    for (int i = 0; i < l->ndim; i++) {
        reach += (l->shape[i] - 1) * like[i];
        for (int k = 0; k < l->ndim; k++) {
            if (l->shape[i] == 1 || l->shape[k] == 1) continue;
            fnp_intp a = l->strides[i] < 0 ? -l->strides[i] : l->strides[i];
            fnp_intp b = l->strides[k] < 0 ? -l->strides[k] : l->strides[k];
            if (a > b || (a == b && i < k)) CHECK_MSG(like[i] > like[k], "K %s", show(l));
        }
    }
    CHECK(reach == n * 8);
}

static void flags_of_shape(layout *l)
{
    each_strides(l, 4, few_strides, check_flags);
    each_strides(l, 4, few_strides, check_fill);
}

/* ---- reshape ------------------------------------------------------------------------- */

static const layout *reshaped;

/* True if some strides let new_shape list the same addresses: the strides can only be those that
 * the first step along each axis shows. */
static bool view_exists(const layout *l, layout *to, bool f)
{
    fnp_intp want[MAXN], got[MAXN];
    int n = addresses(l, f, want);
    fnp_intp step = 1;
    for (int s = 0; s < to->ndim; s++) {
        int i = f ? s : to->ndim - 1 - s;
        to->strides[i] = to->shape[i] > 1 && n > 0 ? want[step] - want[0] : 0;
        step *= to->shape[i];
    }
    addresses(to, f, got);
    return memcmp(want, got, (size_t)n * sizeof *want) == 0;
}

static void check_reshape_to(layout *to)
{
    const layout *l = reshaped;
    for (int f = 0; f < 2; f++) {
        layout twin = *to, got = *to;
        bool exists = view_exists(l, &twin, f);
        bool view = fnp_sce_reshape_strides(l->ndim, l->shape, l->strides, 8, to->ndim, to->shape,
                                            f ? FNP_ORDER_F : FNP_ORDER_C, got.strides);
        CHECK_MSG(view == exists, "reshape %s to %s order %d", show(l), show(to), f);
        if (!view || !exists) continue;
        for (int i = 0; i < to->ndim; i++)
            if (to->shape[i] > 1 && fnp_sce_count(to->ndim, to->shape) > 0)
                CHECK_MSG(got.strides[i] == twin.strides[i], "reshape %s to %s", show(l), show(to));
    }
}

static void reshape_if_equal(layout *to)
{
    if (fnp_sce_count(to->ndim, to->shape) == fnp_sce_count(reshaped->ndim, reshaped->shape))
        check_reshape_to(to);
}

static void check_reshape(const layout *l)
{
    reshaped = l;
    each_shape(3, reshape_if_equal);
}

static void reshapes_of_shape(layout *l)
{
    each_strides(l, 3, few_strides, check_reshape);
}

static void reshape_4d(layout *l)
{
    if (l->ndim == 4)
        for (int i = 0; i < 3; i++) {
            layout m = *l, to = {(int)check_between(1, 4)};
            fnp_intp n = fnp_sce_count(4, l->shape);
            for (int k = 0; k < 4; k++) m.strides[k] = few_strides[check_between(0, 3)];
            to.shape[0] = n;
            for (int k = 1; k < to.ndim; k++) {
                fnp_intp d = check_between(1, 3);
                to.shape[k] = to.shape[0] % d == 0 ? d : 1;
                to.shape[0] /= to.shape[k];
            }
            reshaped = &m;
            check_reshape_to(&to);
        }
}

static fnp_status reshape_text(fnp_intp size, int n, const fnp_intp *to)
{
    fnp_intp out[8];
    return fnp_sce_reshape_shape(size, n, to, out, &err);
}
#define SHAPE(...)                                                                                 \
    (int)(sizeof((fnp_intp[]){__VA_ARGS__}) / sizeof(fnp_intp)), (fnp_intp[])                      \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define SAYS(call, code, text)                                                                     \
    CHECK_MSG((call) == code && strcmp(err.message, text) == 0, "%s", err.message)

static void test_reshape(void)
{
    fnp_intp out[4];
    fnp_reshape_plan plan;
    each_shape(3, reshapes_of_shape);
    each_shape(4, reshape_4d);
    for (int i = 0; i < 20000; i++) {
        layout l = random_layout(6), to = {(int)check_between(0, 6)};
        fnp_intp n = fnp_sce_count(l.ndim, l.shape);
        for (int k = 0; k < to.ndim; k++) {
            fnp_intp d = check_between(1, 5);
            to.shape[k] = k == to.ndim - 1 ? n : n % d == 0 ? d : 1;
            n /= to.shape[k] ? to.shape[k] : 1;
        }
        reshaped = &l;
        reshape_if_equal(&to);
    }
    CHECK(fnp_sce_reshape_shape(24, SHAPE(2, -1, 3), out, &err) == FNP_OK && out[1] == 4);
    CHECK(fnp_sce_reshape_shape(0, SHAPE(3, -1), out, &err) == FNP_OK && out[1] == 0);
    SAYS(reshape_text(6, SHAPE(4)), FNP_EVALUE, "cannot reshape array of size 6 into shape (4,)");
    SAYS(reshape_text(6, SHAPE(4, -1)), FNP_EVALUE,
         "cannot reshape array of size 6 into shape (4,newaxis)");
    SAYS(reshape_text(6, SHAPE(-1, 0)), FNP_EVALUE,
         "cannot reshape array of size 6 into shape (0)");
    SAYS(reshape_text(6, SHAPE(-1, -1)), FNP_EVALUE, "can only specify one unknown dimension");
    SAYS(reshape_text(0, SHAPE(0, -1)), FNP_EVALUE,
         "cannot reshape array of size 0 into shape (0,newaxis)");
    SAYS(reshape_text(0, SHAPE((fnp_intp)1 << 62, 4, 0)), FNP_EVALUE,
         "cannot reshape array of size 0 into shape (4611686018427387904,4,0)");
    CHECK(fnp_sce_reshape(2, (fnp_intp[]){4, 3}, (fnp_intp[]){8, 32}, 8, SHAPE(2, -1), FNP_ORDER_A,
                          &plan, &err) == FNP_OK);
    CHECK(plan.view && plan.order == FNP_ORDER_F && plan.strides[0] == 8 && plan.strides[1] == 16);
    CHECK(fnp_sce_reshape(2, (fnp_intp[]){4, 3}, (fnp_intp[]){8, 32}, 8, SHAPE(-1), FNP_ORDER_C,
                          &plan, &err) == FNP_OK);
    CHECK(!plan.view && plan.shape[0] == 12 && plan.strides[0] == 8);
}

/* ---- axes ---------------------------------------------------------------------------- */

static void check_axes(layout *l)
{
    for (int i = 0; i < l->ndim; i++) l->strides[i] = 10 * (i + 1);
    int n, perm[FNP_MAXDIMS];
    layout out;
    for (int a = -l->ndim - 1; a <= l->ndim; a++) {
        int axis = -1;
        bool good = a >= -l->ndim && a < l->ndim;
        CHECK((fnp_sce_normalize_axis(a, l->ndim, NULL, &axis, &err) == FNP_OK) == good);
        if (good) CHECK(axis == (a + l->ndim) % l->ndim);
        for (int b = -l->ndim; good && b < l->ndim; b++) {
            fnp_intp from = a, to = b;
            int src = (a + l->ndim) % l->ndim, dst = (b + l->ndim) % l->ndim;
            CHECK(fnp_sce_moveaxis_perm(l->ndim, 1, &from, 1, &to, perm, &err) == FNP_OK);
            /* take it out, put it in */
            int rest[4], k = 0;
            for (int i = 0; i < l->ndim; i++)
                if (i != src) rest[k++] = i;
            for (int i = 0, r = 0; i < l->ndim; i++) CHECK(perm[i] == (i == dst ? src : rest[r++]));
            CHECK(fnp_sce_swapaxes_perm(l->ndim, a, b, perm, &err) == FNP_OK);
            for (int i = 0; i < l->ndim; i++)
                CHECK(perm[i] == (i == src ? dst : i == dst ? src : i));
        }
    }
    for (int mask = 0; mask < 1 << l->ndim; mask++) {
        fnp_intp axes[4];
        int count = 0, k = 0;
        bool possible = true;
        for (int i = 0; i < l->ndim; i++)
            if (mask >> i & 1) {
                axes[count++] = i - (mask & 1 ? l->ndim : 0);
                possible &= l->shape[i] == 1;
            }
        CHECK((fnp_sce_squeeze(l->ndim, l->shape, l->strides, count, axes, &n, out.shape,
                               out.strides, &err) == FNP_OK) == possible);
        if (!possible) continue;
        CHECK(n == l->ndim - count);
        for (int i = 0; i < l->ndim; i++)
            if (!(mask >> i & 1)) {
                CHECK(out.shape[k] == l->shape[i] && out.strides[k] == l->strides[i]);
                k++;
            }
        /* and back */
        layout back;
        if (mask & 1)
            for (int i = 0; i < count; i++) axes[i] += l->ndim;
        CHECK(fnp_sce_expand_dims(n, out.shape, out.strides, count, axes, &k, back.shape,
                                  back.strides, &err) == FNP_OK &&
              k == l->ndim);
        for (int i = 0; i < k; i++)
            CHECK(back.shape[i] == l->shape[i] &&
                  back.strides[i] == (mask >> i & 1 ? 0 : l->strides[i]));
    }
}

static void test_axes(void)
{
    int perm[4], n;
    fnp_intp shape[4], strides[4];
    each_shape(4, check_axes);
    CHECK(fnp_sce_transpose_perm(3, 0, NULL, perm, &err) == FNP_OK && perm[0] == 2 && perm[2] == 0);
    CHECK(fnp_sce_transpose_perm(3, SHAPE(1, -1, 0), perm, &err) == FNP_OK && perm[0] == 1 &&
          perm[1] == 2 && perm[2] == 0);
    fnp_sce_permute(3, perm, (fnp_intp[]){2, 3, 4}, (fnp_intp[]){5, 6, 7}, shape, strides);
    CHECK(shape[0] == 3 && shape[1] == 4 && shape[2] == 2 && strides[0] == 6 && strides[2] == 5);
    SAYS(fnp_sce_transpose_perm(3, SHAPE(0, 1), perm, &err), FNP_EVALUE, "axes don't match array");
    SAYS(fnp_sce_transpose_perm(3, SHAPE(0, 0, 1), perm, &err), FNP_EVALUE,
         "repeated axis in transpose");
    SAYS(fnp_sce_swapaxes_perm(3, 0, 7, perm, &err), FNP_EAXIS,
         "axis2: axis 7 is out of bounds for array of dimension 3");
    CHECK(err.axis == 7 && err.ndim == 3);
    SAYS(fnp_sce_moveaxis_perm(3, SHAPE(0, 0), SHAPE(1, 2), perm, &err), FNP_EVALUE,
         "repeated axis in `source` argument");
    SAYS(fnp_sce_squeeze(1, (fnp_intp[]){2}, (fnp_intp[]){8}, 1, (fnp_intp[]){0}, &n, shape,
                         strides, &err),
         FNP_EVALUE, "cannot select an axis to squeeze out which has size not equal to one");
    bool mask[4];
    SAYS(fnp_sce_axis_mask(2, (fnp_intp[]){0, -2}, 2, mask, &err), FNP_EVALUE,
         "duplicate value in 'axis'");
    CHECK(fnp_sce_axis_mask(-1, NULL, 2, mask, &err) == FNP_OK && mask[0] && mask[1]);
}

/* ---- slices and indexing ------------------------------------------------------------- */

/* Which elements Python's seq[start:stop:step] takes, by walking. */
static int walk_slice(fnp_intp length, fnp_intp start, fnp_intp stop, fnp_intp step, fnp_intp *out)
{
    __int128 a = start, b = stop;
    int n = 0;
    if (a < 0) a += length;
    if (b < 0) b += length;
    if (step > 0) {
        if (a < 0) a = 0;
        for (; a < b && a < length; a += step) out[n++] = (fnp_intp)a;
    } else {
        if (a >= length) a = length - 1;
        if (b < -1) b = -1;
        for (; a > b && a >= 0; a += step) out[n++] = (fnp_intp)a;
    }
    return n;
}

static void test_slices(void)
{
    static const fnp_intp v[] = {0,
                                 1,
                                 2,
                                 3,
                                 4,
                                 5,
                                 9,
                                 -1,
                                 -2,
                                 -3,
                                 -4,
                                 -5,
                                 -9,
                                 PTRDIFF_MAX,
                                 PTRDIFF_MIN,
                                 PTRDIFF_MAX - 1,
                                 PTRDIFF_MIN + 1};
    int k = sizeof v / sizeof *v;
    fnp_intp want[32];
    for (fnp_intp length = 0; length < 6; length++)
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++)
                for (int s = 0; s < k; s++) {
                    if (v[s] == 0) continue;
                    fnp_intp start = v[i], stop = v[j];
                    int n = walk_slice(length, start, stop, v[s], want);
                    fnp_intp got = fnp_sce_slice_adjust(length, &start, &stop, v[s]);
                    CHECK_MSG(got == n, "slice %td %td:%td:%td", length, v[i], v[j], v[s]);
                    for (int e = 0; e < n && e < got; e++) CHECK(want[e] == start + e * v[s]);
                }
}

/* Random items against element-wise meaning. */
static void check_random_index(void)
{
    layout l = random_layout(4), out = {0};
    fnp_index_item items[12];
    int nitems = 0, axis = 0, ellipsis = -1;
    while (axis < l.ndim && check_between(0, 5)) {
        fnp_index_item it = {(fnp_index_kind)check_between(0, 3), check_between(-6, 6),
                             check_between(-6, 6), check_between(-3, 3)};
        if (it.kind == FNP_INDEX_ELLIPSIS) {
            if (ellipsis >= 0) continue;
            ellipsis = nitems;
        }
        if (it.step == 0) it.step = 1;
        axis += it.kind == FNP_INDEX_INT || it.kind == FNP_INDEX_SLICE;
        items[nitems++] = it;
        if (nitems == 12) break;
    }
    fnp_intp offset, got[MAXN], want[MAXN];
    fnp_status st = fnp_sce_index(l.ndim, l.shape, l.strides, nitems, items, &out.ndim, out.shape,
                                  out.strides, &offset, &err);
    /* the twin: for every axis of the source the list of positions taken, in order */
    fnp_intp taken[4][32];
    int count[4], fill = l.ndim - axis, a = 0, want_ndim = 0;
    fnp_intp want_shape[FNP_MAXDIMS];
    bool bad = false;
    for (int i = 0; i <= nitems; i++) {
        bool rest = i == nitems ? ellipsis < 0 : items[i].kind == FNP_INDEX_ELLIPSIS;
        if (rest)
            for (int k = 0; k < fill; k++, a++) {
                count[a] = walk_slice(l.shape[a], 0, PTRDIFF_MAX, 1, taken[a]);
                want_shape[want_ndim++] = count[a];
            }
        if (rest || i == nitems) continue;
        if (items[i].kind == FNP_INDEX_NEWAXIS) {
            want_shape[want_ndim++] = 1;
        } else if (items[i].kind == FNP_INDEX_INT) {
            fnp_intp k = items[i].start;
            bad |= k < -l.shape[a] || k >= l.shape[a];
            taken[a][0] = k < 0 ? k + l.shape[a] : k;
            count[a++] = 1;
        } else {
            count[a] =
                walk_slice(l.shape[a], items[i].start, items[i].stop, items[i].step, taken[a]);
            want_shape[want_ndim++] = count[a];
            a++;
        }
    }
    CHECK((st != FNP_OK) == bad);
    if (bad || st != FNP_OK) return;
    CHECK(fnp_sce_same_shape(out.ndim, out.shape, want_ndim, want_shape));
    int n = addresses(&out, false, got), m = 0, total = 1, at[4] = {0};
    for (int i = 0; i < l.ndim; i++) total *= count[i];
    for (; m < total; m++) {
        want[m] = 0;
        for (int i = 0; i < l.ndim; i++) want[m] += taken[i][at[i]] * l.strides[i];
        for (int i = l.ndim - 1; i >= 0 && ++at[i] == count[i]; i--) at[i] = 0;
    }
    CHECK(n == m);
    for (int i = 0; i < n && i < m; i++)
        CHECK_MSG(got[i] + offset == want[i], "index %s", show(&l));
}

static void check_diagonal(const layout *l)
{
    for (int a = 0; a < l->ndim; a++)
        for (int b = 0; b < l->ndim; b++)
            for (fnp_intp k = -4; k <= 4 && a != b; k++) {
                layout out = {0};
                fnp_intp start;
                CHECK(fnp_sce_diagonal(l->ndim, l->shape, l->strides, k, a, b - l->ndim, &out.ndim,
                                       out.shape, out.strides, &start, &err) == FNP_OK);
                fnp_intp length = 0, first = 0;
                for (fnp_intp i = 0; i < l->shape[a]; i++)
                    for (fnp_intp j = 0; j < l->shape[b]; j++)
                        if (j - i == k) {
                            fnp_intp at = i * l->strides[a] + j * l->strides[b];
                            if (length == 0) first = at;
                            CHECK(start + length * out.strides[out.ndim - 1] == at);
                            length++;
                        }
                CHECK(out.ndim == l->ndim - 1 && out.shape[out.ndim - 1] == length &&
                      start == first);
            }
}

static void check_windows(const layout *l)
{
    for (int a = 0; a < l->ndim; a++)
        for (fnp_intp w = 0; w <= 4; w++) {
            layout out = {0};
            fnp_intp axis = a;
            bool possible = w <= l->shape[a];
            CHECK((fnp_sce_windows(l->ndim, l->shape, l->strides, 1, &w, 1, &axis, &out.ndim,
                                   out.shape, out.strides, &err) == FNP_OK) == possible);
            if (!possible) continue;
            CHECK(out.ndim == l->ndim + 1 && out.shape[l->ndim] == w);
            for (int i = 0; i < l->ndim; i++)
                CHECK(out.shape[i] == (i == a ? l->shape[i] - w + 1 : l->shape[i]) &&
                      out.strides[i] == l->strides[i]);
            CHECK(out.strides[l->ndim] == l->strides[a]);
        }
}

static void views_of_shape(layout *l)
{
    each_strides(l, 3, few_strides, check_diagonal);
    each_strides(l, 2, few_strides, check_windows);
}

static void test_index(void)
{
    layout out;
    fnp_intp offset;
    fnp_index_item items[] = {{FNP_INDEX_INT, 5}, {FNP_INDEX_ELLIPSIS}, {FNP_INDEX_ELLIPSIS}};
    for (int i = 0; i < 30000; i++) check_random_index();
    each_shape(4, views_of_shape);
    fnp_intp shape[] = {3}, strides[] = {8};
#define INDEX(n, it)                                                                               \
    fnp_sce_index(1, shape, strides, n, it, &out.ndim, out.shape, out.strides, &offset, &err)
    SAYS(INDEX(1, items), FNP_EINDEX, "index 5 is out of bounds for axis 0 with size 3");
    SAYS(INDEX(2, items + 1), FNP_EINDEX, "an index can only have a single ellipsis ('...')");
    items[1] = items[0];
    SAYS(INDEX(2, items), FNP_EINDEX,
         "too many indices for array: array is 1-dimensional, but 2 were indexed");
    items[0] = (fnp_index_item){FNP_INDEX_SLICE, 0, 3, 0};
    SAYS(INDEX(1, items), FNP_EVALUE, "slice step cannot be zero");
}

/* ---- broadcasting -------------------------------------------------------------------- */

static layout left;

static void check_broadcast_pair(layout *b)
{
    const layout *a = &left;
    int ndims[2] = {a->ndim, b->ndim}, ndim = -1;
    const fnp_intp *shapes[2] = {a->shape, b->shape};
    fnp_intp out[4], twin[4], strides[4];
    int most = a->ndim > b->ndim ? a->ndim : b->ndim;
    bool good = true;
    for (int i = 1; i <= most; i++) {
        fnp_intp x = i <= a->ndim ? a->shape[a->ndim - i] : 1;
        fnp_intp y = i <= b->ndim ? b->shape[b->ndim - i] : 1;
        good &= x == y || x == 1 || y == 1;
        twin[most - i] = x == 1 ? y : x;
    }
    fnp_status st =
        fnp_sce_broadcast_shapes(2, ndims, shapes, FNP_BROADCAST_OPERANDS, &ndim, out, &err);
    CHECK((st == FNP_OK) == good);
    bool fits = good && fnp_sce_same_shape(most, twin, b->ndim, b->shape);
    CHECK((fnp_sce_broadcast_strides(a->ndim, a->shape, a->strides, b->ndim, b->shape, false,
                                     strides, &err) == FNP_OK) == fits);
    if (!good) return;
    CHECK(fnp_sce_same_shape(ndim, out, most, twin));
    if (!fits) return;
    for (int i = 0; i < b->ndim; i++) {
        int k = i - (b->ndim - a->ndim);
        CHECK(strides[i] == (k < 0 || a->shape[k] == 1 ? 0 : a->strides[k]));
    }
}

static void broadcast_against_all(layout *l)
{
    left = *l;
    for (int i = 0; i < l->ndim; i++) left.strides[i] = 8 * (i + 1);
    each_shape(4, check_broadcast_pair);
}

static void test_broadcast(void)
{
    each_shape(4, broadcast_against_all);
    int ndims[3] = {1, 1, 2}, ndim;
    const fnp_intp *shapes[3] = {(fnp_intp[]){2}, (fnp_intp[]){3}, (fnp_intp[]){1, 3}};
    fnp_intp out[4];
    SAYS(fnp_sce_broadcast_shapes(2, ndims, shapes, FNP_BROADCAST_OPERANDS, &ndim, out, &err),
         FNP_EVALUE, "operands could not be broadcast together with shapes (2,) (3,) ");
    SAYS(fnp_sce_broadcast_shapes(3, ndims, shapes, FNP_BROADCAST_OPERANDS, &ndim, out, &err),
         FNP_EVALUE, "operands could not be broadcast together with shapes (2,) (3,) (1,3) ");
    SAYS(fnp_sce_broadcast_shapes(2, ndims, shapes, FNP_BROADCAST_OBJECTS, &ndim, out, &err),
         FNP_EVALUE,
         "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg "
         "0 with shape (2,) and arg 1 with shape (3,).");
    SAYS(fnp_sce_broadcast_strides(1, shapes[1], out, 1, shapes[0], true, out, &err), FNP_EVALUE,
         "could not broadcast input array from shape (3,) into shape (2,)");
    fnp_intp long_shape[] = {1, 1, 3}, long_strides[] = {0, 0, 8};
    CHECK(fnp_sce_broadcast_strides(3, long_shape, long_strides, 1, shapes[1], true, out, &err) ==
              FNP_OK &&
          out[0] == 8);
    CHECK(fnp_sce_broadcast_strides(3, long_shape, long_strides, 1, shapes[1], false, out, &err) ==
          FNP_EVALUE);
}

/* ---- sizes --------------------------------------------------------------------------- */

static void test_sizes(void)
{
    static const fnp_intp v[] = {0,
                                 1,
                                 2,
                                 3,
                                 (fnp_intp)1 << 31,
                                 (fnp_intp)1 << 32,
                                 (fnp_intp)1 << 61,
                                 (fnp_intp)1 << 62,
                                 PTRDIFF_MAX,
                                 -1};
    int k = sizeof v / sizeof *v;
    for (int a = 0; a < k; a++)
        for (int b = 0; b < k; b++)
            for (int c = 0; c < k; c++) {
                fnp_intp shape[3] = {v[a], v[b], v[c]}, size, nbytes;
                long double bytes = 8;
                bool negative = false, empty = false;
                for (int i = 0; i < 3; i++) {
                    negative |= shape[i] < 0;
                    empty |= shape[i] == 0;
                    if (shape[i] > 0) bytes *= (long double)shape[i];
                }
                bool good = !negative && bytes < 0x1p63L;
                CHECK((fnp_sce_nbytes(3, shape, 8, &size, &nbytes, &err) == FNP_OK) == good);
                if (!good) continue;
                CHECK(nbytes == (empty ? 0 : (fnp_intp)bytes) && size * 8 == nbytes);
            }
    char text[12];
    fnp_intp wide[] = {1234567, 89, 10};
    CHECK(fnp_sce_format_shape(3, wide, text, sizeof text) == 11 && !strcmp(text, "(1234567,89"));
    CHECK(fnp_sce_format_shape(0, wide, text, sizeof text) == 2 && !strcmp(text, "()"));
    SAYS(fnp_sce_check_ndim(65, &err), FNP_EVALUE,
         "maximum supported dimension for an ndarray is currently 64, found 65");
}

int main(void)
{
    test_sizes();
    test_axes();
    test_slices();
    test_index();
    test_broadcast();
    each_shape(4, flags_of_shape);
    test_reshape();
    return check_done();
}
