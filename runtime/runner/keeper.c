#include "keeper.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/single.h"
#include "conclude.h"
#include "death.h"
#include "faults.h"
#include "making.h"
#include "strays.h"
#include "streams.h"
#include "values.h"
#include "worker.h"

#define MOST_OLDER_CHILDREN 256
#define LOOK_NANOSECONDS 20000000L

/* Children that are none of a test's: those that were there before, and room for the workers,
 * the keeper, the one that is asked for symbols and the one that opened a debugger. */
static struct {
    pid_t *list;
    size_t older_count;
} own;

void _thimble_keeper_begins(struct session *session) {
    size_t most = MOST_OLDER_CHILDREN + 2 * session->lane_count + 3;
    own.list = _thimble_alloc(&_thimble_arena, most * sizeof(pid_t));
    own.older_count = _thimble_list_children(own.list, MOST_OLDER_CHILDREN);
    _thimble_adopt_orphans(true);
}

/* What processes that died left behind. */
static void end_orphans(struct session *session, pid_t group) {
    size_t count = own.older_count;
    for (uint32_t i = 0; i <= session->lane_count; i++)
        own.list[count++] = session->lanes[i].worker;
    for (uint32_t i = 0; i <= session->lane_count; i++)
        own.list[count++] = session->lanes[i].slate->stop.opener;
    own.list[count++] = session->symbols.process;
    _thimble_end_strays(group, own.list, count);
}

static bool is_own(const struct session *session, pid_t process) {
    bool own_child = process == session->symbols.process;
    for (uint32_t i = 0; i <= session->lane_count; i++)
        own_child |= process == session->lanes[i].slate->stop.opener;
    for (size_t i = 0; i < own.older_count; i++)
        own_child |= own.list[i] == process;
    return own_child;
}

/* How many there are that are not ours; those that have ended are waited for. */
static size_t count_left_behind(const struct session *session, size_t *ended) {
    pid_t list[256];
    size_t left = 0, count = _thimble_list_children(list, sizeof(list) / sizeof(list[0]));
    for (size_t i = 0; i < count; i++) {
        int status;
        if (is_own(session, list[i]))
            continue;
        bool gone = waitpid(list[i], &status, WNOHANG) != 0;
        *ended += gone;
        left += !gone;
    }
    return left;
}

size_t _thimble_end_left_behind(struct session *session, double patience) {
    const struct timespec look = {0, LOOK_NANOSECONDS / 4};
    double deadline = _thimble_now() + patience;
    size_t ended = 0, left;
    if (!_thimble_has_children())
        return 0;
    while ((left = count_left_behind(session, &ended)) > 0 && _thimble_now() < deadline)
        nanosleep(&look, NULL);
    if (left > 0)
        end_orphans(session, 0);
    return ended + left;
}

void _thimble_keeper_ends(struct session *session) {
    end_orphans(session, 0);
}

/* ---- Workers ---- */

static void start_worker(struct session *session, struct lane *lane) {
    atomic_store(&lane->task->renew, false);
    lane->task->deadline = 0;
    pid_t worker = fork();
    if (worker == 0)
        _thimble_worker(session, lane);
    lane->worker = worker > 0 ? worker : 0;
    atomic_store(&lane->task->worker, lane->worker);
}

void _thimble_start_workers(struct session *session) {
    for (uint32_t i = 0; i < session->lane_count; i++)
        start_worker(session, &session->lanes[i]);
}

static bool work_is_left(const struct session *session, const struct lane *lane) {
    if (atomic_load(&session->board->stop))
        return false;
    return lane->task->next < lane->task->end ||
           atomic_load(&session->board->next) < session->batch_count;
}

/* A test may have killed its worker before that learnt the test's process. */
static pid_t group_of(const struct lane *lane) {
    pid_t process = atomic_load(&lane->task->process);
    return process ? process : atomic_load(&lane->slate->process);
}

/* One that died for no reason that is known is not replaced: the next one would, too. */
static void replace(struct session *session, struct lane *lane, const struct death *death) {
    const struct task *task = lane->task;
    bool known = atomic_load(&task->renew) || atomic_load(&task->maker) != NOTHING ||
                 atomic_load(&task->test) != NO_TEST;
    lane->worker = 0;
    atomic_store(&lane->task->worker, 0);
    if (!known)
        return;
    if (!atomic_load(&task->renew)) {
        end_orphans(session, group_of(lane));
        _thimble_conclude_death(session, lane, death);
    }
    if (work_is_left(session, lane))
        start_worker(session, lane);
}

static bool is_past(const struct lane *lane, double deadline) {
    return deadline > 0 && _thimble_now() > deadline + lane->slate->stop.took;
}

/* A debugger that holds it, or is wanted now that it is late, comes first. */
static bool may_end(struct lane *lane) {
    struct stop_desk *desk = &lane->slate->stop;
    return !_thimble_is_stopped(desk) &&
           !_thimble_stop_late(desk, atomic_load(&lane->task->worker));
}

/* A worker has nothing to stop for, so one that is stopped was stopped by its test. */
static void look_after(struct session *session, struct lane *lane) {
    struct death death = {0};
    death.late = is_past(lane, lane->task->deadline) && may_end(lane);
    if (death.late)
        kill(lane->worker, SIGKILL);
    if (waitpid(lane->worker, &death.status, death.late ? 0 : WNOHANG | WUNTRACED) <= 0)
        return;
    if (WIFSTOPPED(death.status) && _thimble_is_stopped(&lane->slate->stop))
        return;
    if (WIFSTOPPED(death.status)) {
        death.stopped = true;
        kill(lane->worker, SIGKILL);
        waitpid(lane->worker, &death.status, 0);
    }
    replace(session, lane, &death);
}

bool _thimble_keep_workers(struct session *session) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < session->lane_count; i++) {
        if (session->lanes[i].worker)
            look_after(session, &session->lanes[i]);
        left += session->lanes[i].worker != 0;
    }
    return left > 0;
}

/* ---- Another process as the keeper ---- */

#define MOST_STARTS 100

static void settle_in(struct session *session) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != session->supervisor)
        _exit(0);
    session->keeper = getpid();
    _thimble_leave_symbols(&session->symbols);
    session->symbols.process = 0;
    _thimble_keeper_begins(session);
    _thimble_give_streams(session, _thimble_keepers_lane(session));
    _thimble_watch_faults(_thimble_keepers_lane(session)->slate);
}

static void run_workers(struct session *session) {
    const struct timespec look = {0, LOOK_NANOSECONDS};
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    _thimble_start_workers(session);
    while (_thimble_keep_workers(session))
        sigtimedwait(&children, NULL, &look);
}

/* Lane 0 then stands for the keeper. */
static void run_here(struct session *session) {
    atomic_store(&session->board->one_process, true);
    _thimble_note(session, "a session fixture started threads, so all tests share one process");
    _thimble_work_here(session, &session->lanes[0], NULL, NULL);
}

static void __attribute__((noreturn)) keeper_process(struct session *session) {
    struct scope scope;
    settle_in(session);
    _thimble_make_session(session, &scope);
    if (_thimble_single_threaded())
        run_workers(session);
    else
        run_here(session);
    _thimble_keeper_ends(session);
    _thimble_end_session(session, &scope);
    atomic_store(&_thimble_keepers_lane(session)->task->renew, true);
    _exit(0);
}

bool _thimble_start_keeper(struct session *session) {
    struct lane *lane = _thimble_keepers_lane(session);
    pid_t keeper = fork();
    if (keeper == 0)
        keeper_process(session);
    lane->worker = keeper > 0 ? keeper : 0;
    atomic_store(&lane->task->worker, lane->worker);
    return keeper > 0;
}

/* The lane whose test died with the keeper: where that ran all tests, the first. */
static struct lane *dead_lane(struct session *session) {
    bool one = atomic_load(&session->board->one_process) &&
               atomic_load(&_thimble_keepers_lane(session)->task->test) == NO_TEST;
    return one ? &session->lanes[0] : _thimble_keepers_lane(session);
}

static void conclude_keeper(struct session *session, const struct death *death) {
    struct lane *lane = dead_lane(session);
    const struct task *task = lane->task;
    end_orphans(session, 0);
    if (atomic_load(&task->maker) != NOTHING || atomic_load(&task->test) != NO_TEST)
        _thimble_conclude_death(session, lane, death);
    /* Workers died with it; what they were busy with is lost to them. */
    for (uint32_t i = 0; i < session->lane_count; i++) {
        struct lane *other = &session->lanes[i];
        const struct death with_keeper = {.with_keeper = true};
        if (other != lane && (atomic_load(&other->task->test) != NO_TEST ||
                              atomic_load(&other->task->maker) != NOTHING))
            _thimble_conclude_death(session, other, &with_keeper);
    }
}

static bool is_late(struct session *session, struct lane *lane) {
    struct lane *tests = &session->lanes[0];
    if (is_past(lane, lane->task->deadline))
        return may_end(lane);
    return atomic_load(&session->board->one_process) && is_past(tests, tests->task->deadline) &&
           may_end(tests);
}

static bool any_work_is_left(const struct session *session) {
    bool left = false;
    for (uint32_t i = 0; i < session->lane_count; i++)
        left |= work_is_left(session, &session->lanes[i]);
    return left;
}

bool _thimble_keep_keeper(struct session *session) {
    static int starts;
    struct lane *lane = _thimble_keepers_lane(session);
    struct death death = {.late = is_late(session, lane)};
    if (death.late)
        kill(lane->worker, SIGKILL);
    if (waitpid(lane->worker, &death.status, death.late ? 0 : WNOHANG) <= 0)
        return true;
    lane->worker = 0;
    atomic_store(&lane->task->worker, 0);
    if (atomic_load(&lane->task->renew))
        return false;
    conclude_keeper(session, &death);
    return any_work_is_left(session) && ++starts < MOST_STARTS && _thimble_start_keeper(session);
}

/* ---- The end before the end ---- */

static void kill_test(const struct lane *lane) {
    pid_t process = group_of(lane);
    if (atomic_load(&lane->task->test) == NO_TEST)
        return;
    if (atomic_load(&lane->task->inside))
        process = atomic_load(&lane->task->worker);
    if (process > 0) {
        kill(-process, SIGKILL);
        kill(process, SIGKILL);
    }
}

void _thimble_end_workers(struct session *session, bool at_once) {
    atomic_store(&session->board->interrupted, true);
    atomic_store(&session->board->stop, true);
    for (uint32_t i = 0; i <= session->lane_count; i++) {
        const struct lane *lane = &session->lanes[i];
        pid_t worker = atomic_load(&lane->task->worker);
        kill_test(lane);
        if (at_once && worker > 0)
            kill(worker, SIGKILL);
    }
}
