/* Stable merge sort of elements E by BEFORE(a, b); included once per type, N names the function. */
static void N(E *v, fnp_intp n, E *room)
{
    if (n <= 12) {
        for (fnp_intp i = 1; i < n; i++) {
            E x = v[i];
            fnp_intp j = i;
            for (; j > 0 && BEFORE(x, v[j - 1]); j--) v[j] = v[j - 1];
            v[j] = x;
        }
        return;
    }
    fnp_intp half = n / 2, i = 0, j = half, k = 0;
    N(v, half, room);
    N(v + half, n - half, room);
    if (!BEFORE(v[half], v[half - 1])) return;
    memcpy(room, v, (size_t)half * sizeof *v);
    while (i < half && j < n) {
        if (BEFORE(v[j], room[i]))
            v[k++] = v[j++];
        else
            v[k++] = room[i++];
    }
    memcpy(v + k, room + i, (size_t)(half - i) * sizeof *v);
}
#undef N
#undef E
#undef BEFORE
