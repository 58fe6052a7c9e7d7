/* running.h: the running test, as the runner starts and ends it. check.h is how
 * the rest of the runtime sees it. */
#ifndef CHECK_RUNNING_H
#define CHECK_RUNNING_H

#include <stdbool.h>

#include "../mock/memory.h"
#include "slate.h"

/* This process and thread runs user code, a test or what stands around it, whose failures
 * go to this slate from now on; not any more. Any number of times in one process. */
void _thimble_test_begins(struct slate *);
void _thimble_test_is_over(void);

/* Whether what is called next is the test's own function (as after _thimble_test_begins) or
 * what stands around it: the way to a failure ends with the test. */
void _thimble_runs_test_itself(bool);

/* How user code was left. */
struct left {
    enum { LEFT_RETURNED, LEFT_FAILED, LEFT_SKIPPED, LEFT_XFAILED, LEFT_EXITED, LEFT_BY_SIGNAL } by;
    int status; /* the exit's, or the signal's number */
};

/* Calls user code. With `catches`, exit and fatal signals (SIGSEGV, SIGBUS, SIGILL, SIGFPE,
 * SIGABRT, SIGTRAP, SIGSYS) in this thread come back here too; else they end the process as
 * they would. */
struct left _thimble_guarded(void (*call)(void *), void *data, bool catches);

/* Whether this is the thread and process of the last _thimble_test_begins, and none that the
 * test made. */
bool _thimble_is_test_itself(void);
bool _thimble_is_test_process(void);

/* Whether a test is running, in whatever thread or process of it; its slate, or null. */
bool _thimble_is_in_test(void);
struct slate *_thimble_slate(void);

/* What _thimble_at_test_end is told between these two is undone by the second, last first,
 * and then what was told before the first is next again. They nest; each belongs to the
 * process that it is called in. */
struct scope {
    struct undo *undo; /* of the outer one, as is what follows */
    unsigned number;
    struct test_memory memory;
};
void _thimble_scope_begins(struct scope *outer);
void _thimble_scope_ends(struct scope *outer);

/* From now on failed asserts of every unit, those to come too, fail the test. */
void _thimble_catch_asserts(void);

#endif
