/* For gettid's number. */
#define _GNU_SOURCE 1

#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../registry/registry.h"
#include "flush.h"
#include "running.h"
#include "trace.h"

struct undo {
    void (*function)(void *);
    void *data;
    struct undo *next;
};

static struct {
    struct slate *slate; /* null outside a test */
    pid_t thread;        /* the first one's number is the process's */
    bool guarded;        /* `base` can be jumped to */
    bool ending;         /* the test itself is over */
    void *frame;         /* of what calls the test's code */
    sigjmp_buf base;
    sigset_t signals; /* blocked when the test began */
    struct undo *_Atomic undo;
} running;

void _thimble_test_begins(struct slate *slate) {
    running.thread = getpid();
    sigprocmask(SIG_BLOCK, NULL, &running.signals);
    running.slate = slate;
}

bool _thimble_is_test_itself(void) {
    return syscall(SYS_gettid) == running.thread;
}

bool _thimble_is_in_test(void) {
    return running.slate;
}

bool _thimble_guarded(void (*call)(void *), void *data) {
    /* The mask is put back by hand, in the rare case: saving it here would cost
     * each test a system call. */
    if (sigsetjmp(running.base, 0) != 0)
        return false;
    running.guarded = true;
    running.frame = __builtin_dwarf_cfa();
    call(data);
    running.guarded = false;
    return true;
}

/* ---- Failing ---- */

static void __attribute__((noreturn)) leave_test(void) {
    if (!running.guarded || !_thimble_is_test_itself()) {
        _thimble_flush();
        _exit(1);
    }
    running.guarded = false;
    sigprocmask(SIG_SETMASK, &running.signals, NULL);
    siglongjmp(running.base, 1);
}

static void say_outside_test(const struct text *message) {
    _thimble_write(STDERR_FILENO, "thimble: outside a test: ", 25);
    _thimble_write(STDERR_FILENO, message->data, message->length);
    _thimble_write(STDERR_FILENO, "\n", 1);
}

static void say_way(bool elsewhere) {
    struct trace_request request = {
        .outermost = running.frame,
        .in_test = !running.ending && _thimble_is_test_itself(),
        .elsewhere = elsewhere,
    };
    _thimble_trace(running.slate, &request);
}

static void say_failure(const char *file, int line, const struct text *what, bool elsewhere) {
    char buffer[8192];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    if (what->length > sizeof(buffer) / 2)
        message = _thimble_growing_text();
    _thimble_printf(&message, "%s:%d: ", _thimble_plain_path(file), line);
    _thimble_put(&message, what->data, what->length);
    if (!running.slate) {
        say_outside_test(&message);
        _exit(3);
    }
    atomic_store(&running.slate->left, true);
    atomic_store(&running.slate->failed, true);
    _thimble_slate_add(running.slate, message.data, message.length);
    say_way(elsewhere);
}

void _thimble_fail_text(const char *file, int line, const struct text *what) {
    say_failure(file, line, what, false);
    leave_test();
}

/* A loop may fail any number of times: nothing that stays is allocated, and what ends the
 * test finds room. */
static bool may_tell(struct slate *slate, size_t length) {
    enum { MOST = 100, RESERVED = 16384 };
    return atomic_load(&slate->length) + length < SLATE_TEXT_SIZE - RESERVED &&
           atomic_fetch_add(&slate->told, 1) < MOST;
}

void _thimble_expect_text(const char *file, int line, const struct text *what) {
    char buffer[8192 + 512];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    struct slate *slate = running.slate;
    _thimble_printf(&message, "%s:%d: ", _thimble_plain_path(file), line);
    _thimble_put(&message, what->data, what->length);
    if (!slate) {
        say_outside_test(&message);
        return;
    }
    atomic_store(&slate->failed, true);
    if (!may_tell(slate, message.length)) {
        atomic_fetch_add(&slate->untold, 1);
        return;
    }
    _thimble_slate_add(slate, message.data, message.length);
    say_way(false);
}

static void say_formatted(const char *file, int line, bool elsewhere, const char *format,
                          va_list arguments) {
    char buffer[4096];
    struct text what = _thimble_text(buffer, sizeof(buffer));
    _thimble_vprintf(&what, format, arguments);
    say_failure(file, line, &what, elsewhere);
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

/* ---- Undoing ---- */

void _thimble_at_test_end(void (*function)(void *), void *data) {
    struct undo *undo = _thimble_alloc(&_thimble_arena, sizeof(*undo));
    undo->function = function;
    undo->data = data;
    undo->next = atomic_load(&running.undo);
    while (!atomic_compare_exchange_weak(&running.undo, &undo->next, undo))
        continue;
}

static void do_undo(void *data) {
    const struct undo *undo = data;
    undo->function(undo->data);
}

void _thimble_test_ends(void) {
    struct undo *undo;
    running.ending = true;
    while ((undo = atomic_load(&running.undo))) {
        atomic_store(&running.undo, undo->next);
        _thimble_guarded(do_undo, undo);
    }
}
