/* For SIGEV_THREAD_ID and the numbers of system calls. */
#define _GNU_SOURCE 1

#include "alone.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../check/block.h"
#include "../check/exits.h"
#include "../report/report.h"
#include "conclude.h"
#include "death.h"
#include "faults.h"
#include "keeper.h"
#include "making.h"
#include "strays.h"
#include "streams.h"
#include "surroundings.h"
#include "worker.h"

static struct {
    struct session *session;
    struct results *results;
    pid_t thread;
    int timer; /* the kernel's; -1 for none */
    pid_t process;
    int (*finish)(struct session *, struct results *);
} alone = {.timer = -1};

bool _thimble_is_time_limit(int signal) {
    return signal == TIME_LIMIT;
}

bool _thimble_is_interrupt(int signal) {
    return signal == SIGINT || signal == SIGTERM || signal == SIGHUP;
}

/* ---- Signals ---- */

/* A debugger holds a process that the test forked; or has had this one now. */
static bool is_late(void) {
    struct stop_desk *desk = _thimble_stopping.desk;
    bool held = _thimble_is_stopped(desk);
    if (held)
        _thimble_limit_time(1);
    else
        _thimble_stop_at_failure(desk, &(struct stop_request){.reason = STOP_TIMEOUT});
    return !held;
}

/* Only the thread that runs the test can leave it. What a test sends to itself ends the test,
 * not the run; and in a process that it forked, that. */
static void leave_test(int signal, siginfo_t *info, void *unused) {
    (void)unused;
    if (getpid() != alone.process) {
        sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
        raise(signal);
        return;
    }
    bool own = info->si_code <= 0 && info->si_pid == alone.process;
    if (_thimble_is_interrupt(signal) && !own) {
        atomic_store(&alone.session->board->interrupted, true);
        atomic_store(&alone.session->board->stop, true);
    }
    if (syscall(SYS_gettid) != alone.thread) {
        syscall(SYS_tgkill, getpid(), alone.thread, signal);
        return;
    }
    if (_thimble_is_time_limit(signal) && !is_late())
        return;
    struct open_block *guard = _thimble_innermost(ROLE_GUARD);
    if (guard && guard->process == getpid())
        _thimble_leave_by(guard, OUT_SIGNAL, signal);
}

static void catch (int signal) {
    struct sigaction old,
        action = {.sa_sigaction = leave_test, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    if (sigaction(signal, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction(signal, &action, NULL);
}

static void catch_signals(void) {
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = TIME_LIMIT};
    alone.thread = (pid_t)syscall(SYS_gettid);
    event._sigev_un._tid = alone.thread;
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &alone.timer) != 0)
        alone.timer = -1;
    catch (TIME_LIMIT);
    catch (SIGINT);
    catch (SIGTERM);
    catch (SIGHUP);
}

void _thimble_limit_time(double seconds) {
    time_t whole = (time_t)seconds;
    struct itimerspec limit = {
        .it_value = {whole, (long)((seconds - (double)whole) * 1e9)},
    };
    if (alone.timer >= 0)
        syscall(SYS_timer_settime, alone.timer, 0, &limit, NULL);
}

/* ---- The run ---- */

static void take(void *unused) {
    (void)unused;
    _thimble_take_results(alone.results);
    /* No test finds a child, or closes a descriptor, that is not its own. */
    _thimble_end_symbols(&alone.session->symbols);
    if (!_thimble_reports_flush()) {
        atomic_store(&alone.session->board->interrupted, true);
        atomic_store(&alone.session->board->stop, true);
    }
}

/* Tests have the standard streams, and reports go where these led. With -s the two share
 * them. */
static void own_streams(struct session *session, bool begin) {
    if (session->options->show_output)
        return;
    for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++) {
        int copy = _thimble_stream_copy(i);
        _thimble_reports_redirect(begin ? i : copy, begin ? copy : i);
    }
    if (!begin)
        _thimble_streams_back();
}

/* A test that needs what the lane's set-up was to make. */
static uint32_t needy_test(const struct session *session, const struct lane *lane) {
    if (lane == &session->lanes[0])
        return lane->task->next;
    for (uint32_t i = 0; i < session->test_count; i++) {
        if (session->tests[i]->request.session)
            return i;
    }
    return NO_TEST;
}

/* A set-up ends the process: the first test that needed it says so. */
static void blame_set_up(struct session *session, struct lane *lane, int status) {
    const struct death death = {.status = status};
    uint32_t maker = atomic_load(&lane->task->maker);
    if (maker == NOTHING)
        return;
    _thimble_conclude_death(session, lane, &death);
    uint32_t number = needy_test(session, lane);
    if (number >= session->test_count)
        return;
    atomic_store(&lane->task->test, number);
    _thimble_conclude_unrun(session, lane, OUTCOME_ERROR, _thimble_known_death(session, maker));
}

/* The process ends, and no jump leads out of that: another thread called exit, crashed or
 * failed, or the test's own called pthread_exit. */
static void say_last_words(int status, int signal) {
    struct session *session = alone.session;
    struct lane *lane = &session->lanes[0];
    const struct ending ending = {.status = signal ? signal : W_EXITCODE(status & 0xff, 0)};
    if (getpid() != alone.process)
        return;
    _thimble_last_words = NULL;
    _thimble_restore_surroundings(session);
    atomic_store(&session->board->stop, true);
    atomic_store(&lane->task->process, alone.process);
    if (atomic_load(&lane->task->test) != NO_TEST) {
        _thimble_conclude(session, lane, &ending, 0);
        _thimble_note(session, "the run ends with a test that ended the process: only a process "
                               "for each test, --isolate test, would hold that");
    }
    blame_set_up(session, lane, ending.status);
    blame_set_up(session, _thimble_keepers_lane(session), ending.status);
    take(NULL);
    alone.results->summary.interrupted = atomic_load(&session->board->interrupted);
    own_streams(session, false);
    status = alone.finish(session, alone.results);
    _thimble_session_close(session);
    _exit(status);
}

void _thimble_run_alone(struct session *session, struct results *results,
                        int (*finish)(struct session *, struct results *)) {
    struct scope scope;
    alone.session = session;
    alone.results = results;
    alone.finish = finish;
    alone.process = getpid();
    _thimble_last_words = say_last_words;
    sigprocmask(SIG_BLOCK, NULL, &session->signals);
    _thimble_watch_faults(session->lanes[0].slate);
    catch_signals();
    _thimble_keeper_begins(session);
    own_streams(session, true);
    bool shared = session->session_teardown != NO_TEST;
    if (shared)
        _thimble_make_session(session, &scope);
    _thimble_work_here(session, &session->lanes[0], take, NULL);
    if (shared)
        _thimble_end_session(session, &scope);
    _thimble_last_words = NULL;
    _thimble_limit_time(0);
    take(NULL);
    own_streams(session, false);
    _thimble_adopt_orphans(false);
    results->summary.interrupted = atomic_load(&session->board->interrupted);
}
