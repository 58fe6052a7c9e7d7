/* What an answer must not do to a process: end it, stay for ever, or leave it changed. */
/* For the signals' names and syscall. */
#define _GNU_SOURCE 1

#include "answer.h"

#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>

#include "../base/kernel.h"
#include "../base/modules.h"

/* A sanitizer's longjmp looks for the thread's stack, which this may not be on. */
#ifdef __x86_64__
typedef void *jump_buffer[5];
#define MARK(buffer) __builtin_setjmp(buffer)
#define JUMP(buffer) __builtin_longjmp(buffer, 1)
#else
typedef jmp_buf jump_buffer;
#define MARK(buffer) _setjmp(buffer)
#define JUMP(buffer) longjmp(buffer, 1)
#endif

enum { MOST_SECONDS = 5 };

__thread bool _thimble_answering __attribute__((tls_model("initial-exec")));

static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
#define FAULTS (sizeof(faults) / sizeof(*faults))

static struct {
    bool active;
    bool knew_modules; /* nobody was looking at them: if that is so now, it was the answer */
    uintptr_t frame;   /* of what an answer returns to */
    sigset_t mask;
    struct sigaction before[FAULTS];
    int timer; /* -1: none */
    jump_buffer jump;
} guard;

void _thimble_leave_answer(void) {
    JUMP(guard.jump);
}

void _thimble_must_be_free(pthread_mutex_t *lock) {
    if (pthread_mutex_trylock(lock) != 0)
        _thimble_refuse_with("a thread is in the middle of this: continue a little and ask again");
    pthread_mutex_unlock(lock);
}

/* ---- Time ---- */

/* As the kernel has it. */
struct kernel_event {
    void *value;
    int signal, notify, thread;
    char rest[64 - sizeof(void *) - 3 * sizeof(int)];
};
enum { TO_THREAD = 4 };

/* What libc or user code waits for a stopped thread may have: then this thread gets a signal,
 * one that it catches anyway. */
static void start_timer(void) {
    struct kernel_event event = {.signal = SIGSEGV, .notify = TO_THREAD, .thread = kernel_thread()};
    const struct itimerspec time = {.it_value.tv_sec = MOST_SECONDS};
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &guard.timer) != 0)
        guard.timer = -1;
    else
        syscall(SYS_timer_settime, guard.timer, 0, &time, NULL);
}

/* A signal that is on its way arrives here. */
static void stop_timer(void) {
    if (guard.timer != -1)
        syscall(SYS_timer_delete, guard.timer);
}

/* ---- Faults ---- */

static void on_fault(int signal, siginfo_t *info, void *context) {
    bool flagged = _thimble_answering, answering = _thimble_is_answering();
    if (flagged && !answering) /* it has been put back, and is once more when this returns */
        memcpy(&((ucontext_t *)context)->uc_sigmask, &guard.mask, KERNEL_SIGNALS);
    if (info->si_code == SI_TIMER && !answering)
        return;
    if (info->si_code == SI_TIMER)
        _thimble_refuse_with("this took longer than %d s: it may need what another thread is in "
                             "the middle of; continue a little and ask again",
                             MOST_SECONDS);
    if (answering)
        _thimble_refuse_with("signal %d (%s) came before the answer was made", signal,
                             signal == SIGABRT  ? "SIGABRT"
                             : signal == SIGBUS ? "SIGBUS"
                             : signal == SIGFPE ? "SIGFPE"
                             : signal == SIGILL ? "SIGILL"
                                                : "SIGSEGV");
    for (size_t i = 0; i < FAULTS; i++) /* another thread's: it comes again */
        if (faults[i] == signal)
            sigaction(signal, &guard.before[i], NULL);
    if (info->si_code <= 0)
        raise(signal);
}

static void catch_faults(void) {
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigset_t all;
    sigemptyset(&action.sa_mask);
    sigemptyset(&all);
    for (size_t i = 0; i < FAULTS; i++) {
        sigaction(faults[i], &action, &guard.before[i]);
        sigaddset(&all, faults[i]);
    }
    kernel_mask(SIG_UNBLOCK, &all, &guard.mask);
}

/* ---- Both ---- */

static void end(bool left) {
    bool own = _thimble_answering;
    _thimble_answering = false;
    stop_timer();
    if (own)
        kernel_mask(SIG_SETMASK, &guard.mask, NULL);
    for (size_t i = 0; i < FAULTS; i++)
        sigaction(faults[i], &guard.before[i], NULL);
    if (left && guard.knew_modules)
        _thimble_unlock_modules();
    guard.active = false;
}

void _thimble_end_abandoned(void) {
    if (guard.active)
        end(true);
    _thimble_answering = false;
}

/* Frames of an answer lie below what it returns to, on the same stack. */
bool _thimble_is_still_answering(void) {
    uintptr_t depth = guard.frame - (uintptr_t)__builtin_frame_address(0);
    if (depth < sizeof(_thimble_debug_memory.stack))
        return true;
    _thimble_end_abandoned();
    return false;
}

void _thimble_make_guarded(void (*make)(void)) {
    guard.frame = (uintptr_t)__builtin_frame_address(0);
    guard.knew_modules = _thimble_lock_modules();
    if (guard.knew_modules)
        _thimble_unlock_modules();
    catch_faults();
    guard.active = _thimble_answering = true;
    start_timer();
    if (MARK(guard.jump) == 0) {
        make();
        end(false);
    } else {
        end(true);
    }
}
