/* Every string ufunc on one element, for one character type: strings s, integers v, and what comes
 * out: text into the sinks o (which count on beyond their room), a number or a truth value. 0 or a
 * status. */
SCAN_INLINE int N(one)(enum string_op op, const fnp_char_class *k, N(str) * s, const int64_t *v,
                       N(sink) * o, int64_t *number, bool *truth)
{
    switch (op) {
    case OP_LEN: *number = s[0].n; break;
    case OP_ISALPHA: *truth = N(all)(s[0], k, 'a'); break;
    case OP_ISALNUM: *truth = N(all)(s[0], k, 'n'); break;
    case OP_ISDIGIT: *truth = N(all)(s[0], k, 'd'); break;
    case OP_ISSPACE: *truth = N(all)(s[0], k, 's'); break;
    case OP_ISDECIMAL: *truth = N(all)(s[0], k, '0'); break;
    case OP_ISNUMERIC: *truth = N(all)(s[0], k, '1'); break;
    case OP_ISLOWER: *truth = N(cased)(s[0], k, 'l'); break;
    case OP_ISUPPER: *truth = N(cased)(s[0], k, 'u'); break;
    case OP_ISTITLE: *truth = N(title)(s[0], k); break;
    case OP_FIND:
    case OP_INDEX: *number = N(find)(s[0], s[1], v[2], v[3], false); break;
    case OP_RFIND:
    case OP_RINDEX: *number = N(find)(s[0], s[1], v[2], v[3], true); break;
    case OP_COUNT: *number = N(count)(s[0], s[1], v[2], v[3]); break;
    case OP_STARTSWITH: *truth = N(has_end)(s[0], s[1], v[2], v[3], false); break;
    case OP_ENDSWITH: *truth = N(has_end)(s[0], s[1], v[2], v[3], true); break;
    case OP_LSTRIP:
        s[0] = N(strip_space)(s[0], k, 1);
        N(put)(o, s[0].p, s[0].n);
        break;
    case OP_RSTRIP:
        s[0] = N(strip_space)(s[0], k, 2);
        N(put)(o, s[0].p, s[0].n);
        break;
    case OP_STRIP:
        s[0] = N(strip_space)(s[0], k, 3);
        N(put)(o, s[0].p, s[0].n);
        break;
    case OP_LSTRIP_CHARS:
        s[0] = N(strip_chars)(s[0], s[1], 1);
        N(put)(o, s[0].p, s[0].n);
        break;
    case OP_RSTRIP_CHARS:
        s[0] = N(strip_chars)(s[0], s[1], 2);
        N(put)(o, s[0].p, s[0].n);
        break;
    case OP_STRIP_CHARS:
        s[0] = N(strip_chars)(s[0], s[1], 3);
        N(put)(o, s[0].p, s[0].n);
        break;
    case OP_REPLACE: N(replace)(o, s[0], s[1], s[2], v[3]); break;
    case OP_EXPANDTABS_LENGTH: {
        N(expandtabs)(o, s[0], v[1]);
        *number = o->n;
        if (*number > INT32_MAX || *number < 0) return FNP_EOVERFLOW;
        break;
    }
    case OP_EXPANDTABS: N(expandtabs)(o, s[0], v[1]); break;
    case OP_CENTER: N(pad)(o, s[0], v[1], s[2].n ? *s[2].p : 0, 'c'); break;
    case OP_LJUST: N(pad)(o, s[0], v[1], s[2].n ? *s[2].p : 0, 'l'); break;
    case OP_RJUST: N(pad)(o, s[0], v[1], s[2].n ? *s[2].p : 0, 'r'); break;
    case OP_ZFILL: N(zfill)(o, s[0], v[1]); break;
    case OP_PARTITION:
    case OP_RPARTITION: {
        N(str) parts[3] = {s[0]};
        if (s[1].n == 0) return FNP_EVALUE;
        if (v[2] >= 0 && v[2] <= s[0].n - s[1].n) {
            parts[0].n = v[2];
            parts[1] = s[1];
            parts[2] = (N(str)){s[0].p + v[2] + s[1].n, s[0].n - v[2] - s[1].n, 0};
        } else if (op == OP_RPARTITION) {
            parts[2] = s[0];
            parts[0].n = 0;
        }
        for (int i = 0; i < 3; i++) N(put)(o + i, parts[i].p, parts[i].n);
        break;
    }
    case OP_SLICE:
        if (v[3] == 0) return FNP_EVALUE;
        N(slice)(o, s[0], v[1], v[2], v[3]);
        break;
    case OP_ADD:
        N(put)(o, s[0].p, s[0].n);
        N(put)(o, s[1].p, s[1].n);
        break;
    case OP_MULTIPLY:
    case OP_RMULTIPLY: {
        int which = op == OP_RMULTIPLY;
        int64_t times = v[!which];
        fnp_intp total;
        if (times > 0 && __builtin_mul_overflow(times, s[which].n, &total)) return FNP_EOVERFLOW;
        for (int64_t i = 0; s[which].n && i < times && o->n < o->room; i++)
            N(put)(o, s[which].p, s[which].n);
        break;
    }
    case OP_EQUAL: *truth = N(equal)(s[0], s[1]); break;
    case OP_NOT_EQUAL: *truth = !N(equal)(s[0], s[1]); break;
    case OP_LESS: *truth = N(compare)(s[0], s[1]) < 0; break;
    case OP_LESS_EQUAL: *truth = N(compare)(s[0], s[1]) <= 0; break;
    case OP_GREATER: *truth = N(compare)(s[0], s[1]) > 0; break;
    case OP_GREATER_EQUAL: *truth = N(compare)(s[0], s[1]) >= 0; break;
    default: return FNP_ENOTIMPL;
    }
    if (*number < 0 && (op == OP_INDEX || op == OP_RINDEX)) return FNP_EVALUE;
    return 0;
}

/* The loop over elements of fixed width: `in` and `out` are constants where it is inlined. */
SCAN_INLINE int N(run)(const string_aux *x, enum string_op op, const char *in, const char *out,
                       int nin, int nout, char *const *data, fnp_intp n, const fnp_intp *strides)
{
    const fnp_char_class *k = x->classes;
    char *p[MAX_OPERANDS];
    fnp_intp step[MAX_OPERANDS], room[MAX_OPERANDS];
    N(str) given[MAX_OPERANDS] = {{0}};
    _Pragma("GCC unroll 6") for (int i = 0; i < nin + nout; i++)
    {
        p[i] = data[i];
        step[i] = strides[i];
        room[i] = x->room[i];
        if (i < nin && in[i] == 's' && n > 0) given[i] = N(load)(p[i], room[i]);
    }
    for (fnp_intp at = 0; at < n; at++) {
        N(str) s[MAX_OPERANDS];
        N(sink) o[3];
        int64_t v[MAX_OPERANDS], number = 0;
        bool truth = false;
        _Pragma("GCC unroll 6") for (int i = 0; i < nin; i++)
        {
            if (in[i] == 's')
                s[i] = step[i] ? N(load)(p[i], room[i]) : given[i];
            else
                memcpy(&v[i], p[i], sizeof v[i]);
            p[i] += step[i];
        }
        _Pragma("GCC unroll 3") for (int i = 0; i < nout; i++) o[i] =
            (N(sink)){(CH *)p[nin + i], room[nin + i], 0};
        int st = N(one)(op, k, s, v, o, &number, &truth);
        if (FNP_UNLIKELY(st)) return st;
        if (out[0] == 'l') memcpy(p[nin], &number, sizeof number);
        if (out[0] == '?') *(uint8_t *)p[nin] = truth;
        _Pragma("GCC unroll 3") for (int i = 0; i < nout; i++)
        {
            if (out[0] == 's') N(finish)(&o[i]);
            p[nin + i] += step[nin + i];
        }
    }
    return 0;
}

#define FNP_STRING_UFUNC(name, in, out, rule, types, code)                                         \
    static int N(run_##code)(void *context, char *const *data, const fnp_intp *dims,               \
                             const fnp_intp *strides, void *aux)                                   \
    {                                                                                              \
        return N(run)(aux, OP_##code, in, out, sizeof in - 1, sizeof out - 1, data, dims[0],       \
                      strides);                                                                    \
    }
#include "string_ops.def"
#undef FNP_STRING_UFUNC

static fnp_loop_fn *const N(loops)[] = {
#define FNP_STRING_UFUNC(name, in, out, rule, types, code) N(run_##code),
#include "string_ops.def"
#undef FNP_STRING_UFUNC
};
