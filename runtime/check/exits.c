/* assert_exits, and how an exit is noticed. */

/* For on_exit. */
#define _GNU_SOURCE 1

#include "exits.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <thimble/check.h>
#include <unistd.h>

#include "../base/pool.h"
#include "../tracker/tracker.h"
#include "block.h"
#include "check.h"
#include "running.h"

/* glibc's; elsewhere an exit is noticed where units call it. */
int on_exit(void (*)(int, void *), void *) __attribute__((weak));

struct exits_block {
    struct open_block block; /* first */
    const char *file;
    int line;
    const char *text;
    int status; /* that is waited for */
    uint32_t since;
    pthread_t thread;
    struct exits_block *before; /* `newest` when it was entered */
};

static struct pool pool = {.size = sizeof(struct exits_block)};

/* Of any thread: an exit that it does not catch can be explained. */
static struct exits_block *_Atomic newest;

/* ---- Noticing ---- */

/* How many of our handlers exit has still to call; of quick_exit's there is one at most. */
static _Atomic int awaiting, awaiting_quick;

static void explain_other_thread(int status) {
    const struct exits_block *block = atomic_load(&newest);
    if (!block || block->block.process != getpid() || pthread_equal(block->thread, pthread_self()))
        return;
    atomic_store(&newest, NULL); /* there may be more handlers */
    _thimble_note_failure(block->file, block->line,
                          "assert_exits(%s): exit(%d) in another thread: assert_exits catches it "
                          "in its own thread only",
                          block->text, status);
}

void (*_thimble_last_words)(int status, int signal);

/* Of the test's own process: one that it forked ends by an exit, and that is well. */
static void stop_in_front(int status) {
    struct slate *slate = _thimble_slate();
    if (slate && _thimble_is_test_process() && atomic_load(&slate->stage) != SLATE_FINISHED)
        _thimble_stop_at_failure(&slate->stop,
                                 &(struct stop_request){.reason = STOP_EXIT, .number = status});
}

static void catch_exit(int status) {
    struct open_block *block = _thimble_catcher(OUT_EXIT);
    if (!block || block->role == ROLE_GUARD)
        stop_in_front(status);
    if (block)
        _thimble_leave_by(block, OUT_EXIT, status);
    explain_other_thread(status);
    if (_thimble_last_words)
        _thimble_last_words(status, 0);
}

/* exit holds no lock while it calls it, has flushed nothing yet, and goes on with the next
 * handler when it is called again. */
static void on_exit_handler(int status, void *unused) {
    (void)unused;
    atomic_fetch_sub(&awaiting, 1);
    catch_exit(status);
}

/* No standard hands the status over; glibc does. */
static void on_quick_exit_handler(void *unused, int status) {
    (void)unused;
    atomic_store(&awaiting_quick, 0);
    catch_exit(status);
}

void _thimble_expect_exit(bool anew) {
    union {
        void (*with_status)(void *, int);
        void (*registered)(void);
    } quick = {on_quick_exit_handler};
    if (!on_exit)
        return;
    if ((anew || atomic_load(&awaiting) == 0) && on_exit(on_exit_handler, NULL) == 0)
        atomic_fetch_add(&awaiting, 1);
    if (!atomic_exchange(&awaiting_quick, 1) && at_quick_exit(quick.registered) != 0)
        atomic_store(&awaiting_quick, 0);
}

void _thimble_exit(int status) {
    if (!on_exit)
        catch_exit(status);
    exit(status);
}

void _thimble_quick_exit(int status) {
    if (!on_exit)
        catch_exit(status);
    quick_exit(status);
}

void _thimble_underscore_exit(int status) {
    catch_exit(status);
    _exit(status);
}

/* ---- The block ---- */

static void leave(struct open_block *open, const void *alive, bool itself) {
    (void)alive;
    struct exits_block block = *(struct exits_block *)open, *self = (struct exits_block *)open;
    atomic_compare_exchange_strong(&newest, &self, block.before);
    _thimble_pool_give(&pool, open);
    if (block.block.out == OUT_EXIT)
        _thimble_excuse_since(block.since);
    if (!itself)
        return;
    if (block.block.out != OUT_EXIT)
        _thimble_fail(block.file, block.line, "assert_exits(%s): the block did not exit",
                      block.text);
    if ((block.block.number ^ block.status) & 0xff)
        _thimble_fail(block.file, block.line,
                      "assert_exits(%s): the block exited with %d, not with %d", block.text,
                      block.block.number, block.status);
}

struct thimble_block thimble_assert_exits_at(const char *file, int line, int status,
                                             const char *text) {
    struct exits_block *block = _thimble_pool_take(&pool);
    block->file = file;
    block->line = line;
    block->text = text;
    block->status = status;
    block->since = _thimble_tracker_now();
    block->thread = pthread_self();
    block->block.role = ROLE_EVENT;
    block->block.catches = OUT_EXIT;
    block->block.signals = 0;
    struct thimble_block entered = _thimble_enter_block(&block->block, leave);
    block->before = atomic_exchange(&newest, block);
    _thimble_expect_exit(true);
    return entered;
}
