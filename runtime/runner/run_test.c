#include "run_test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../base/hot.h"
#include "../base/kernel.h"
#include "../base/text.h"
#include "../check/flush.h"
#include "../check/running.h"
#include "../tracker/tracker.h"
#include "alone.h"
#include "around.h"
#include "captures.h"
#include "faults.h"
#include "leak_report.h"
#include "ledger.h"
#include "values.h"

#define MOST_LEAKS 16

struct run {
    const struct session *session;
    struct slate *slate;
    const struct test *test;
    struct provisions provisions;
    bool catches;
    bool set_up; /* its unit's setup returned */
    bool failed; /* before it was torn down */
    bool used;   /* user code ran before, in frames that are dead now */
    uint32_t since;
};

static const struct run *current HOT;

const struct test *_thimble_running_test(const char **folder) {
    *folder = current ? current->provisions.tmp_path : NULL;
    return current ? current->test : NULL;
}

/* ---- What is said ---- */

/* Where nothing was caught the process is gone, or the slate says it already. */
void _thimble_say_left(struct slate *slate, const struct left *left, const char *what) {
    char buffer[512];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    if (left->by == LEFT_BY_SIGNAL && _thimble_is_time_limit(left->status)) {
        _thimble_printf(&text, "%s took too long", what);
    } else if (left->by == LEFT_EXITED) {
        _thimble_printf(&text, "%s called exit(%d)", what, left->status);
    } else if (left->by == LEFT_BY_SIGNAL) {
        _thimble_printf(&text, "%s: ", what);
        _thimble_describe_signal(&text, left->status, _thimble_fault_of(slate, left->status));
    } else {
        return;
    }
    atomic_store(&slate->failed, true);
    _thimble_slate_add(slate, text.data, text.length);
}

static const char *name_of(const struct call *call) {
    return _thimble_string(call->unit, call->function->name);
}

/* What is around the test was left. True where it did what it should. */
static bool returned(struct run *run, const struct left *left, const char *what) {
    if (left->by == LEFT_RETURNED)
        return true;
    _thimble_say_left(run->slate, left, what);
    if (left->by != LEFT_SKIPPED && left->by != LEFT_XFAILED && !run->failed)
        atomic_store(&run->slate->error, true);
    return false;
}

static void end_forked(struct slate *slate) {
    static const char message[] = "the test returned in a process that it had forked: end such a "
                                  "process with _exit";
    atomic_store(&slate->failed, true);
    _thimble_slate_add(slate, message, sizeof(message) - 1);
    _thimble_flush();
    _exit(1);
}

/* ---- Its parts ---- */

static void begin_making(struct fixture *fixture, void *data) {
    const struct run *run = data;
    atomic_store(&run->slate->around, _thimble_around_fixture(fixture, false));
}

static void begin_ending(struct fixture *fixture, void *data) {
    const struct run *run = data;
    atomic_store(&run->slate->around, _thimble_around_fixture(fixture, true));
}

static bool set_up(struct run *run) {
    const struct module *home = run->test->home;
    const struct request *request = &run->test->request;
    if (home->setup.address) {
        atomic_store(&run->slate->stage, SLATE_SETTING_UP);
        atomic_store(&run->slate->around, AROUND_SETUP);
        struct left left =
            _thimble_guarded(_thimble_call_plain, (void *)&home->setup, run->catches);
        if (!returned(run, &left, name_of(&home->setup)))
            return false;
    }
    run->set_up = true;
    if (request->call.count > 0) {
        struct fixture *maker;
        atomic_store(&run->slate->stage, SLATE_SETTING_UP);
        struct left left = _thimble_make_values(request, LIFETIME_TEST, &run->provisions,
                                                run->catches, begin_making, run, &maker);
        if (!returned(run, &left, maker ? maker->function : ""))
            return false;
    }
    return true;
}

static void stop_in_front(const struct test *test) {
    char buffer[1024];
    struct text place = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&place, "%s:%s", test->file, test->name);
    _thimble_stop_in_front(place.data);
}

static void call_test(void *data) {
    const struct run *run = data;
    _thimble_set_stack_base(__builtin_frame_address(0));
    if (run->used)
        _thimble_clear_dead_stack();
    if (run->slate->stop.traced)
        stop_in_front(run->test);
    _thimble_call_request(&run->test->request, &run->provisions);
    if (_thimble_tracker_has_since(run->since))
        _thimble_clear_dead_stack();
}

static void run_body(struct run *run) {
    atomic_store(&run->slate->stage, SLATE_RUNNING);
    _thimble_runs_test_itself(true);
    struct left left = _thimble_guarded(call_test, run, run->catches);
    _thimble_runs_test_itself(false);
    if (!_thimble_is_test_itself())
        end_forked(run->slate);
    if (left.by == LEFT_BY_SIGNAL)
        atomic_store(&run->slate->signal, left.status);
    else
        _thimble_say_left(run->slate, &left, "the test");
}

/* A teardown that fails is no reason to leave out the next. */
static void tear_down(struct run *run) {
    const struct call *teardown = &run->test->home->teardown;
    struct fixture *ender;
    struct left left;
    atomic_store(&run->slate->stage, SLATE_TEARING_DOWN);
    run->failed = atomic_load(&run->slate->failed) || atomic_load(&run->slate->signal);
    while (_thimble_end_value(LIFETIME_TEST, run->catches, begin_ending, run, &ender, &left))
        returned(run, &left, ender->end.address ? name_of(&ender->end) : ender->function);
    if (run->set_up && teardown->address) {
        atomic_store(&run->slate->around, AROUND_TEARDOWN);
        left = _thimble_guarded(_thimble_call_plain, (void *)teardown, run->catches);
        returned(run, &left, name_of(teardown));
    }
}

/* ---- Leaks ---- */

/* Large frames under which the test's dead ones would show through must not lie
 * between here and the tracker. */
static void look_for_leaks(const struct run *run) {
    static struct leak leaks[MOST_LEAKS];
    const struct options *options = run->session->options;
    size_t count = _thimble_find_leaks(run->since, leaks, MOST_LEAKS);
    if (count > 0)
        _thimble_report_leaks(run->slate, leaks, count);
    if (count > 0 && options->leaks == LEAKS_FAIL)
        atomic_store(&run->slate->leaked, true);
    if (options->verbose)
        count = _thimble_find_reachable(run->since, leaks, MOST_LEAKS);
    if (options->verbose && count > 0)
        _thimble_report_reachable(run->slate, leaks, count);
}

static bool ended_well(const struct slate *slate) {
    return !atomic_load(&slate->failed) && !atomic_load(&slate->signal) &&
           !atomic_load(&slate->skipped) && !atomic_load(&slate->xfailed);
}

/* ---- The whole ---- */

/* What is to be torn down even where the test would end its process. */
static bool has_teardown(const struct test *test) {
    return test->home->teardown.address || test->request.ends;
}

void _thimble_run_test(const struct session *session, const struct lane *lane,
                       const struct test *test, bool catches) {
    struct run run = {.session = session, .slate = lane->slate, .test = test};
    run.catches = catches || has_teardown(test);
    run.used = catches || test->module || test->home->setup.address || test->request.call.count > 0;
    run.provisions.tmp_path = lane->folder;
    run.provisions.element = test->element;
    if (test->request.captures)
        run.provisions.capture = _thimble_capture(lane->output);
    bool tracked = session->options->leaks != LEAKS_OFF;
    struct scope scope;
    current = &run;
    _thimble_ledger_begins(lane->number);
    _thimble_scope_begins(&scope);
    _thimble_runs_test_itself(false);
    bool ready = set_up(&run);
    run.since = tracked ? _thimble_tracker_now() : UINT32_MAX;
    if (ready)
        run_body(&run);
    tear_down(&run);
    _thimble_scope_ends(&scope);
    _thimble_ledger_ends();
    if (tracked && ready && ended_well(run.slate))
        look_for_leaks(&run);
    current = NULL;
}

/* ---- In a process of its own ---- */

static void settle_in(const struct session *session, const struct lane *lane,
                      const struct test *test, pid_t parent) {
    syscall(SYS_setpgid, 0, 0);
    syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL);
    if (kernel_parent() != parent)
        _exit(0);
    atomic_store(&lane->slate->process, kernel_process());
    kernel_mask(SIG_SETMASK, &session->signals, NULL);
    /* It holds what other tests said. */
    kernel_close(session->spool);
    if (session->options->show_output && _thimble_keeps_output(session, test)) {
        dup2(lane->output[0], STDOUT_FILENO);
        dup2(lane->output[1], STDERR_FILENO);
    }
    _thimble_test_begins(lane->slate);
}

extern void __tsan_init(void) __attribute__((weak));

void _thimble_test_process(const struct session *session, const struct lane *lane,
                           const struct test *test, pid_t parent) {
    settle_in(session, lane, test, parent);
    _thimble_run_test(session, lane, test, false);
    _thimble_flush();
    atomic_store(&lane->slate->stage, SLATE_FINISHED);
    /* It says with its status that it has reported something, from exit only. */
    if (__tsan_init)
        exit(0);
    _exit(0);
}
