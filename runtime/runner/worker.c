/* For MADV_DONTFORK. */
#define _GNU_SOURCE 1

#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "await.h"
#include "conclude.h"
#include "faults.h"
#include "fixtures.h"
#include "memory_file.h"
#include "strays.h"
#include "temporary.h"

/* Seconds for what a test left behind to end by itself. */
#define PATIENCE 0.1

/* ---- Settling in ---- */

/* What a test must not be able to harm is not even there in its process: the board
 * and the other lanes. */
static void hide_from_tests(struct session *session, struct lane *lane) {
    _thimble_leave_symbols(&session->symbols);
    madvise(session->board, _thimble_board_size(session), MADV_DONTFORK);
    for (uint32_t i = 0; i < session->lane_count; i++) {
        struct lane *other = &session->lanes[i];
        if (other == lane)
            continue;
        madvise(other->slate, SLATE_SIZE, MADV_DONTFORK);
        close(other->output[0]);
        close(other->output[1]);
    }
}

/* Tests inherit these, which saves each of them the system calls. */
static void set_streams(struct session *session, struct lane *lane) {
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing > 0) {
        dup2(nothing, STDIN_FILENO);
        close(nothing);
    }
    if (session->options->show_output)
        return;
    dup2(lane->output[0], STDOUT_FILENO);
    dup2(lane->output[1], STDERR_FILENO);
}

static void settle_in(struct session *session, struct lane *lane) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != session->supervisor)
        _exit(0);
    sigset_t signals = session->signals;
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_SETMASK, &signals, NULL);
    _thimble_adopt_orphans(true);
    hide_from_tests(session, lane);
    set_streams(session, lane);
    _thimble_watch_faults(lane->slate);
}

/* ---- Running tests ---- */

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

static void thin_output(void *data) {
    const struct lane *lane = data;
    _thimble_thin_file(lane->output[0]);
    _thimble_thin_file(lane->output[1]);
}

static void leave_output(void *data) {
    (void)data;
}

/* A child that is just about to end may still say why the test fails. */
static size_t end_children(const struct lane *lane, const struct ending *ending) {
    bool in_order = ending->kind == ENDED_BY_ITSELF && WIFEXITED(ending->status) &&
                    !atomic_load(&lane->slate->failed);
    size_t ended = _thimble_await_children(in_order ? PATIENCE : 0);
    return ended + _thimble_end_strays(atomic_load(&lane->task->process), NULL, 0);
}

static void conclude_no_start(struct session *session, struct lane *lane, const char *what) {
    char buffer[256];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&message, "%s: %s", what, strerror(errno));
    _thimble_conclude_error(session, lane, message.data);
}

static void run_test(struct session *session, struct lane *lane, const struct test *test) {
    pid_t worker = getpid();
    pid_t process = fork_patiently();
    if (process == 0)
        _thimble_test_process(session, lane, test, worker);
    if (process < 0) {
        conclude_no_start(session, lane, "no process for the test");
        return;
    }
    atomic_store(&lane->task->process, process);
    /* A capture reads the output whole. */
    bool thin = lane->output[0] >= 0 && !_thimble_uses(test, PROVIDER_CAPTURE);
    struct ending ending =
        _thimble_await(process, session->options->timeout, thin ? thin_output : leave_output, lane);
    size_t strays = end_children(lane, &ending);
    _thimble_conclude(session, lane, &ending, strays);
}

static bool make_folder(struct session *session, struct lane *lane, const struct test *test) {
    lane->folder = _thimble_test_folder(session->temporary, test->name);
    if (!lane->folder)
        return false;
    size_t size = strlen(lane->folder) + 1;
    if (size > sizeof(lane->task->folder)) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(lane->task->folder, lane->folder, size);
    return true;
}

static void take_test(struct session *session, struct lane *lane, uint32_t number) {
    const struct test *test = session->tests[number];
    struct task *task = lane->task;
    _thimble_slate_clear(lane->slate);
    atomic_store(&task->process, 0);
    task->started = _thimble_now();
    task->folder[0] = '\0';
    atomic_store(&task->test, number);
    if (test->wrong)
        _thimble_conclude_error(session, lane, test->wrong);
    else if (_thimble_uses(test, PROVIDER_TMP_PATH) && !make_folder(session, lane, test))
        conclude_no_start(session, lane, "no folder for its tmp_path");
    else
        run_test(session, lane, test);
}

void _thimble_worker(struct session *session, struct lane *lane) {
    settle_in(session, lane);
    while (!atomic_load(&session->board->stop)) {
        uint32_t number = atomic_fetch_add(&session->board->next, 1);
        if (number >= session->test_count)
            break;
        take_test(session, lane, number);
    }
    _exit(0);
}
