/* apart.h: work in a process of its own, so that it does not matter in what state a program has
 * left its heap, its locks and its stack, and what goes wrong there stays there. */
#ifndef DEBUG_APART_H
#define DEBUG_APART_H

#include <stdbool.h>
#include <sys/types.h>

/* A child that the program, when it waits for its own, or handles SIGCHLD, does not hear of;
 * none of its handlers for a fork are run, and no lock of libc's is taken. */
pid_t _thimble_fork_apart(void);

/* Whether that child has ended; with WNOHANG in the options, by now. */
bool _thimble_has_ended(pid_t, int options, int *status);

/* Calls `work` in such a process and waits for it, at most that long. Can be called in a
 * signal's handler. errno stays. */
void _thimble_apart(void (*work)(void *), void *data, double seconds);

#endif
