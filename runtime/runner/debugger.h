/* debugger.h: --pdb, --trace, and breakpoint() in a run: what the process that the user started
 * does for them. See debug/stop.h. */
#ifndef RUNNER_DEBUGGER_H
#define RUNNER_DEBUGGER_H

#include "session.h"

/* What can't be is said, and taken out of the options. A run that is itself under a debugger
 * stays in this process, without limits of time, where the user does not say otherwise. */
void _thimble_choose_debugger(struct options *);

/* This process opens debuggers for those that it forks from now on; with --isolate none, each
 * for itself. */
void _thimble_debugger_begins(struct session *);

/* Opens one where somebody asks for it, and waits until it has ended; or says that there is no
 * terminal for it. */
void _thimble_serve_debugger(struct session *);

/* Threads of this process, and of those that it forks, stop at this lane's desk from now on; at
 * failures, unless these are `expected` (why, or null). */
void _thimble_debugger_desk(const struct lane *, const struct options *, const char *expected);

/* Waits while a debugger has another process: no test begins then. */
void _thimble_let_debugger_end(const struct session *);

#endif
