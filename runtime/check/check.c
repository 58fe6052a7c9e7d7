/* For gettid's number. */
#define _GNU_SOURCE 1

#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/arena.h"
#include "flush.h"
#include "running.h"

struct undo {
    void (*function)(void *);
    void *data;
    struct undo *next;
};

static struct {
    struct slate *slate; /* null outside a test */
    const char *name;
    pid_t thread; /* the first one's number is the process's */
    bool guarded; /* `base` can be jumped to */
    sigjmp_buf base;
    sigset_t signals; /* blocked when the test began */
    struct undo *_Atomic undo;
} running;

void _thimble_test_begins(struct slate *slate, const char *name) {
    running.name = name;
    running.thread = getpid();
    sigprocmask(SIG_BLOCK, NULL, &running.signals);
    running.slate = slate;
}

const char *_thimble_test_name(void) {
    return running.slate ? running.name : "";
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

static void __attribute__((noreturn)) fail_outside_test(const struct text *message) {
    _thimble_write(STDERR_FILENO, "thimble: outside a test: ", 25);
    _thimble_write(STDERR_FILENO, message->data, message->length);
    _thimble_write(STDERR_FILENO, "\n", 1);
    _exit(3);
}

void _thimble_fail_text(const char *file, int line, const struct text *what) {
    char buffer[8192];
    struct text message = _thimble_text(buffer, sizeof(buffer));
    if (what->length > sizeof(buffer) / 2)
        message = _thimble_growing_text();
    _thimble_printf(&message, "%s:%d: ", file, line);
    _thimble_put(&message, what->data, what->length);
    if (!running.slate)
        fail_outside_test(&message);
    atomic_store(&running.slate->failed, true);
    _thimble_slate_add(running.slate, message.data, message.length);
    leave_test();
}

void _thimble_fail(const char *file, int line, const char *format, ...) {
    char buffer[4096];
    struct text what = _thimble_text(buffer, sizeof(buffer));
    va_list arguments;
    va_start(arguments, format);
    _thimble_vprintf(&what, format, arguments);
    va_end(arguments);
    _thimble_fail_text(file, line, &what);
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
    while ((undo = atomic_load(&running.undo))) {
        atomic_store(&running.undo, undo->next);
        _thimble_guarded(do_undo, undo);
    }
}
