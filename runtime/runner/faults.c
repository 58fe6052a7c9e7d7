/* For REG_RSP and its like. */
#define _GNU_SOURCE 1

#include "faults.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "../base/hot.h"
#include "../base/text.h"
#include "../check/exits.h"
#include "../registry/reach.h"
#include "../registry/registry.h"
#include "ledger.h"
#include "machine.h"

#define HANDLER_STACK ((size_t)64 * 1024)

/* A fault so far below the stack pointer is still the stack's. */
#define STACK_REACH ((uintptr_t)64 * 1024)

static struct slate *watched HOT;
static uintptr_t stack_base HOT;

void _thimble_set_stack_base(const void *base) {
    stack_base = (uintptr_t)base;
}

static bool is_stack_overflow(int signal, uintptr_t address, const ucontext_t *context) {
    uintptr_t stack_pointer = machine_stack_pointer(context);
    if ((signal != SIGSEGV && signal != SIGBUS) || stack_pointer == 0)
        return false;
    return address < stack_base && address + STACK_REACH >= stack_pointer;
}

static void describe(struct fault *fault, int signal, const siginfo_t *info,
                     const ucontext_t *context) {
    fault->process = getpid();
    fault->signal = signal;
    fault->code = info->si_code;
    fault->address = (uintptr_t)info->si_addr;
    fault->access = machine_access(context);
    fault->stack_overflow = is_stack_overflow(signal, fault->address, context);
}

/* SIGABRT and its like are told of where they are caught. */
static bool catches_all;

static bool is_described(int signal) {
    return catches_all || (signal != SIGABRT && signal != SIGTRAP && signal != SIGSYS);
}

/* Behind the handler: an instruction that faults is tried again. */
static void let_come_again(int signal, const siginfo_t *info) {
    bool is_fault = signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE;
    if (info->si_code <= 0 || !is_fault)
        raise(signal);
}

/* A debugger gets it where it happened, once this handler has returned, and then it comes here
 * again. */
static bool is_stopped_at(int signal, const struct open_block *catcher) {
    const struct stop_request request = {.reason = STOP_SIGNAL, .number = signal};
    return (!catcher || catcher->role == ROLE_GUARD) &&
           _thimble_stop_at_failure(_thimble_stopping.desk, &request);
}

/* A debugger has shown it, and would show it once more: the slate says that the test ended by
 * it. */
static void end_shown(int signal) {
    if (getpid() != atomic_load(&watched->process) || _thimble_tracer() != TRACER_DEBUGGER)
        return;
    atomic_store(&watched->signal, signal);
    atomic_store(&watched->left, true);
    _exit(1);
}

/* Where nobody catches it it comes again, and then does what it does by default. */
void _thimble_note_fault(int signal, siginfo_t *info, void *context) {
    struct open_block *catcher = _thimble_signal_catcher(signal);
    if (is_described(signal))
        describe(&watched->fault, signal, info, context);
    if (is_stopped_at(signal, catcher)) {
        let_come_again(signal, info);
        return;
    }
    if (catcher)
        _thimble_leave_by(catcher, OUT_SIGNAL, signal);
    _thimble_ledger_ends();
    if (_thimble_last_words)
        _thimble_last_words(0, signal);
    end_shown(signal);
    sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    let_come_again(signal, info);
}

/* Those that were nobody's when we came. */
static uint64_t ours;

static void set_handler(int signal) {
    struct sigaction action = {.sa_sigaction = _thimble_note_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
    ours |= SIGNAL_BIT(signal);
}

static void watch(int signal) {
    struct sigaction action;
    if (sigaction(signal, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) &&
        action.sa_handler == SIG_DFL)
        set_handler(signal);
}

static void watch_others(void) {
    watch(SIGABRT);
    watch(SIGTRAP);
    watch(SIGSYS);
}

void _thimble_catch_fatal_signals(void) {
    /* Nobody has taken them away since. */
    if (catches_all && _thimble_units() && !_thimble_reaches(REACH_SIGNALS))
        return;
    if (!catches_all)
        watch_others();
    catches_all = true;
    for (int signal = 1; ours >> (signal - 1); signal++) {
        if (ours & SIGNAL_BIT(signal))
            set_handler(signal);
    }
}

/* Sanitizers end the process themselves, with a status of their own. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void note_sanitizer(void) {
    atomic_store(&watched->sanitizer, true);
    _thimble_stop_at_failure(_thimble_stopping.desk,
                             &(struct stop_request){.reason = STOP_FAILED, .number = 1});
    if (_thimble_last_words)
        _thimble_last_words(1, 0);
}

/* A test that hangs is late, and no debugger can be had: it tells where it is. */
static void tell_stack(int signal) {
    (void)signal;
    if (_thimble_stopping.desk)
        _thimble_tell_stack(_thimble_stopping.desk);
}

static void tell_when_asked(void) {
    struct sigaction action = {.sa_handler = tell_stack, .sa_flags = SA_ONSTACK | SA_RESTART};
    if (_thimble_stopping.opens)
        sigaction(TIME_LIMIT, &action, NULL);
}

static void set_handler_stack(void) {
    stack_t stack = {.ss_size = HANDLER_STACK};
    stack.ss_sp =
        mmap(NULL, HANDLER_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack.ss_sp != MAP_FAILED)
        sigaltstack(&stack, NULL);
}

void _thimble_watch_faults(struct slate *slate) {
    if (!watched)
        set_handler_stack();
    watched = slate;
    watch(SIGSEGV);
    watch(SIGBUS);
    watch(SIGILL);
    watch(SIGFPE);
    if (_thimble_stopping.failures) {
        watch_others();
        prctl(PR_SET_PTRACER, _thimble_stopping.opens);
        tell_when_asked();
    }
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(note_sanitizer);
}

/* ---- Describing ---- */

static const char *signal_name(int signal) {
    static const struct {
        int signal;
        const char *name;
    } names[] = {
#define NAME(signal) {signal, #signal}
        NAME(SIGHUP),    NAME(SIGINT),  NAME(SIGQUIT), NAME(SIGILL),  NAME(SIGTRAP),  NAME(SIGABRT),
        NAME(SIGBUS),    NAME(SIGFPE),  NAME(SIGKILL), NAME(SIGUSR1), NAME(SIGSEGV),  NAME(SIGUSR2),
        NAME(SIGPIPE),   NAME(SIGALRM), NAME(SIGTERM), NAME(SIGXCPU), NAME(SIGXFSZ),  NAME(SIGIO),
        NAME(SIGVTALRM), NAME(SIGPROF), NAME(SIGSYS),  NAME(SIGCHLD), NAME(SIGCONT),  NAME(SIGSTOP),
        NAME(SIGTSTP),   NAME(SIGTTIN), NAME(SIGTTOU), NAME(SIGURG),  NAME(SIGWINCH), NAME(SIGPWR),
#undef NAME
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].signal == signal)
            return names[i].name;
    }
    return NULL;
}

void _thimble_put_signal(struct text *text, int signal) {
    const char *name = signal_name(signal);
    if (name)
        _thimble_puts(text, name);
    else if (signal >= SIGRTMIN && signal <= SIGRTMAX)
        _thimble_printf(text, "SIGRTMIN+%d", signal - SIGRTMIN);
    else
        _thimble_printf(text, "signal %d", signal);
}

static const char *arithmetic_error(int code) {
    switch (code) {
    case FPE_INTDIV:
        return "integer division by zero, or its result does not fit";
    case FPE_FLTDIV:
        return "floating-point division by zero";
    default:
        return "an arithmetic error";
    }
}

static void describe_access(struct text *text, const struct fault *fault) {
    const char *access = fault->access == 'w'   ? "write"
                         : fault->access == 'r' ? "read"
                                                : "read or write";
    if (fault->stack_overflow)
        _thimble_puts(text, "stack overflow");
    else if (fault->code == SI_KERNEL)
        _thimble_puts(text, "access through a pointer that is no address (not canonical)");
    else if (fault->signal == SIGBUS)
        _thimble_printf(text, "invalid %s at address 0x%llx (behind a mapped file's end?)", access,
                        (unsigned long long)fault->address);
    else
        _thimble_printf(text, "invalid %s at address 0x%llx", access,
                        (unsigned long long)fault->address);
}

static void describe_fault(struct text *text, const struct fault *fault) {
    if (fault->code <= 0)
        _thimble_puts(text, "sent by kill or raise");
    else if (fault->signal == SIGFPE)
        _thimble_puts(text, arithmetic_error(fault->code));
    else if (fault->signal == SIGTRAP)
        _thimble_puts(text, "a breakpoint, and no debugger");
    else if (fault->signal == SIGSYS)
        _thimble_puts(text, "a system call that is not allowed");
    else if (fault->signal == SIGILL)
        _thimble_puts(text, "an instruction that is none, such as __builtin_trap's");
    else
        describe_access(text, fault);
}

const struct fault *_thimble_fault_of(const struct slate *slate, int signal) {
    return slate->fault.signal == signal ? &slate->fault : NULL;
}

void _thimble_describe_signal(struct text *text, int signal, const struct fault *fault) {
    char buffer[32];
    struct text name = _thimble_text(buffer, sizeof(buffer));
    _thimble_put_signal(&name, signal);
    if (signal == SIGABRT) {
        _thimble_puts(text, "aborted (SIGABRT)");
    } else if (fault) {
        _thimble_printf(text, "%s: ", buffer);
        describe_fault(text, fault);
    } else {
        _thimble_printf(text, "killed by %s", buffer);
    }
}
