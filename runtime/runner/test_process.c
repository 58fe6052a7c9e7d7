#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../base/text.h"
#include "../check/flush.h"
#include "../check/running.h"
#include "../tracker/tracker.h"
#include "faults.h"
#include "fixtures.h"
#include "worker.h"

#define MOST_LEAKS 16

struct call {
    const struct test *test;
    void *arguments[MOST_PARAMETERS];
};

/* All parameters are pointers. */
static void call_test(void *data) {
    const struct call *call = data;
    void *const *arguments = call->arguments;
    union {
        const void *address;
        void (*none)(void);
        void (*one)(void *);
        void (*two)(void *, void *);
    } function = {call->test->address};
    _thimble_set_stack_base(__builtin_frame_address(0));
    _thimble_clear_dead_stack();
    switch (call->test->parameter_count) {
    case 0:
        function.none();
        break;
    case 1:
        function.one(arguments[0]);
        break;
    default:
        function.two(arguments[0], arguments[1]);
        break;
    }
    _thimble_clear_dead_stack();
}

static void settle_in(const struct session *session, struct lane *lane, const struct test *test,
                      pid_t worker) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != worker)
        _exit(0);
    atomic_store(&lane->slate->process, getpid());
    sigprocmask(SIG_SETMASK, &session->signals, NULL);
    /* It holds what other tests said. */
    close(session->spool);
    if (session->options->show_output && _thimble_keeps_output(session, test)) {
        dup2(lane->output[0], STDOUT_FILENO);
        dup2(lane->output[1], STDERR_FILENO);
    }
    _thimble_test_begins(lane->slate);
}

static void end_forked(struct slate *slate) {
    static const char message[] = "the test returned in a process that it had forked: end such a "
                                  "process with _exit";
    atomic_store(&slate->failed, true);
    _thimble_slate_add(slate, message, sizeof(message) - 1);
    _thimble_flush();
    _exit(1);
}

static void report_leaks(const struct session *session, struct slate *slate,
                         const struct leak *leaks, size_t count) {
    char buffer[MOST_LEAKS * 256];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            _thimble_puts(&text, "\n");
        _thimble_describe_leak(&text, &leaks[i]);
    }
    _thimble_slate_add(slate, text.data, text.length);
    if (session->options->leaks == LEAKS_FAIL)
        atomic_store(&slate->leaked, true);
}

/* Large frames under which the test's dead ones would show through must not lie
 * between here and the tracker. */
static void look_for_leaks(const struct session *session, struct slate *slate, uint32_t since) {
    static struct leak leaks[MOST_LEAKS];
    size_t count = _thimble_find_leaks(since, leaks, MOST_LEAKS);
    if (count > 0)
        report_leaks(session, slate, leaks, count < MOST_LEAKS ? count : MOST_LEAKS);
}

void _thimble_test_process(struct session *session, struct lane *lane, const struct test *test,
                           pid_t worker) {
    struct slate *slate = lane->slate;
    settle_in(session, lane, test, worker);
    struct provisions provisions = {lane->folder, {lane->output[0], lane->output[1]}};
    struct call call = {.test = test};
    for (uint32_t i = 0; i < test->parameter_count; i++)
        call.arguments[i] = _thimble_provide(&provisions, test->providers[i]);
    bool tracked = session->options->leaks != LEAKS_OFF;
    uint32_t since = tracked ? _thimble_tracker_now() : 0;
    _thimble_guarded(call_test, &call);
    if (!_thimble_is_test_itself())
        end_forked(slate);
    _thimble_test_ends();
    if (tracked && !atomic_load(&slate->failed))
        look_for_leaks(session, slate, since);
    _thimble_flush();
    atomic_store(&slate->stage, SLATE_FINISHED);
    _exit(0);
}
