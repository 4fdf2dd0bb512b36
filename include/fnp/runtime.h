/* Policy and ledger: the seams through which a program can learn what was decided, and forbid it.
 *
 * Off, both cost one predicted branch on a flag. A decision is noted with FNP_NOTE by the thread
 * that made it and reaches the sinks of that thread only; workers of the pool decide nothing. */
#ifndef FNP_RUNTIME_H
#define FNP_RUNTIME_H

#include "fnp/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- ledger -------------------------------------------------------------------------- */

typedef enum fnp_event {
#define FNP_EVENT(code, name, question) code,
#include "fnp/events.def"
#undef FNP_EVENT
    FNP_EVENT_COUNT
} fnp_event;

/* One decision. The strings live as long as the sink's call. */
typedef struct fnp_record {
    uint64_t serial; /* counts up per thread */
    fnp_event event;
    const char *op;       /* what the user called: "add", "reshape" */
    const char *decision; /* what was chosen: "float64", "view", "dd->d at v3", "2 threads" */
    const char *reason;   /* why, in words; may be "" */
} fnp_record;

/* A sink, owned by the caller, in a stack per thread; every sink of the stack gets each record. */
typedef struct fnp_sink {
    void (*put)(void *ctx, const fnp_record *record);
    void *ctx;
    struct fnp_sink *below;
} fnp_sink;

void fnp_ledger_push(fnp_sink *sink);
/* Remove the sink, wherever it stands in this thread's stack; true if it was there. */
bool fnp_ledger_pop(fnp_sink *sink);

/* How many sinks there are in all threads. Read it through fnp_ledger_on. */
extern int fnp__ledger_sinks;
static inline bool fnp_ledger_on(void)
{
#ifdef FNP_NO_LEDGER
    return false;
#else
    return FNP_UNLIKELY(__atomic_load_n(&fnp__ledger_sinks, __ATOMIC_RELAXED) != 0);
#endif
}

/* Note a decision: FNP_NOTE(FNP_EVENT_VIEW, "reshape", "strides cannot express it", "copy of %td
 * bytes", n). op and reason are plain strings, the rest is the decision as for printf. The
 * arguments are evaluated only if the ledger is on. */
#define FNP_NOTE(event, op, reason, ...)                                                           \
    do {                                                                                           \
        if (fnp_ledger_on()) fnp_ledger_note(event, op, reason, __VA_ARGS__);                      \
    } while (0)
void fnp_ledger_note(fnp_event event, const char *op, const char *reason, const char *fmt, ...)
    FNP_PRINTF(4, 5);

/* What is being called, for decisions further down that do not know: used where FNP_NOTE's op is
 * NULL. Returns the former name, to be put back. */
const char *fnp_ledger_context(const char *op);

/* The record as one JSON object without newline, or as a sentence; snprintf's conventions. */
int fnp_record_json(const fnp_record *record, char *buf, size_t bufsize);
int fnp_record_words(const fnp_record *record, char *buf, size_t bufsize);
const char *fnp_event_name(fnp_event event);

/* ---- policy -------------------------------------------------------------------------- */

/* What a policy may refuse. `amount` is bytes, or 0 where there is no measure. */
typedef enum fnp_risk {
    FNP_RISK_UNPICKLE,   /* running a pickle that came with data */
    FNP_RISK_HEADER,     /* a file header of that size */
    FNP_RISK_ARCHIVE,    /* an archive member of that size */
    FNP_RISK_EXTENT,     /* a view whose layout was not checked against its buffer */
    FNP_RISK_ALLOCATION, /* array memory of that size */
} fnp_risk;

/* Judge of the calling thread, owned by the caller: false refuses, with a reason in words. */
typedef struct fnp_policy {
    bool (*allow)(void *ctx, fnp_risk risk, fnp_intp amount, const char **reason);
    void *ctx;
} fnp_policy;

/* Set the thread's judge (NULL: none, all is allowed, which is NumPy's behaviour); the former. */
const fnp_policy *fnp_policy_set(const fnp_policy *policy);

extern int fnp__policies;
fnp_status fnp__policy_ask(fnp_risk risk, fnp_intp amount, fnp_error *err);
/* FNP_OK, or FNP_ERUNTIME if the thread's policy refuses. The answer is noted in the ledger. */
FNP_MUST_CHECK static inline fnp_status fnp_policy_check(fnp_risk risk, fnp_intp amount,
                                                         fnp_error *err)
{
    if (FNP_LIKELY(__atomic_load_n(&fnp__policies, __ATOMIC_RELAXED) == 0)) return FNP_OK;
    return fnp__policy_ask(risk, amount, err);
}

#ifdef __cplusplus
}
#endif
#endif
