/* world.h: what a test finds when it begins, whatever the tests before it did. */
#ifndef NASTY_WORLD_H
#define NASTY_WORLD_H

#include <stddef.h>

/* Fails the calling test where something is not as it was when the program began:
 * current directory, environment, umask, signals, limits, timers, descriptors, children
 * and threads. */
void check_world(void);

/* The same pointer; no compiler knows that. */
static inline void *hidden(const void *pointer) {
    void *same = (void *)pointer;
    __asm__ volatile("" : "+r"(same) : : "memory");
    return same;
}

/* Ends by the runner's timeout only. */
_Noreturn void hang(void);

/* Blocks and ignores all that can be. */
void ignore_all_signals(void);

/* Says this to everybody who keeps a descriptor of the test's open, and is no success. */
_Noreturn void unreachable(void);

#endif
