/* faults.h: noticing why a test's process gets a fatal signal. */
#ifndef RUNNER_FAULTS_H
#define RUNNER_FAULTS_H

#include <signal.h>

#include "../base/text.h"
#include "../check/block.h"
#include "../check/slate.h"

/* Of a run in one process; else it asks a test that is late to tell its stack. Few programs use
 * the last of these signals. */
#define TIME_LIMIT (SIGRTMAX - 1)

/* From now on a fault in this process, or in one forked from it, is described on
 * the slate before the signal ends the process as it would have anyway. A signal
 * that somebody handles already is left alone. */
void _thimble_watch_faults(struct slate *);

/* The same, and in a thread that is in a call of user code which catches them (see
 * check/block.h) they come back there. What user code has done to their handlers is put
 * right. */
#define FATAL_SIGNALS                                                                              \
    (SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGILL) | SIGNAL_BIT(SIGFPE) |          \
     SIGNAL_BIT(SIGABRT) | SIGNAL_BIT(SIGTRAP) | SIGNAL_BIT(SIGSYS))
void _thimble_catch_fatal_signals(void);

/* Frames of the test lie below this address of the stack. */
void _thimble_set_stack_base(const void *base);

/* The handler; and the signal's name, or "signal N". */
void _thimble_note_fault(int signal, siginfo_t *, void *context);
void _thimble_put_signal(struct text *, int signal);

/* What the slate knows of the signal, or null. */
const struct fault *_thimble_fault_of(const struct slate *, int signal);

/* What a fatal signal means; `fault` is null where nothing is known but its number. */
void _thimble_describe_signal(struct text *, int signal, const struct fault *);

#endif
