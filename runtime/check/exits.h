/* exits.h: exit and its like, when a block or a call of user code wants to come back from
 * there. */
#ifndef CHECK_EXITS_H
#define CHECK_EXITS_H

#include <stdbool.h>

/* From now on an exit of this process goes to the innermost block of its thread that catches
 * it. What the program has registered with atexit since the last call is done before; `anew`
 * says that it must not be more than that. */
void _thimble_expect_exit(bool anew);

/* Called in a process that is about to end by an exit or a signal (the other one is 0) that
 * nobody catches; null, or does not return. */
extern void (*_thimble_last_words)(int status, int signal);

/* What units call in place of exit, quick_exit and _exit. */
void _thimble_exit(int status) __attribute__((noreturn));
void _thimble_quick_exit(int status) __attribute__((noreturn));
void _thimble_underscore_exit(int status) __attribute__((noreturn));

#endif
