/* The policy seam: a judge per thread. */
#include "fnp/runtime.h"

int fnp__policies; /* threads that have one */

static _Thread_local const fnp_policy *current;

const fnp_policy *fnp_policy_set(const fnp_policy *policy)
{
    const fnp_policy *old = current;
    __atomic_fetch_add(&fnp__policies, (policy != NULL) - (old != NULL), __ATOMIC_RELAXED);
    current = policy;
    return old;
}

fnp_status fnp__policy_ask(fnp_risk risk, fnp_intp amount, fnp_error *err)
{
    static const char *const names[] = {"unpickling", "a file header", "an archive member",
                                        "a view that was not checked", "an allocation"};
    const char *reason = "", *what = (unsigned)risk < 5 ? names[risk] : "this";
    if (!current) return FNP_OK;
    bool ok = current->allow(current->ctx, risk, amount, &reason);
    FNP_NOTE(FNP_EVENT_POLICY, NULL, reason, "%s of %td bytes is %s", what, amount,
             ok ? "allowed" : "refused");
    if (ok) return FNP_OK;
    return fnp_fail(err, FNP_ERUNTIME, "refused by policy: %s of %td bytes: %s", what, amount,
                    reason);
}
