/* session.h: one run of the tests, as its processes share it.
 *
 *   supervisor  the process that the user started: reads options and prints the reports. It
 *               runs no user code, so nothing stops it; only with --isolate none it runs all.
 *   keeper      starts workers and replaces them. The supervisor itself, but where there are
 *               session fixtures: then a process that makes these before it starts workers,
 *               which so inherit them.
 *   worker      takes a batch of tests, forks a process for each, waits, and says what became
 *               of it. Lives in a process group of its own: a test that kills its parent or
 *               the parent's group hits only that.
 *   batch       a test; or all of a unit whose tests share a set-up, which their worker then
 *               does in its own process, so that each test has a copy. Such a worker ends
 *               with its batch. Where the set-up started threads, which would be missing in
 *               a copy, it runs these tests in its own process.
 *   lane        what a worker works with. When a test kills the worker, the keeper concludes
 *               that test and starts a new worker in its lane, which goes on with the batch.
 *   slate       a lane's memory that a test's process writes to
 *   board       memory that the runner's processes write to; no test sees it
 *   spool       a file in memory for the messages and output of tests that failed
 */
#ifndef RUNNER_SESSION_H
#define RUNNER_SESSION_H

#include <signal.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "../check/slate.h"
#include "../memory/ask.h"
#include "ledger.h"
#include "options.h"
#include "outcome.h"
#include "select.h"

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

#define MOST_NOTES 64

struct board {
    _Atomic uint32_t next;     /* batch to be taken */
    _Atomic uint32_t finished; /* places taken in `order` */
    _Atomic uint32_t bad;      /* tests that did not pass */
    _Atomic bool stop;         /* take no more tests */
    _Atomic bool interrupted;  /* by the user, too */
    _Atomic pid_t stopped;     /* a debugger has it, and no test begins but in it; 0: none */
    _Atomic bool missed;       /* breakpoint() found no terminal */
    _Atomic bool one_process;  /* a session fixture started threads: the keeper runs all */
    _Atomic uint64_t spooled;  /* bytes */
    _Atomic uint32_t note_count;
    struct piece notes[MOST_NOTES];
    /* Then come the tasks, the results, the deaths, and the order in which tests finished:
     * their numbers + 1, 0 while it is not written yet. */
};

/* What is written there after a fork is not copied first, as a page of the stack would be. */
#define WORDS_SIZE (SLATE_SIZE + 1024)

#define NO_TEST UINT32_MAX
#define NOTHING UINT32_MAX

/* What a lane's worker is busy with. */
struct task {
    _Atomic uint32_t test; /* its number, or NO_TEST */
    _Atomic pid_t process; /* the test's, 0 while it is not known */
    _Atomic pid_t worker;
    _Atomic uint32_t maker; /* the set-up that runs in the worker itself: a number among the
                               deaths, or NOTHING */
    _Atomic bool renew;     /* it ended in order, to be replaced by a fresh one */
    _Atomic bool inside;    /* the test runs in the worker itself */
    uint32_t next, end;     /* of its batch, what is still to run */
    uint32_t batch;
    double started;
    double deadline;   /* when the worker itself is stuck, 0: it looks after that */
    char folder[1024]; /* the test's tmp_path, or "" */
};

struct lane {
    uint32_t number; /* of the test that it works on */
    struct slate *slate;
    struct task *task;  /* on the board */
    const char *folder; /* the running test's tmp_path, as its process sees it, or null */
    pid_t worker;       /* 0 for none */
    int output[2];      /* files in memory for the test's output; -1 for none */
    char *words;        /* on the board, too: room for a message */
    bool spoilt;        /* the worker lost what it had open */
};

struct batch {
    uint32_t first, count;
    struct module *module; /* whose set-up its tests share, or null */
    uint32_t teardown;     /* the number of what stands for its teardown in results */
};

struct session {
    const struct options *options;
    double started;
    const struct test **tests; /* behind those to run, what stands for teardowns */
    uint32_t test_count;       /* those to run */
    uint32_t result_count;     /* with those behind */
    uint32_t rounds;
    const struct batch *batches;
    uint32_t batch_count;
    uint32_t session_teardown; /* the number of what stands for it, or NO_TEST */
    struct board *board;
    struct task *tasks; /* one for each lane, and the keeper's */
    struct result *results;
    struct piece *deaths; /* by modules, then fixtures: what is known of set-ups in which a
                             process died; they are not tried again */
    _Atomic uint32_t *order;
    struct lane *lanes;  /* workers', and behind them the keeper's */
    uint32_t lane_count; /* without the keeper's */
    int spool;
    const char *temporary; /* folder for the tests' tmp_path, or null */
    sigset_t signals;      /* blocked when the user's code started the run */
    pid_t supervisor, keeper;
    struct ledger *ledger;  /* for --memory, or null */
    struct symbols symbols; /* the supervisor's */
};

/* Makes the memory, files and folders. False, with what is missing in `error`. */
bool _thimble_session_open(struct session *, const struct options *, const struct selection *,
                           struct text *error);
void _thimble_session_close(struct session *);

/* In bytes, with what lies behind it. */
size_t _thimble_board_size(const struct session *);

/* How many seconds a test may take; 0: any time. */
double _thimble_timeout(const struct session *, const struct test *);

/* The lane of what the keeper itself runs. */
struct lane *_thimble_keepers_lane(const struct session *);

/* Whether tests of this run have their output kept in a lane's files. */
bool _thimble_keeps_output(const struct session *, const struct test *);

/* ---- The spool ---- */

/* Writes bytes down where the supervisor finds them. */
struct piece _thimble_spool(struct session *, const char *bytes, size_t length);
/* In the arena, with a zero behind it. */
const char *_thimble_unspool(const struct session *, struct piece);

/* Says something to the user, once, as soon as the supervisor comes by. */
void _thimble_note(struct session *, const char *line);

#endif
