/* unwinder.h: what unwinds exceptions; glibc's own backtrace opens it, too. */
#ifndef BASE_UNWINDER_H
#define BASE_UNWINDER_H

#include <stdbool.h>
#include <unwind.h>

struct unwinder {
    __typeof__(_Unwind_Backtrace) *backtrace;
    __typeof__(_Unwind_GetIPInfo) *address;
    __typeof__(_Unwind_GetCFA) *frame;
};

/* Opens its library where it is not there yet. False: this system has none. */
bool _thimble_find_unwinder(struct unwinder *);

#endif
