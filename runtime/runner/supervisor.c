#include "supervisor.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../report/report.h"
#include "alone.h"
#include "await.h"
#include "conclude.h"
#include "debugger.h"
#include "exit_status.h"
#include "keeper.h"
#include "results.h"
#include "strays.h"
#include "user_signals.h"

/* Results come without a message to us, which would cost each test a switch between
 * processes: we look this often. */
#define LOOK_NANOSECONDS 20000000L

/* Seconds in which teardowns have to end once the user wants no more. */
#define GRACE 5.0

/* ---- Tests that need no process ---- */

/* What nobody provides for can't run: that is said before any test runs. */
static void conclude_wrong(struct session *session) {
    struct lane *lane = _thimble_keepers_lane(session);
    for (uint32_t i = 0; i < session->test_count; i++) {
        const struct test *test = session->tests[i];
        if (!test->wrong)
            continue;
        atomic_store(&lane->task->test, i);
        _thimble_conclude_unrun(session, lane, OUTCOME_ERROR, test->wrong);
    }
}

/* ---- The run ---- */

struct supervision {
    struct session *session;
    struct results *results;
    bool other_keeper; /* another process keeps the workers */
    double give_up;    /* when what was interrupted is ended at once; 0: never */
};

static void interrupt(struct supervision *run) {
    bool again = atomic_load(&run->session->board->interrupted);
    run->results->summary.interrupted = true;
    run->give_up = _thimble_now() + GRACE;
    _thimble_end_workers(run->session, again);
}

static bool keep(struct supervision *run) {
    if (run->give_up > 0 && _thimble_now() > run->give_up)
        _thimble_end_workers(run->session, true);
    return run->other_keeper ? _thimble_keep_keeper(run->session)
                             : _thimble_keep_workers(run->session);
}

static void begin(struct supervision *run) {
    struct session *session = run->session;
    conclude_wrong(session);
    run->other_keeper = session->session_teardown != NO_TEST && _thimble_start_keeper(session);
    if (!run->other_keeper)
        _thimble_start_workers(session);
}

static void run_tests(struct supervision *run, const sigset_t *awaited) {
    const struct timespec look = {0, LOOK_NANOSECONDS};
    begin(run);
    while (keep(run)) {
        int signal = sigtimedwait(awaited, NULL, &look);
        if (signal > 0 && signal != SIGCHLD)
            interrupt(run);
        _thimble_take_results(run->results);
        _thimble_serve_debugger(run->session);
        /* Nobody reads the report any more. */
        if (!_thimble_reports_flush() && !run->results->summary.interrupted)
            interrupt(run);
    }
    _thimble_keeper_ends(run->session);
    _thimble_take_results(run->results);
    _thimble_serve_debugger(run->session);
}

static int exit_status(const struct session *session, const struct summary *summary) {
    if (summary->interrupted)
        return EXIT_INTERRUPTED;
    if (summary->not_run > 0 && !atomic_load(&session->board->stop))
        return EXIT_INTERNAL_ERROR;
    return atomic_load(&session->board->bad) > 0 ? EXIT_SOME_FAILED : EXIT_ALL_PASSED;
}

static void say_not_run(const struct summary *summary) {
    char buffer[256];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&line,
                    "thimble: %u of the tests were not run: the processes for them could not be "
                    "started, or were killed from outside\n",
                    summary->not_run);
    _thimble_write(STDERR_FILENO, line.data, line.length);
}

static struct plan plan_of(const struct session *session) {
    return (struct plan){
        .tests = session->tests,
        .test_count = session->test_count,
        .rounds = session->rounds,
        .shuffled = session->options->shuffle,
        .seed = session->options->seed,
        .jobs = session->lane_count,
    };
}

/* Of tests that ran. */
static const struct memory_use *read_ledger(const struct session *session,
                                            const struct results *results) {
    if (!session->ledger)
        return NULL;
    struct memory_use *use = _thimble_ledger_read(session->ledger, session->options->memory);
    for (uint32_t i = 0; i < session->test_count; i++)
        use->unknown += results->seen[i] && !_thimble_ledger_knows(session->ledger, i) &&
                        session->results[i].outcome != OUTCOME_SKIPPED &&
                        session->results[i].outcome != OUTCOME_ERROR;
    return use;
}

/* Behind the last test. Returns the exit status. */
static int finish(struct session *session, struct results *results) {
    struct summary *summary = &results->summary;
    _thimble_results_end(results);
    summary->seconds = _thimble_now() - session->started;
    summary->exit_status = exit_status(session, summary);
    summary->memory = read_ledger(session, results);
    _thimble_report_end(summary);
    _thimble_end_symbols(&session->symbols);
    return _thimble_reports_close() ? summary->exit_status : EXIT_INTERNAL_ERROR;
}

static void run_all(struct session *session, struct results *results) {
    struct supervision run = {.session = session, .results = results};
    if (session->options->isolate == ISOLATE_NONE) {
        conclude_wrong(session);
        _thimble_debugger_begins(session);
        _thimble_run_alone(session, results, finish);
        return;
    }
    sigset_t awaited;
    _thimble_debugger_begins(session);
    _thimble_block_signals(session, &awaited);
    _thimble_keeper_begins(session);
    run_tests(&run, &awaited);
}

int _thimble_supervise(struct session *session) {
    static struct results results;
    const struct plan plan = plan_of(session);
    session->started = _thimble_now();
    _thimble_results_begin(&results, session);
    _thimble_report_begin(&plan);
    run_all(session, &results);
    int status = finish(session, &results);
    if (session->options->isolate != ISOLATE_NONE) {
        _thimble_adopt_orphans(false);
        _thimble_unblock_signals(session, results.summary.interrupted);
    }
    if (results.summary.exit_status == EXIT_INTERNAL_ERROR)
        say_not_run(&results.summary);
    return status;
}
