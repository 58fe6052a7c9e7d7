/* The door, of a process that was stopped anywhere. */
#include "check.h"

#include "debug/answer.h"
#include "debug/door.h"
#include "mock/memory.h"
#include "mock/mocks.h"
#include "mock/seams.h"
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>

extern struct thimble_debug_door thimble_debug_door;

static const char *ask(const char *question) {
    strcpy((char *)(uintptr_t)thimble_debug_door.question, question);
    return ((const char *(*)(void))(uintptr_t)thimble_debug_door.answer)();
}

/* On the door's own stack, as a debugger does: this one may be full. */
static const char *call_there(uint64_t function) {
#ifdef __x86_64__
    const char *told;
    __asm__ volatile("movq %%rsp, %%rbx\n\tmovq %2, %%rsp\n\tcall *%1\n\tmovq %%rbx, %%rsp"
                     : "=a"(told)
                     : "r"(function), "r"(thimble_debug_door.stack)
                     : "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc", "memory");
    return told;
#else
    return ((const char *(*)(void))(uintptr_t)function)();
#endif
}

static const char *ask_there(const char *question) {
    strcpy((char *)(uintptr_t)thimble_debug_door.question, question);
    return call_there(thimble_debug_door.answer);
}

static void check_held(pthread_mutex_t *lock, const char *question) {
    static const char busy[] =
        "error: a thread is in the middle of this: continue a little and ask again";
    const char *before = strdup(ask(question));
    pthread_mutex_lock(lock);
    CHECK_TEXT(ask(question), busy);
    pthread_mutex_unlock(lock);
    CHECK_TEXT(ask(question), before);
}

static void check_locks(void) {
    check_held(&_thimble_mocks_lock, "mocks");
    check_held(&_thimble_seams_lock, "mocks");
    check_held(&_thimble_mocks_lock, "calls\tzoo_feed");
    check_held(&_thimble_names_lock, "calls\tzoo_feed");
    check_held(&_thimble_seams_lock, "patch\tzoo_feed\t0");
    check_held(&_thimble_registry_lock, "patch\tzoo_feed\t0");
}

/* ---- Left in the middle ---- */

static jmp_buf out;

static void leave(void) {
    longjmp(out, 1);
}

static int faults;

static void on_fault(int signal) {
    (void)signal;
    faults++;
}

static void make_and_leave(void) {
    _thimble_make_guarded(leave);
}

static bool is_as_it_was(void) {
    struct sigaction now;
    sigset_t mask;
    sigaction(SIGBUS, NULL, &now);
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    return now.sa_handler == on_fault && sigismember(&mask, SIGFPE) == 1 &&
           sigismember(&mask, SIGBUS) == 0 && !_thimble_answering;
}

/* As a debugger leaves it: on another stack. */
static void check_taken_out(void) {
    if (setjmp(out) == 0)
        call_there((uintptr_t)make_and_leave);
    CHECK(!is_as_it_was());
    CHECK(!_thimble_is_answering());
    CHECK(is_as_it_was());
    if (setjmp(out) == 0)
        call_there((uintptr_t)make_and_leave);
    raise(SIGBUS);
    CHECK(is_as_it_was() && faults == 1);
}

static void check_abandoned(void) {
    sigset_t mask, before;
    signal(SIGBUS, on_fault);
    sigemptyset(&mask);
    sigaddset(&mask, SIGFPE);
    pthread_sigmask(SIG_BLOCK, &mask, &before);
    errno = EDOM;
    ask("test");
    CHECK(is_as_it_was() && errno == EDOM);
    if (setjmp(out) == 0)
        _thimble_make_guarded(leave);
    CHECK(!is_as_it_was());
    CHECK_TEXT(ask("test"), "no test is running");
    CHECK(is_as_it_was());
    check_taken_out();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    signal(SIGBUS, SIG_DFL);
}

void check_door(void) {
    char question[8000];
    CHECK(thimble_debug_door.magic == DOOR_MAGIC && thimble_debug_door.version == DOOR_VERSION);
    CHECK(thimble_debug_door.stack % 16 == 0);
    check_locks();
    check_abandoned();
    CHECK_TEXT(ask_there("where\t0x10"), "0x10 is no memory of this process's");
    CHECK_TEXT(ask_there("where\t"), "error: say where ADDRESS");
    memset(question, 'x', sizeof(question) - 1);
    question[sizeof(question) - 1] = '\0';
    CHECK_CONTAINS(ask_there(question), "error: 'xxxx");
    memcpy(question, "calls\t", 6);
    CHECK_CONTAINS(ask_there(question), "error: ");
}
