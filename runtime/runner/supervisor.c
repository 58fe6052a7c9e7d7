#include "supervisor.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../report/report.h"
#include "conclude.h"
#include "exit_status.h"
#include "strays.h"
#include "temporary.h"
#include "way.h"
#include "worker.h"

/* Results come without a message to us, which would cost each test a switch between
 * processes: we look this often. */
#define LOOK_NANOSECONDS 20000000L

struct supervision {
    struct session *session;
    struct summary summary;
    uint32_t read; /* of session->order */
    bool *seen;    /* by the test's number */
    char *bytes;   /* of the verdict at hand */
    size_t capacity;
    struct text message; /* the same with the way to a failure */
    sigset_t awaited;
    /* Children that are none of a test's: those that were there before, and room for
     * the workers and the one that is asked for symbols. */
    pid_t *own_children;
    size_t older_count;
};

/* ---- Reading results ---- */

static size_t result_size(const struct result *result) {
    return (size_t)result->message.length + result->output[0].length + result->output[1].length;
}

static struct span read_piece(int spool, const struct piece *piece, char **at) {
    ssize_t got = piece->length ? pread(spool, *at, piece->length, (off_t)piece->offset) : 0;
    struct span span = {*at, got > 0 ? (size_t)got : 0};
    *at += span.length;
    return span;
}

static struct verdict read_verdict(struct supervision *run, uint32_t number) {
    const struct session *session = run->session;
    const struct result *result = &session->results[number];
    size_t size = result_size(result);
    if (size > run->capacity) {
        run->capacity = 2 * size;
        run->bytes = _thimble_alloc(&_thimble_arena, run->capacity);
    }
    char *at = run->bytes;
    struct verdict verdict = {.test = session->tests[number], .number = number};
    verdict.outcome = result->outcome;
    verdict.seconds = result->seconds;
    verdict.message = read_piece(session->spool, &result->message, &at);
    for (int i = 0; i < 2; i++)
        verdict.output[i] = read_piece(session->spool, &result->output[i], &at);
    return verdict;
}

/* Where a failure came by functions, as it is written down from now on. */
static void show_way(struct supervision *run, struct verdict *verdict) {
    struct session *session = run->session;
    const struct span *said = &verdict->message;
    if (!_thimble_holds_way(said->bytes, said->length))
        return;
    if (!run->message.grows)
        run->message = _thimble_growing_text();
    run->message.length = 0;
    _thimble_put_way(&run->message, &session->symbols, verdict->test, said->bytes, said->length);
    verdict->message = (struct span){run->message.data, run->message.length};
    session->results[verdict->number].message =
        _thimble_spool(session, run->message.data, run->message.length);
}

static void take_results(struct supervision *run) {
    while (run->read < run->session->test_count) {
        uint32_t finished = atomic_load(&run->session->order[run->read]);
        if (finished == 0)
            break;
        run->read++;
        uint32_t number = finished - 1;
        run->seen[number] = true;
        struct verdict verdict = read_verdict(run, number);
        show_way(run, &verdict);
        run->summary.counts[verdict.outcome]++;
        run->summary.warnings += verdict.outcome == OUTCOME_PASSED && verdict.message.length > 0;
        _thimble_report_test(&verdict);
    }
}

/* ---- Workers ---- */

static void start_worker(struct session *session, struct lane *lane) {
    pid_t worker = fork();
    if (worker == 0)
        _thimble_worker(session, lane);
    lane->worker = worker > 0 ? worker : 0;
}

static uint32_t worker_count(const struct session *session) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < session->lane_count; i++)
        count += session->lanes[i].worker != 0;
    return count;
}

#define MOST_OLDER_CHILDREN 256

static void note_older_children(struct supervision *run) {
    size_t most = MOST_OLDER_CHILDREN + run->session->lane_count + 1;
    run->own_children = _thimble_alloc(&_thimble_arena, most * sizeof(pid_t));
    run->older_count = _thimble_list_children(run->own_children, MOST_OLDER_CHILDREN);
}

/* What the workers that died left behind. */
static void end_orphans(struct supervision *run, pid_t group) {
    const struct session *session = run->session;
    size_t count = run->older_count;
    for (uint32_t i = 0; i < session->lane_count; i++)
        run->own_children[count++] = session->lanes[i].worker;
    run->own_children[count++] = session->symbols.process;
    _thimble_end_strays(group, run->own_children, count);
}

static bool work_is_left(const struct session *session) {
    return !atomic_load(&session->board->stop) &&
           atomic_load(&session->board->next) < session->test_count;
}

/* A test may have killed its worker before that learnt the test's process. */
static pid_t group_of(const struct lane *lane) {
    pid_t process = atomic_load(&lane->task->process);
    return process ? process : atomic_load(&lane->slate->process);
}

/* One that dies while it runs no test is not replaced: the next one would too. */
static void replace_worker(struct supervision *run, struct lane *lane) {
    struct session *session = run->session;
    lane->worker = 0;
    if (atomic_load(&lane->task->test) == NO_TEST)
        return;
    end_orphans(run, group_of(lane));
    if (run->summary.interrupted) {
        if (lane->task->folder[0])
            _thimble_remove_folder(lane->task->folder);
        return;
    }
    const struct ending ending = {.kind = ENDED_WITH_WORKER};
    _thimble_conclude(session, lane, &ending, 0);
    if (work_is_left(session))
        start_worker(session, lane);
}

/* A worker has nothing to stop for, so one that is stopped was stopped by its test. */
static void look_after_workers(struct supervision *run) {
    for (uint32_t i = 0; i < run->session->lane_count; i++) {
        struct lane *lane = &run->session->lanes[i];
        int status;
        if (!lane->worker || waitpid(lane->worker, &status, WNOHANG | WUNTRACED) <= 0)
            continue;
        if (WIFSTOPPED(status)) {
            kill(lane->worker, SIGKILL);
            waitpid(lane->worker, &status, 0);
        }
        replace_worker(run, lane);
    }
}

/* ---- Signals ---- */

static void await_signal(struct supervision *run, int signal) {
    struct sigaction action;
    if (sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN &&
        !(action.sa_flags & SA_SIGINFO))
        return;
    sigaddset(&run->awaited, signal);
}

/* Where SIGCHLD is ignored nobody can be waited for. */
static void let_children_be_awaited(void) {
    struct sigaction action;
    sigaction(SIGCHLD, NULL, &action);
    bool ignored = !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN;
    if (ignored || (action.sa_flags & SA_NOCLDWAIT))
        signal(SIGCHLD, SIG_DFL);
}

static void block_signals(struct supervision *run) {
    sigset_t blocked;
    sigemptyset(&run->awaited);
    await_signal(run, SIGINT);
    await_signal(run, SIGTERM);
    await_signal(run, SIGHUP);
    sigaddset(&run->awaited, SIGCHLD);
    blocked = run->awaited;
    /* A reader of the report that goes away must not leave processes behind. */
    sigaddset(&blocked, SIGPIPE);
    sigprocmask(SIG_BLOCK, &blocked, &run->session->signals);
    let_children_be_awaited();
}

static void unblock_signals(const struct session *session) {
    const struct timespec now = {0, 0};
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    if (!sigismember(&session->signals, SIGPIPE))
        sigtimedwait(&pipe, NULL, &now);
    sigprocmask(SIG_SETMASK, &session->signals, NULL);
}

/* ---- The run ---- */

static void interrupt(struct supervision *run) {
    struct session *session = run->session;
    run->summary.interrupted = true;
    atomic_store(&session->board->stop, true);
    for (uint32_t i = 0; i < session->lane_count; i++) {
        if (session->lanes[i].worker)
            kill(session->lanes[i].worker, SIGKILL);
    }
}

static void run_tests(struct supervision *run) {
    const struct timespec look = {0, LOOK_NANOSECONDS};
    for (uint32_t i = 0; i < run->session->lane_count; i++)
        start_worker(run->session, &run->session->lanes[i]);
    while (worker_count(run->session) > 0) {
        int signal = sigtimedwait(&run->awaited, NULL, &look);
        if (signal > 0 && signal != SIGCHLD)
            interrupt(run);
        look_after_workers(run);
        take_results(run);
        /* Nobody reads the report any more. */
        if (!_thimble_reports_flush())
            interrupt(run);
    }
    end_orphans(run, 0);
    take_results(run);
}

static void report_in_order(struct supervision *run) {
    for (uint32_t i = 0; i < run->session->test_count; i++) {
        if (!run->seen[i]) {
            run->summary.not_run++;
        } else {
            struct verdict verdict = read_verdict(run, i);
            _thimble_report_in_order(&verdict);
        }
    }
}

static int exit_status(const struct supervision *run) {
    const struct session *session = run->session;
    if (run->summary.interrupted)
        return EXIT_INTERRUPTED;
    if (run->summary.not_run > 0 && !atomic_load(&session->board->stop))
        return EXIT_INTERNAL_ERROR;
    return atomic_load(&session->board->bad) > 0 ? EXIT_SOME_FAILED : EXIT_ALL_PASSED;
}

static void say_not_run(const struct supervision *run) {
    char buffer[256];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&line,
                    "thimble: %u of the tests were not run: the processes for them could not be "
                    "started, or were killed from outside\n",
                    run->summary.not_run);
    _thimble_write(STDERR_FILENO, line.data, line.length);
}

int _thimble_supervise(struct session *session) {
    struct supervision run = {.session = session};
    double started = _thimble_now();
    run.seen = _thimble_alloc(&_thimble_arena, session->test_count);
    block_signals(&run);
    note_older_children(&run);
    _thimble_adopt_orphans(true);
    const struct plan plan = {.test_count = session->test_count, .rounds = 1};
    _thimble_report_begin(&plan);
    run_tests(&run);
    report_in_order(&run);
    run.summary.seconds = _thimble_now() - started;
    run.summary.exit_status = exit_status(&run);
    _thimble_report_end(&run.summary);
    _thimble_end_symbols(&session->symbols);
    bool written = _thimble_reports_close();
    _thimble_adopt_orphans(false);
    unblock_signals(session);
    if (run.summary.exit_status == EXIT_INTERNAL_ERROR)
        say_not_run(&run);
    return written ? run.summary.exit_status : EXIT_INTERNAL_ERROR;
}
