/* The ledger: records go to the calling thread's stack of sinks. */
#include "fnp/runtime.h"

#include <stdarg.h>
#include <stdio.h>

int fnp__ledger_sinks;

static _Thread_local fnp_sink *top;
static _Thread_local uint64_t serial;
static _Thread_local const char *context;

void fnp_ledger_push(fnp_sink *sink)
{
    sink->below = top;
    top = sink;
    __atomic_fetch_add(&fnp__ledger_sinks, 1, __ATOMIC_RELAXED);
}

bool fnp_ledger_pop(fnp_sink *sink)
{
    for (fnp_sink **p = &top; *p; p = &(*p)->below) {
        if (*p != sink) continue;
        *p = sink->below;
        __atomic_fetch_sub(&fnp__ledger_sinks, 1, __ATOMIC_RELAXED);
        return true;
    }
    return false;
}

const char *fnp_ledger_context(const char *op)
{
    const char *old = context;
    context = op;
    return old;
}

void fnp_ledger_note(fnp_event event, const char *op, const char *reason, const char *fmt, ...)
{
    char decision[512];
    va_list ap;
    if (!top) return; /* the sinks are other threads' */
    va_start(ap, fmt);
    vsnprintf(decision, sizeof decision, fmt, ap);
    va_end(ap);
    if (!op) op = context ? context : "";
    fnp_record record = {++serial, event, op, decision, reason ? reason : ""};
    for (fnp_sink *s = top; s; s = s->below) s->put(s->ctx, &record);
}

static const struct {
    const char *name, *words;
} events[FNP_EVENT_COUNT] = {
#define FNP_EVENT(code, name, words) [code] = {name, words},
#include "fnp/events.def"
#undef FNP_EVENT
};

const char *fnp_event_name(fnp_event event)
{
    return (unsigned)event < FNP_EVENT_COUNT ? events[event].name : "";
}

/* Text going into a buffer that may be too small; `length` counts on regardless. */
typedef struct text {
    char *buf;
    size_t size, length;
} text;

static void put_char(text *t, char c)
{
    if (t->length + 1 < t->size) t->buf[t->length] = c;
    t->length++;
}

static void put(text *t, const char *s)
{
    while (*s) put_char(t, *s++);
}

static void put_json_string(text *t, const char *s)
{
    static const char hex[] = "0123456789abcdef";
    put_char(t, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20) {
            put(t, "\\u00");
            put_char(t, hex[c >> 4]);
            c = (unsigned char)hex[c & 15];
        } else if (c == '"' || c == '\\') {
            put_char(t, '\\');
        }
        put_char(t, (char)c);
    }
    put_char(t, '"');
}

static int finish(text *t)
{
    if (t->size) t->buf[t->length < t->size ? t->length : t->size - 1] = 0;
    return (int)t->length;
}

int fnp_record_json(const fnp_record *r, char *buf, size_t bufsize)
{
    text t = {buf, bufsize, 0};
    char number[24];
    snprintf(number, sizeof number, "%llu", (unsigned long long)r->serial);
    put(&t, "{\"serial\": ");
    put(&t, number);
    put(&t, ", \"event\": ");
    put_json_string(&t, fnp_event_name(r->event));
    put(&t, ", \"op\": ");
    put_json_string(&t, r->op);
    put(&t, ", \"decision\": ");
    put_json_string(&t, r->decision);
    put(&t, ", \"reason\": ");
    put_json_string(&t, r->reason);
    put(&t, "}");
    return finish(&t);
}

int fnp_record_words(const fnp_record *r, char *buf, size_t bufsize)
{
    text t = {buf, bufsize, 0};
    if (*r->op) {
        put(&t, r->op);
        put(&t, ": ");
    }
    if ((unsigned)r->event < FNP_EVENT_COUNT) {
        put(&t, events[r->event].words);
        put(&t, " ");
    }
    put(&t, r->decision);
    if (*r->reason) {
        put(&t, ", because ");
        put(&t, r->reason);
    }
    return finish(&t);
}
