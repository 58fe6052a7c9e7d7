#include <thimble/debug.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "../base/text.h"
#include "stop.h"

void _thimble_say_no_terminal(void) {
    static const char line[] = "thimble: breakpoint(): no terminal, so no debugger\n";
    static _Atomic bool said;
    if (!atomic_exchange(&said, true))
        _thimble_write(_thimble_stopping.streams[2], line, sizeof(line) - 1);
}

/* What a test's process says is the test's own. */
static void miss_terminal(void) {
    if (_thimble_stopping.opens)
        atomic_store(&_thimble_stopping.desk->missed, true);
    else
        _thimble_say_no_terminal();
}

static bool has_terminal(void) {
    struct terminal terminal;
    return _thimble_stopping.opens ? _thimble_stopping.terminal
                                   : _thimble_find_terminal(_thimble_stopping.streams, &terminal);
}

/* Whoever runs a program with another's rights does not say what it executes. */
static bool opens(void) {
    const char *variable = getenv("THIMBLE_BREAKPOINT");
    if (variable && strcmp(variable, "0") == 0)
        return false;
    enum tracer tracer = _thimble_tracer();
    if (tracer == TRACER_DEBUGGER)
        return true;
    if (tracer == TRACER_RECORDER || _thimble_stopping.off || getauxval(AT_SECURE))
        return false;
    _thimble_await_opener();
    if (has_terminal())
        return _thimble_stop(&(struct stop_request){.reason = STOP_BREAKPOINT});
    miss_terminal();
    return false;
}

THIMBLE_API int thimble_breakpoint_opens(void) {
    int saved = errno;
    bool traced = opens();
    errno = saved;
    return traced;
}

#if !defined(__x86_64__) && !defined(__i386__)
THIMBLE_API void thimble_trap(void) {
    raise(SIGTRAP);
}
#endif
