/* For syscall and MAP_ANONYMOUS. */
#define _GNU_SOURCE 1

#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thimble/debug.h>
#include <time.h>
#include <unistd.h>

#include "../base/kernel.h"
#include "../base/text.h"

struct stopping _thimble_stopping = {.streams = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}};

/* A thread that waits for a request to be written, in seconds: it may have been killed. */
#define PATIENCE 1.0

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* No point of cancellation. */
static void nap(void) {
    const struct timespec pause = {0, 3000000};
    syscall(SYS_nanosleep, &pause, NULL);
}

/* ---- Who traces this thread ---- */

static void read_start(const char *path, char *buffer, size_t size) {
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    long got = file >= 0 ? syscall(SYS_read, file, buffer, size - 1) : 0;
    if (file >= 0)
        kernel_close(file);
    buffer[got > 0 ? got : 0] = '\0';
}

static bool begins_with_one_of(const char *name, const char *const *list) {
    for (; *list; list++) {
        if (strncmp(name, *list, strlen(*list)) == 0)
            return true;
    }
    return false;
}

/* The command tries whether it may trace, before it opens a debugger. */
enum tracer _thimble_tracer(void) {
    static const char *const others[] = {"strace", "ltrace", "uftrace", "proot", "thimble", NULL};
    char buffer[1024];
    read_start("/proc/thread-self/status", buffer, sizeof(buffer));
    const char *line = strstr(buffer, "\nTracerPid:");
    int tracer = line ? (int)strtol(line + 11, NULL, 10) : 0;
    if (tracer == 0)
        return TRACER_NONE;
    struct text path = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&path, "/proc/%d/comm", tracer);
    char name[32];
    read_start(path.data, name, sizeof(name));
    if (strcmp(name, "rr\n") == 0)
        return TRACER_RECORDER;
    return begins_with_one_of(name, others) ? TRACER_OTHER : TRACER_DEBUGGER;
}

static bool has_debugger(void) {
    return _thimble_tracer() == TRACER_DEBUGGER;
}

/* ---- The desk ---- */

/* Shared, so that processes that are forked later wait for each other. */
static struct stop_desk *find_desk(void) {
    struct stop_desk *none = NULL;
    if (_thimble_stopping.desk)
        return _thimble_stopping.desk;
    void *memory = mmap(NULL, sizeof(struct stop_desk), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    if (!__atomic_compare_exchange_n(&_thimble_stopping.desk, &none, memory, false,
                                     __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        munmap(memory, sizeof(struct stop_desk));
    return _thimble_stopping.desk;
}

bool _thimble_is_stopped(const struct stop_desk *desk) {
    return atomic_load(&desk->state) != STOP_FREE;
}

/* The session may be one in which the user waits for this process. */
static void say_who_waits(void) {
    char buffer[128];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    int terminal = (int)syscall(SYS_openat, AT_FDCWD, "/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY);
    _thimble_printf(&line, "thimble: process %d waits for this debugger to end, to stop in one\n",
                    (int)kernel_process());
    if (terminal < 0)
        return;
    _thimble_write(terminal, line.data, line.length);
    kernel_close(terminal);
}

/* False where a debugger has come meanwhile. */
static bool claim(struct stop_desk *desk) {
    double begin = now();
    bool said = false;
    for (;;) {
        int state = STOP_FREE;
        if (atomic_compare_exchange_strong(&desk->state, &state, STOP_CLAIMED))
            return true;
        if (state == STOP_CLAIMED && now() > begin + PATIENCE)
            return true;
        if (has_debugger())
            return false;
        if (!said && now() > begin + PATIENCE && desk->process != kernel_process()) {
            say_who_waits();
            said = true;
        }
        nap();
    }
}

static void ask(struct stop_desk *desk, const struct stop_request *request, pid_t process,
                pid_t thread) {
    struct text place = _thimble_text(desk->place, sizeof(desk->place));
    desk->request = *request;
    desk->process = process;
    desk->thread = thread;
    desk->stack[0] = '\0';
    desk->asked = now();
    if (request->place)
        _thimble_puts(&place, request->place);
    atomic_store(&desk->state, STOP_ASKED);
}

void _thimble_end_session_at(struct stop_desk *desk, bool none) {
    if (none)
        atomic_store(&desk->none, true);
    if (desk->request.reason != STOP_TIMEOUT)
        desk->took += now() - desk->asked;
    atomic_fetch_add(&desk->ended, 1);
    atomic_store(&desk->state, STOP_FREE);
}

/* ---- Waiting ---- */

static void open_here(struct stop_desk *desk) {
    struct terminal terminal;
    if (_thimble_stopping.before)
        _thimble_stopping.before(desk);
    pid_t opener = _thimble_find_terminal(_thimble_stopping.streams, &terminal)
                       ? _thimble_open_debugger(desk, &terminal, true)
                       : -1;
    if (opener < 0)
        _thimble_end_session_at(desk, true);
    else
        prctl(PR_SET_PTRACER, opener);
}

static bool wait_for_debugger(struct stop_desk *desk, uint32_t ended) {
    while (atomic_load(&desk->ended) == ended) {
        if (has_debugger())
            return true;
        if (atomic_load(&desk->state) == STOP_TELL && desk->thread == kernel_thread())
            _thimble_tell_stack(desk);
        if (!_thimble_stopping.opens && _thimble_opener_has_ended(desk, WNOHANG) &&
            atomic_load(&desk->ended) == ended)
            _thimble_end_session_at(desk, true);
        nap();
    }
    if (!_thimble_stopping.opens)
        _thimble_opener_has_ended(desk, 0);
    return has_debugger();
}

/* A debugger that has let go of this process is done with its terminal a little later. */
void _thimble_await_opener(void) {
    struct stop_desk *desk = _thimble_stopping.desk;
    bool own = desk && !_thimble_stopping.opens && desk->process == kernel_process();
    if (own && desk->opener > 0 && !has_debugger())
        _thimble_opener_has_ended(desk, 0);
}

/* A shell is not to get the terminal before. */
static void __attribute__((destructor)) end(void) {
    _thimble_await_opener();
}

bool _thimble_stop(const struct stop_request *request) {
    int saved = errno;
    struct stop_desk *desk = find_desk();
    bool stops = desk && !atomic_load(&desk->none);
    if (stops && claim(desk)) {
        uint32_t ended = atomic_load(&desk->ended);
        ask(desk, request, kernel_process(), kernel_thread());
        if (!_thimble_stopping.opens)
            open_here(desk);
        else
            prctl(PR_SET_PTRACER, _thimble_stopping.opens);
        stops = wait_for_debugger(desk, ended);
    }
    errno = saved;
    return stops;
}

/* ---- Of tests ---- */

static bool is_wanted(struct stop_desk *desk) {
    return desk && desk->wanted && !atomic_load(&desk->none) && !_thimble_stopping.off;
}

/* Another thread of the test has failed first: this one must not end the process meanwhile. */
static void let_others_stop(const struct stop_desk *desk) {
    while (_thimble_is_stopped(desk) && !has_debugger())
        nap();
}

bool _thimble_stop_at_failure(struct stop_desk *desk, const struct stop_request *request) {
    if (!is_wanted(desk))
        return false;
    if (atomic_exchange(&desk->held, true)) {
        let_others_stop(desk);
        return false;
    }
    if (!has_debugger())
        return _thimble_stop(request);
    /* It has seen the signal itself. */
    if (request->reason != STOP_SIGNAL)
        THIMBLE_TRAP_();
    return false;
}

void _thimble_stop_in_front(const char *place) {
    if (has_debugger())
        THIMBLE_TRAP_();
    else
        _thimble_stop(&(struct stop_request){.reason = STOP_TRACE, .place = place});
}

bool _thimble_stop_late(struct stop_desk *desk, pid_t process) {
    if (!is_wanted(desk) || atomic_exchange(&desk->held, true) || !claim(desk))
        return false;
    ask(desk, &(struct stop_request){.reason = STOP_TIMEOUT}, process, process);
    return true;
}
