/* For RTLD_DEFAULT. */
#define _GNU_SOURCE 1

#include "unwinder.h"

#include <dlfcn.h>
#include <stddef.h>

extern __typeof__(dlsym) dlsym __attribute__((weak));
extern __typeof__(_Unwind_Backtrace) _Unwind_Backtrace __attribute__((weak));
extern __typeof__(_Unwind_GetIPInfo) _Unwind_GetIPInfo __attribute__((weak));
extern __typeof__(_Unwind_GetCFA) _Unwind_GetCFA __attribute__((weak));

static bool is_whole(const struct unwinder *unwinder) {
    return unwinder->backtrace && unwinder->address && unwinder->frame;
}

/* Under its own name dlopen would give a static program a warning. */
static void *open_library(const char *name) {
    __typeof__(dlopen) *open;
    *(void **)&open = dlsym(RTLD_DEFAULT, "dlopen");
    return open ? open(name, RTLD_NOW | RTLD_LOCAL) : NULL;
}

bool _thimble_find_unwinder(struct unwinder *unwinder) {
    /* In a static program it is there, or nowhere. */
    *unwinder = (struct unwinder){_Unwind_Backtrace, _Unwind_GetIPInfo, _Unwind_GetCFA};
    if (is_whole(unwinder))
        return true;
    if (!dlsym)
        return false;
    void *library = open_library("libgcc_s.so.1");
    if (!library)
        library = open_library("libunwind.so.1");
    if (!library)
        return false;
    *(void **)&unwinder->backtrace = dlsym(library, "_Unwind_Backtrace");
    *(void **)&unwinder->address = dlsym(library, "_Unwind_GetIPInfo");
    *(void **)&unwinder->frame = dlsym(library, "_Unwind_GetCFA");
    return is_whole(unwinder);
}
