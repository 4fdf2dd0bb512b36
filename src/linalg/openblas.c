/* Finding OpenBLAS: the scipy-openblas64 package's library first (64-bit integers, names
 * scipy_dgemm_64_), then the system's (dgemm_64_, or dgemm_ with 32-bit integers). */
#include "linalg/openblas.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char given_path[4096];
static fnp_blas blas; /* filled once */
static pthread_once_t once = PTHREAD_ONCE_INIT;

void fnp_linalg_set_library(const char *path)
{
    snprintf(given_path, sizeof given_path, "%s", path);
}

static fnp_fortran *symbol(void *lib, const char *format, const char *name)
{
    char full[64];
    snprintf(full, sizeof full, format, name);
    void *p = dlsym(lib, full);
    fnp_fortran *f;
    memcpy(&f, &p, sizeof f);
    return f;
}

static bool fill(void *lib, const char *format)
{
    static const char prefix[] = "sdcz";
    char name[32];
    bool ok = true;
    for (int t = 0; t < 4; t++) {
#define X(n)                                                                                       \
    snprintf(name, sizeof name, "%c" #n, prefix[t]);                                               \
    ok &= (blas.n[t] = symbol(lib, format, name)) != NULL;
        FNP_LAPACK_LIST(X)
#undef X
        snprintf(name, sizeof name, "%c%s", prefix[t], t < 2 ? "syevd" : "heevd");
        ok &= (blas.eigh[t] = symbol(lib, format, name)) != NULL;
        snprintf(name, sizeof name, "%c%s", prefix[t], t < 2 ? "orgqr" : "ungqr");
        ok &= (blas.orgqr[t] = symbol(lib, format, name)) != NULL;
    }
    return ok;
}

static void open_library(void)
{
    static const struct {
        const char *format;
        int size;
    } styles[] = {{"scipy_%s_64_", 8}, {"%s_64_", 8}, {"scipy_%s_", 4}, {"%s_", 4}};
    const char *candidates[] = {getenv("FNP_OPENBLAS"),    given_path,
                                "libscipy_openblas64_.so", "libopenblas64.so.0",
                                "libopenblas.so.0",        "libopenblas.so"};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (!candidates[i] || !*candidates[i]) continue;
        void *lib = dlopen(candidates[i], RTLD_NOW | RTLD_LOCAL);
        if (!lib) continue;
        for (size_t s = 0; s < sizeof styles / sizeof *styles; s++) {
            if (fill(lib, styles[s].format)) {
                blas.int_size = styles[s].size;
                blas.ok = true;
                return;
            }
        }
        dlclose(lib);
    }
}

const fnp_blas *fnp__blas(void)
{
    pthread_once(&once, open_library);
    return &blas;
}

bool fnp_linalg_available(void)
{
    return fnp__blas()->ok;
}
