/* signals.h: what units call in place of libc's functions that send signals. Where a block
 * waits for one that the code has set back to what it does by default (a program that means
 * to die of it does so first), it is caught all the same. */
#ifndef CHECK_SIGNALS_H
#define CHECK_SIGNALS_H

#include <signal.h>
#include <sys/types.h>

void _thimble_abort(void) __attribute__((noreturn));
int _thimble_raise(int signal);
int _thimble_kill(pid_t process, int signal);

#endif
