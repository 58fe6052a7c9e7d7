/* For MADV_DONTFORK. */
#define _GNU_SOURCE 1

#include "worker.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../base/single.h"
#include "conclude.h"
#include "debugger.h"
#include "faults.h"
#include "host.h"
#include "making.h"
#include "memory_file.h"
#include "strays.h"
#include "streams.h"
#include "surroundings.h"
#include "temporary.h"
#include "values.h"

/* ---- Settling in ---- */

/* What a test must not be able to harm is not even there in its process: the board
 * and the other lanes. */
static void hide_from_tests(struct session *session, struct lane *lane) {
    _thimble_leave_symbols(&session->symbols);
    madvise(session->board, _thimble_board_size(session), MADV_DONTFORK);
    for (uint32_t i = 0; i <= session->lane_count; i++) {
        struct lane *other = &session->lanes[i];
        if (other == lane)
            continue;
        madvise(other->slate, SLATE_SIZE, MADV_DONTFORK);
        close(other->output[0]);
        close(other->output[1]);
    }
}

static void settle_in(struct session *session, struct lane *lane) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != session->keeper)
        _exit(0);
    sigset_t signals = session->signals;
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_SETMASK, &signals, NULL);
    _thimble_adopt_orphans(true);
    hide_from_tests(session, lane);
    _thimble_give_streams(session, lane);
    _thimble_watch_faults(lane->slate);
}

/* ---- What the tests of a unit share ---- */

struct work {
    struct session *session;
    struct lane *lane;
    const struct batch *batch;
    bool inside;     /* tests run in this process */
    bool can_end;    /* this process is a worker's: another can take its place */
    bool open;       /* the module's set-up was begun */
    bool set_up;     /* … and came to its end */
    const char *why; /* … or failed, or said skip: its tests can't run */
    enum outcome instead;
    struct scope scope;
};

/* A copy of a process has only one of its threads. */
static void look_for_threads(struct work *work, const char *what) {
    if (work->inside || _thimble_single_threaded())
        return;
    work->inside = true;
    char buffer[1024];
    struct text note = _thimble_text(buffer, sizeof(buffer));
    const struct test *test = work->session->tests[work->batch->first];
    _thimble_printf(&note, "%s: %s started threads, so the tests of this file share one process",
                    _thimble_plain_path(test->file), what);
    _thimble_note(work->session, note.data);
}

static void set_up_module(struct work *work, const struct module *module) {
    const struct call *call = &module->setup_module;
    uint32_t maker = _thimble_module_maker(module);
    const char *name = _thimble_string(call->unit, call->function->name);
    work->why = _thimble_known_death(work->session, maker);
    work->instead = OUTCOME_ERROR;
    if (work->why)
        return;
    _thimble_begin_making(work->session, work->lane, maker);
    struct left left = _thimble_guarded(_thimble_call_plain, (void *)(uintptr_t)call,
                                        _thimble_is_alone(work->session));
    work->why = _thimble_end_making(work->lane, &left, name, &work->instead);
    look_for_threads(work, name);
}

static void open_module(struct work *work) {
    const struct module *module = work->batch->module;
    if (work->open || !module)
        return;
    work->open = true;
    _thimble_renew_surroundings();
    _thimble_scope_begins(&work->scope);
    if (module->setup_module.address)
        set_up_module(work, module);
    work->set_up = !work->why;
    if (work->set_up && !work->session->options->show_output && work->lane->output[0] >= 0) {
        _thimble_empty_file(work->lane->output[0]);
        _thimble_empty_file(work->lane->output[1]);
    }
}

/* Its teardowns run where its set-up did. */
static void close_module(struct work *work) {
    if (!work->open)
        return;
    _thimble_begin_ending(work->session, work->lane, work->batch->teardown);
    _thimble_end_shared(work->session, work->lane, LIFETIME_MODULE);
    if (work->set_up)
        _thimble_call_ending(work->session, work->lane, &work->batch->module->teardown_module);
    _thimble_scope_ends(&work->scope);
    _thimble_end_ending(work->session, work->lane);
    work->open = work->set_up = false;
    work->why = NULL;
    if (work->can_end)
        atomic_store(&work->lane->task->renew, true);
}

/* ---- Running tests ---- */

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

static void begin_test(const struct session *session, struct lane *lane, uint32_t number) {
    struct task *task = lane->task;
    _thimble_slate_clear(lane->slate);
    lane->number = number;
    atomic_store(&task->process, 0);
    task->started = _thimble_now();
    task->folder[0] = '\0';
    if (lane->folder)
        lane->folder = NULL;
    atomic_store(&task->test, number);
    _thimble_debugger_desk(lane, session->options, session->tests[number]->xfail);
}

/* Why the test can't run although it is sound itself, or null. */
static const char *hindered(struct work *work, const struct test *test, enum outcome *instead) {
    const struct request *request = &test->request;
    open_module(work);
    *instead = work->instead;
    if (work->why)
        return work->why;
    if (request->module) {
        _thimble_renew_surroundings();
        _thimble_make_shared(work->session, work->lane, request, LIFETIME_MODULE);
        look_for_threads(work, "a module fixture");
    }
    const struct fixture *failed = _thimble_failed_value(request);
    if (failed)
        *instead = failed->instead;
    return failed ? failed->failed : NULL;
}

static void run_test(struct work *work, uint32_t number) {
    struct session *session = work->session;
    struct lane *lane = work->lane;
    const struct test *test = session->tests[number];
    const char *why = test->skip;
    enum outcome instead = OUTCOME_SKIPPED;
    _thimble_let_debugger_end(session);
    if (!why)
        why = hindered(work, test, &instead);
    begin_test(session, lane, number);
    if (why)
        _thimble_conclude_unrun(session, lane, instead, why);
    else if (test->request.tmp_path && !make_folder(session, lane, test))
        _thimble_conclude_no_start(session, lane, "no folder for its tmp_path");
    else if (work->inside)
        _thimble_run_inside(session, lane, test);
    else
        _thimble_run_forked(session, lane, test);
}

/* A process that a test was caught crashing in, or whose files it closed, is not to be trusted
 * with others. */
static bool is_spoilt(const struct work *work) {
    const struct lane *lane = work->lane;
    return work->can_end && work->inside && (atomic_load(&lane->slate->signal) || lane->spoilt);
}

static void run_batch(struct work *work, void (*after)(void *), void *data) {
    struct session *session = work->session;
    struct task *task = work->lane->task;
    bool inside = work->inside;
    work->batch = &session->batches[task->batch];
    while (task->next < task->end && !atomic_load(&session->board->stop)) {
        uint32_t number = task->next++;
        if (!session->tests[number]->wrong)
            run_test(work, number);
        if (after)
            after(data);
        if (is_spoilt(work)) {
            atomic_store(&task->renew, true);
            break;
        }
    }
    close_module(work);
    work->inside = inside;
    if (after)
        after(data);
}

static bool take_batch(struct session *session, struct task *task) {
    uint32_t number = atomic_fetch_add(&session->board->next, 1);
    if (number >= session->batch_count)
        return false;
    const struct batch *batch = &session->batches[number];
    task->batch = number;
    task->next = batch->first;
    task->end = batch->first + batch->count;
    return true;
}

static void run_all(struct work *work, void (*after)(void *), void *data) {
    struct task *task = work->lane->task;
    while (!atomic_load(&work->session->board->stop) && !atomic_load(&task->renew)) {
        if (task->next >= task->end && !take_batch(work->session, task))
            return;
        run_batch(work, after, data);
    }
}

void _thimble_worker(struct session *session, struct lane *lane) {
    struct work work = {.session = session, .lane = lane, .can_end = true};
    work.inside = session->options->isolate != ISOLATE_TEST;
    settle_in(session, lane);
    run_all(&work, NULL, NULL);
    _exit(0);
}

void _thimble_work_here(struct session *session, struct lane *lane, void (*after)(void *),
                        void *data) {
    struct work work = {.session = session, .lane = lane, .inside = true};
    run_all(&work, after, data);
}
