/* For gettid's number. */
#define _GNU_SOURCE 1

#include "check.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/hot.h"
#include "../base/kernel.h"
#include "../debug/answer.h"
#include "../registry/registry.h"
#include "../runner/faults.h"
#include "block.h"
#include "exits.h"
#include "fails.h"
#include "flush.h"
#include "running.h"
#include "subtest.h"
#include "trace.h"

static struct {
    struct slate *slate; /* null outside a test */
    pid_t process, thread;
    bool test_itself; /* what is called is the test's own function */
    sigset_t signals; /* blocked when the test began */
    bool watching;    /* fatal signals come to us, or to a handler of the test's own since */
} running HOT;

void _thimble_test_begins(struct slate *slate) {
    running.process = kernel_process();
    running.thread = kernel_thread();
    kernel_mask(SIG_BLOCK, NULL, &running.signals);
    running.test_itself = true;
    running.watching = false;
    running.slate = slate;
}

void _thimble_test_is_over(void) {
    running.slate = NULL;
}

void _thimble_runs_test_itself(bool whether) {
    running.test_itself = whether;
}

bool _thimble_is_test_process(void) {
    return kernel_process() == running.process;
}

bool _thimble_is_test_itself(void) {
    return kernel_thread() == running.thread && _thimble_is_test_process();
}

bool _thimble_is_in_test(void) {
    return running.slate;
}

struct slate *_thimble_slate(void) {
    return running.slate;
}

/* ---- Calling user code ---- */

struct guard {
    struct open_block block; /* first */
    void *frame;             /* of what calls it */
};

static bool returns(struct guard *guard, void (*call)(void *), void *data) {
    /* The mask is put back by hand, in the rare case: saving it here would cost
     * each test a system call. */
    if (sigsetjmp(guard->block.jump, 0) != 0)
        return false;
    guard->frame = __builtin_dwarf_cfa();
    guard->block.armed = true;
    call(data);
    guard->block.armed = false;
    return true;
}

static struct left what_left(const struct open_block *block) {
    switch (block->out) {
    case OUT_SKIP:
        return (struct left){.by = LEFT_SKIPPED};
    case OUT_XFAIL:
        return (struct left){.by = LEFT_XFAILED};
    case OUT_EXIT:
        return (struct left){.by = LEFT_EXITED, .status = block->number};
    case OUT_SIGNAL:
        return (struct left){.by = LEFT_BY_SIGNAL, .status = block->number};
    default:
        return (struct left){.by = LEFT_FAILED};
    }
}

struct left _thimble_guarded(void (*call)(void *), void *data, bool catches) {
    struct guard guard = {.block = {.role = ROLE_GUARD}};
    guard.block.catches = OUT_FAILURE | OUT_SKIP | OUT_XFAIL;
    guard.block.mask = running.signals;
    if (running.slate && running.slate->stop.wanted)
        _thimble_expect_exit(false);
    if (catches) {
        guard.block.catches |= OUT_EXIT | OUT_SIGNAL;
        guard.block.signals = FATAL_SIGNALS;
        _thimble_expect_exit(false);
        if (!running.watching)
            _thimble_catch_fatal_signals();
        running.watching = true;
    }
    _thimble_open_block(&guard.block);
    bool returned = returns(&guard, call, data);
    _thimble_close_block(&guard.block, __builtin_frame_address(0));
    return returned ? (struct left){.by = LEFT_RETURNED} : what_left(&guard.block);
}

/* How the way to a failure begins. */
struct failure {
    const char *function; /* see struct trace_request */
    bool elsewhere;
};

/* The canonical address of the frame that calls the user's code. */
static void *guard_frame(void) {
    const struct guard *guard = (struct guard *)_thimble_innermost(ROLE_GUARD);
    return guard ? guard->frame : NULL;
}

/* ---- Failing ---- */

static void __attribute__((noreturn)) leave_test(void) {
    struct open_block *catcher = _thimble_catcher(OUT_FAILURE);
    if (!catcher) {
        _thimble_flush();
        if (_thimble_last_words)
            _thimble_last_words(1, 0);
        _exit(1);
    }
    _thimble_leave_by(catcher, OUT_FAILURE, 0);
}

static void say_outside_test(const struct text *message) {
    _thimble_write(STDERR_FILENO, "thimble: outside a test: ", 25);
    _thimble_write(STDERR_FILENO, message->data, message->length);
    _thimble_write(STDERR_FILENO, "\n", 1);
}

static void say_way(const struct failure *failure) {
    struct trace_request request = {
        .outermost = guard_frame(),
        .in_test = running.test_itself && _thimble_is_test_itself(),
        .function = failure->function,
        .elsewhere = failure->elsewhere,
    };
    _thimble_trace(running.slate, &request);
}

static void write_down(struct open_block *subtest, const struct text *message,
                       const struct failure *failure) {
    _thimble_begin_saying(running.slate, subtest, message);
    say_way(failure);
    _thimble_end_saying(running.slate, subtest);
}

/* A loop may fail any number of times: nothing that stays is allocated, and what ends the
 * test finds room. */
static bool may_tell(struct slate *slate, size_t length) {
    enum { MOST = 100 };
    bool may = _thimble_slate_has_room(slate, length) && atomic_fetch_add(&slate->told, 1) < MOST;
    if (!may)
        atomic_fetch_add(&slate->untold, 1);
    return may;
}

/* Of a test that goes on, or ends by this: what is said then is said in any case. */
static void tell(const struct text *message, const struct failure *failure, bool ends) {
    struct open_block *subtest = _thimble_subtest();
    uint32_t from = atomic_load(&running.slate->length);
    atomic_store(&running.slate->failed, true);
    if (subtest)
        _thimble_subtest_fails(subtest);
    if (ends || may_tell(running.slate, message->length))
        write_down(subtest, message, failure);
    _thimble_stop_at_failure(&running.slate->stop,
                             &(struct stop_request){.reason = STOP_FAILED, .from = from});
}

static bool leaves_test(void) {
    const struct open_block *catcher = _thimble_catcher(OUT_FAILURE);
    return !catcher || catcher->role == ROLE_GUARD;
}

/* Without a file the text says itself where it was. */
static void say_failure(const char *file, int line, const struct text *what,
                        const struct failure *failure) {
    char buffer[8192];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    if (_thimble_is_answering())
        _thimble_refuse(what);
    if (what->length > sizeof(buffer) / 2)
        message = _thimble_growing_text();
    if (file)
        _thimble_printf(&message, "%s:%d: ", _thimble_plain_path(file), line);
    _thimble_put(&message, what->data, what->length);
    if (_thimble_hear_failure(&message))
        return;
    if (!running.slate) {
        say_outside_test(&message);
        _exit(3);
    }
    bool ends = leaves_test();
    if (ends)
        atomic_store(&running.slate->left, true);
    tell(&message, failure, ends);
}

void _thimble_fail_in(const char *function, const struct text *message) {
    say_failure(NULL, 0, message, &(struct failure){function, !function});
    leave_test();
}

void _thimble_fail_text(const char *file, int line, const struct text *what) {
    say_failure(file, line, what, &(struct failure){NULL, false});
    leave_test();
}

void _thimble_expect_text(const char *file, int line, const struct text *what) {
    char buffer[8192 + 512];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    if (_thimble_is_answering())
        _thimble_refuse(what);
    _thimble_printf(&message, "%s:%d: ", _thimble_plain_path(file), line);
    _thimble_put(&message, what->data, what->length);
    if (_thimble_hear_failure(&message))
        return;
    if (running.slate)
        tell(&message, &(struct failure){NULL, false}, false);
    else
        say_outside_test(&message);
}

static void say_formatted(const char *file, int line, bool elsewhere, const char *format,
                          va_list arguments) {
    char buffer[4096];
    struct text what = _thimble_text(buffer, sizeof(buffer));
    _thimble_vprintf(&what, format, arguments);
    say_failure(file, line, &what, &(struct failure){NULL, elsewhere});
}

void _thimble_fail(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_formatted(file, line, false, format, arguments);
    va_end(arguments);
    leave_test();
}

void _thimble_fail_called(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_formatted(file, line, true, format, arguments);
    va_end(arguments);
    leave_test();
}

void _thimble_note_failure(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_formatted(file, line, true, format, arguments);
    va_end(arguments);
}
