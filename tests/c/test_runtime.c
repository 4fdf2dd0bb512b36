/* Ledger and policy: what is noted reaches this thread's sinks and no others. */
#include "check.h"
#include "fnp/runtime.h"

#include <pthread.h>
#include <string.h>

static void count(void *ctx, const fnp_record *r)
{
    ++*(int *)ctx;
}

static char json[300], words[300];
static void render(void *ctx, const fnp_record *r)
{
    fnp_record_json(r, json, sizeof json);
    fnp_record_words(r, words, sizeof words);
    char tiny[5];
    CHECK(fnp_record_words(r, tiny, sizeof tiny) == (int)strlen(words) && strlen(tiny) == 4);
}

static void *elsewhere(void *arg)
{
    FNP_NOTE(FNP_EVENT_CAST, "other", "", "unseen");
    return NULL;
}

static int evaluated;
static int touch(void)
{
    return ++evaluated;
}

static bool judge(void *ctx, fnp_risk risk, fnp_intp amount, const char **reason)
{
    *reason = "over the budget";
    return amount < 100;
}

int main(void)
{
    int n = 0, m = 0;
    fnp_sink a = {count, &n}, b = {count, &m}, c = {render, NULL};
    CHECK(!fnp_ledger_on());
    FNP_NOTE(FNP_EVENT_VIEW, "reshape", "", "view %d", touch());
    CHECK(evaluated == 0);
    fnp_ledger_push(&a);
    fnp_ledger_push(&b);
    FNP_NOTE(FNP_EVENT_VIEW, "reshape", "", "view %d", touch());
    CHECK(n == 1 && m == 1 && evaluated == 1);
    CHECK(fnp_ledger_pop(&a) && !fnp_ledger_pop(&a));
    FNP_NOTE(FNP_EVENT_VIEW, "reshape", "", "view");
    CHECK(n == 1 && m == 2);
    pthread_t t;
    pthread_create(&t, NULL, elsewhere, NULL);
    pthread_join(t, NULL);
    CHECK(m == 2);
    CHECK(fnp_ledger_pop(&b) && !fnp_ledger_on());

    fnp_ledger_push(&c);
    const char *old = fnp_ledger_context("a + b");
    FNP_NOTE(FNP_EVENT_PROMOTION, NULL, "int64 and \"float32\"\n", "float64");
    CHECK(fnp_ledger_context(old) && !fnp_ledger_context(NULL));
    CHECK(strstr(json, "\"event\": \"promotion\", \"op\": \"a + b\", \"decision\": \"float64\", "
                       "\"reason\": \"int64 and \\\"float32\\\"\\u000a\"}"));
    CHECK(strstr(words, "a + b: the types are float64, because int64 and"));

    fnp_error err;
    fnp_policy p = {judge, NULL};
    CHECK(fnp_policy_check(FNP_RISK_ALLOCATION, 1000, &err) == FNP_OK);
    CHECK(fnp_policy_set(&p) == NULL);
    CHECK(fnp_policy_check(FNP_RISK_ALLOCATION, 10, &err) == FNP_OK);
    CHECK(fnp_policy_check(FNP_RISK_ALLOCATION, 1000, &err) == FNP_ERUNTIME);
    CHECK(strstr(words, "an allocation of 1000 bytes is refused, because over the budget"));
    CHECK(fnp_policy_set(NULL) == &p && fnp__policies == 0);
    fnp_ledger_pop(&c);
    return check_done();
}
