/* exits.h: exit and its like, when a block or a call of user code wants to come back from
 * there. */
#ifndef CHECK_EXITS_H
#define CHECK_EXITS_H

#include <stdbool.h>

/* From now on an exit of this process goes to the innermost block of its thread that catches
 * it. What the program has registered with atexit since the last call is done before; `anew`
 * says that it must not be more than that. */
void _thimble_expect_exit(bool anew);

/* What units call in place of exit, quick_exit and _exit. */
void _thimble_exit(int status) __attribute__((noreturn));
void _thimble_quick_exit(int status) __attribute__((noreturn));
void _thimble_underscore_exit(int status) __attribute__((noreturn));

#endif
