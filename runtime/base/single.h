/* single.h: whether a process has other threads. */
#ifndef BASE_SINGLE_H
#define BASE_SINGLE_H

#include <stdbool.h>

/* Not 0 while the process has a single thread, for certain; absent before glibc
 * 2.32 and in musl. */
extern char __libc_single_threaded __attribute__((weak));

/* True only where it is certain: quick. */
static inline bool _thimble_surely_single(void) {
    return &__libc_single_threaded && __libc_single_threaded;
}

/* False also where nobody can tell. */
bool _thimble_single_threaded(void);

#endif
