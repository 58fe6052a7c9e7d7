/* Without the plugin, so that nothing of it is in the way of a stop. */
#include "zoo.h"

#include <signal.h>
#include <string.h>

void __attribute__((noinline)) here(void) {
    __asm__ volatile("" ::: "memory");
}

void __attribute__((noinline)) deep_down(int depth) {
    volatile char here[4096];
    memset((char *)here, depth, sizeof(here));
    if (depth >= 0)
        deep_down(depth + 1);
    here[0] = here[1];
}

void give_up(void) {
    raise(SIGABRT);
    __asm__ volatile(""); /* so that the call is not the last thing: its frame stays */
}
