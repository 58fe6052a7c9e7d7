#include "host.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../check/flush.h"
#include "../check/running.h"
#include "../registry/reach.h"
#include "alone.h"
#include "await.h"
#include "conclude.h"
#include "keeper.h"
#include "making.h"
#include "memory_file.h"
#include "recover.h"
#include "run_test.h"
#include "strays.h"
#include "surroundings.h"

/* Seconds for what a test left behind to end by itself. */
#define PATIENCE 0.1

/* Seconds for a teardown after a crash. */
#define LAST_GRACE 5.0

void _thimble_conclude_no_start(struct session *session, struct lane *lane, const char *what) {
    char buffer[256];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&message, "%s: %s", what, strerror(errno));
    _thimble_conclude_unrun(session, lane, OUTCOME_ERROR, message.data);
}

/* A system at its limit may have room again soon. */
static pid_t fork_patiently(void) {
    struct timespec pause = {0, 1000000};
    for (;;) {
        pid_t process = fork();
        if (process >= 0 || errno != EAGAIN || pause.tv_nsec > 500000000)
            return process;
        nanosleep(&pause, NULL);
        pause.tv_nsec *= 2;
    }
}

/* ---- While a test takes long ---- */

struct watch {
    const struct lane *lane;
    bool thin;    /* its output need not be kept whole */
    bool crashed; /* its teardown runs after a crash */
};

static double look_after(void *data) {
    struct watch *watch = data;
    const struct slate *slate = watch->lane->slate;
    if (watch->thin) {
        _thimble_thin_file(watch->lane->output[0]);
        _thimble_thin_file(watch->lane->output[1]);
    }
    bool crashed = atomic_load(&slate->signal) != 0;
    double grace = crashed && !watch->crashed ? LAST_GRACE : -1;
    watch->crashed = crashed;
    return grace;
}

/* A child that is just about to end may still say why the test fails. */
static size_t end_children(const struct lane *lane, const struct ending *ending) {
    bool in_order = ending->kind == ENDED_BY_ITSELF && WIFEXITED(ending->status) &&
                    !atomic_load(&lane->slate->failed);
    size_t ended = _thimble_await_children(in_order ? PATIENCE : 0);
    return ended + _thimble_end_strays(atomic_load(&lane->task->process), NULL, 0);
}

void _thimble_run_forked(struct session *session, struct lane *lane, const struct test *test) {
    pid_t parent = getpid();
    /* A test may limit its address space and have much to say. */
    _thimble_reserve(&_thimble_arena);
    pid_t process = fork_patiently();
    if (process == 0)
        _thimble_test_process(session, lane, test, parent);
    if (process < 0) {
        _thimble_conclude_no_start(session, lane, "no process for the test");
        return;
    }
    atomic_store(&lane->task->process, process);
    /* A capture reads the output whole. */
    struct watch watch = {.lane = lane, .thin = lane->output[0] >= 0 && !test->request.captures};
    struct ending ending = _thimble_await(process, _thimble_timeout(session, test),
                                          &lane->slate->stop, look_after, &watch);
    size_t strays = end_children(lane, &ending);
    _thimble_conclude(session, lane, &ending, strays);
}

/* ---- In this process ---- */

void _thimble_run_inside(struct session *session, struct lane *lane, const struct test *test) {
    struct task *task = lane->task;
    double timeout = _thimble_timeout(session, test);
    _thimble_note_descriptors(session, lane);
    _thimble_enter_surroundings(session, lane, test);
    atomic_store(&task->inside, true);
    task->deadline = timeout > 0 ? _thimble_now() + timeout : 0;
    _thimble_test_begins(lane->slate);
    _thimble_limit_time(timeout);
    _thimble_run_test(session, lane, test, true);
    _thimble_flush();
    _thimble_test_is_over();
    atomic_store(&lane->slate->stage, SLATE_FINISHED);
    task->deadline = 0;
    atomic_store(&task->inside, false);
    lane->spoilt = _thimble_reaches(REACH_STREAMS) && !_thimble_recover_descriptors(session, lane);
    _thimble_restore_surroundings(session);
    const struct ending ending = {.kind = ENDED_BY_ITSELF};
    double patience = atomic_load(&lane->slate->failed) ? 0 : PATIENCE;
    size_t strays = _thimble_is_alone(session) ? _thimble_end_left_behind(session, patience)
                                               : end_children(lane, &ending);
    _thimble_conclude(session, lane, &ending, strays);
}
