/* session.h: one run of the tests, as its processes share it.
 *
 *   supervisor  the process that the user started: reads options, starts workers,
 *               prints the report. It runs no user code, so nothing stops it.
 *   worker      takes the next test, forks a process for it, waits, and says what
 *               became of it. Lives in a process group of its own: a test that
 *               kills its parent or the parent's group hits only that.
 *   lane        what a worker works with. When a test kills the worker, the
 *               supervisor concludes that test and starts a new worker in its lane.
 *   slate       a lane's memory that the test's process writes to
 *   board       memory that supervisor and workers write to; no test sees it
 *   spool       a file in memory for the messages and output of tests that failed
 */
#ifndef RUNNER_SESSION_H
#define RUNNER_SESSION_H

#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "../check/slate.h"
#include "options.h"
#include "outcome.h"
#include "select.h"
#include "symbols.h"

/* Part of the spool. */
struct piece {
    uint64_t offset;
    uint32_t length;
};

struct result {
    enum outcome outcome;
    double seconds;
    struct piece message;
    struct piece output[2];
};

struct board {
    _Atomic uint32_t next;     /* test to be taken */
    _Atomic uint32_t finished; /* places taken in `order` */
    _Atomic uint32_t bad;      /* tests that did not pass */
    _Atomic bool stop;         /* take no more tests */
    _Atomic uint64_t spooled;  /* bytes */
    /* Then come the tasks, the results, and the order in which tests finished: their
     * numbers + 1, 0 while it is not written yet. */
};

#define NO_TEST UINT32_MAX

/* What a lane's worker is busy with. */
struct task {
    _Atomic uint32_t test; /* its number, or NO_TEST */
    _Atomic pid_t process; /* the test's, 0 while it is not known */
    double started;
    char folder[1024]; /* the test's tmp_path, or "" */
};

struct lane {
    struct slate *slate;
    struct task *task;  /* on the board */
    const char *folder; /* the running test's tmp_path, as its process sees it, or null */
    pid_t worker;       /* 0 for none */
    int output[2];      /* files in memory for the test's output; -1 for none */
};

struct session {
    const struct options *options;
    const struct test *const *tests;
    uint32_t test_count;
    struct board *board;
    struct task *tasks;
    struct result *results;
    _Atomic uint32_t *order;
    struct lane *lanes;
    uint32_t lane_count;
    int spool;
    const char *temporary; /* folder for the tests' tmp_path, or null */
    sigset_t signals;      /* blocked when the user's code started the run */
    pid_t supervisor;
    struct symbols symbols; /* the supervisor's */
};

/* Makes the memory, files and folders. False, with what is missing in `error`. */
bool _thimble_session_open(struct session *, const struct options *, const struct selection *,
                           struct text *error);
void _thimble_session_close(struct session *);

/* In bytes, with what lies behind it. */
size_t _thimble_board_size(const struct session *);

/* Whether tests of this run have their output kept in a lane's files. */
bool _thimble_keeps_output(const struct session *, const struct test *);

#endif
