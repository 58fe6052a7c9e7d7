/* stop.h: stopping a thread in a debugger that is opened for it.
 *
 *   desk     memory that the thread shares with whoever opens debuggers: the process that the
 *            user started where a runner's test stops, else a process made for it. It takes one
 *            request at a time, from any thread of any process that shares it.
 *   session  from the request until the debugger has ended, or could not be opened
 *
 * The thread waits in a loop until a debugger traces it, or the session is over.
 */
#ifndef DEBUG_STOP_H
#define DEBUG_STOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* In the order of their words for the command `thimble debug`. */
enum stop_reason {
    STOP_BREAKPOINT,
    STOP_FAILED, /* and nothing behind that runs */
    STOP_EXIT,
    STOP_SIGNAL,
    STOP_TIMEOUT,
    STOP_TRACE
};

enum stop_state {
    STOP_FREE = 0,
    STOP_CLAIMED, /* a thread writes its request */
    STOP_ASKED,
    STOP_OPEN,
    STOP_TELL, /* there was no session: the thread is to tell its stack instead */
    STOP_TOLD
};

struct stop_request {
    enum stop_reason reason;
    int number;        /* the exit's status, or the signal's number */
    uint32_t from;     /* where the failure begins in what the test has said */
    const char *place; /* FILE:FUNCTION to stop at, or null */
};

struct stop_desk {
    _Atomic int state;
    _Atomic uint32_t ended; /* sessions, those that did not come about, too */
    _Atomic bool none;      /* no debugger can be opened: nobody asks any more */
    _Atomic bool missed;    /* breakpoint() found no terminal */
    _Atomic bool held;      /* the test's first failure has been stopped at */
    bool wanted;            /* that is to be stopped at */
    bool traced;            /* the test's first line, too */
    pid_t process, thread;  /* whose request it is */
    struct stop_request request;
    pid_t opener; /* what opened the debugger, or 0 */
    double asked; /* seconds of the clock that is never set */
    double took;  /* all sessions of the test but that of its time limit */
    char place[1024];
    char stack[4096]; /* lines, the last one's end too */
};

/* How this process, and those that it forks, stop. */
struct stopping {
    struct stop_desk *desk; /* null before the first request of a program's */
    pid_t opens;            /* another process opens debuggers; 0: each for itself */
    bool terminal;          /* that process has a terminal */
    bool off;               /* there is to be no debugger */
    bool failures;          /* the user wants to stop at failures */
    int streams[3];         /* where the process itself finds a terminal, and says something */
    const char *debugger;   /* which one the user chose, or null */
    /* Called before this process opens a debugger, where it is not null. */
    void (*before)(const struct stop_desk *);
};
extern struct stopping _thimble_stopping;

enum tracer {
    TRACER_NONE,
    TRACER_OTHER,    /* strace, or its like */
    TRACER_RECORDER, /* rr, which has no use for a trap */
    TRACER_DEBUGGER
};

/* Waits until the last debugger that this process opened has ended, unless it is traced. */
void _thimble_await_opener(void);

/* Of this thread. */
enum tracer _thimble_tracer(void);

/* Holds this thread. Whether a debugger traces it then. */
bool _thimble_stop(const struct stop_request *);

/* The same for the first failure of a test, where that is wanted; where a debugger is there
 * already, a trap stops in it. Whether there was a session. */
bool _thimble_stop_at_failure(struct stop_desk *, const struct stop_request *);

/* The same in front of the test. */
void _thimble_stop_in_front(const char *place);

/* Asks for the thread of another process, which is late: false where its failures are not to
 * be stopped at, or have been. */
bool _thimble_stop_late(struct stop_desk *, pid_t process);

/* Whether it is somebody's. */
bool _thimble_is_stopped(const struct stop_desk *);

/* The session is over, or could not be begun. */
void _thimble_end_session_at(struct stop_desk *, bool none);

/* Writes this thread's stack down at the desk, for STOP_TELL. */
void _thimble_tell_stack(struct stop_desk *);

/* Of breakpoint(), once. */
void _thimble_say_no_terminal(void);

/* ---- open.c ---- */

struct terminal {
    int in, out;
};

/* Whether one of standard output and error is a terminal, and standard input, with this process
 * in its foreground. */
bool _thimble_find_terminal(const int streams[3], struct terminal *);

/* Forks a process that opens a debugger in the terminal, waits until that has ended, has the
 * terminal as it was then, and ends with 0 if there was a session. With `itself` it also ends
 * the session at the desk. Returns the process, which only waitpid's __WALL finds, or less than
 * 0. */
pid_t _thimble_open_debugger(struct stop_desk *, const struct terminal *, bool itself);

/* With WNOHANG in the options, by now. */
bool _thimble_opener_has_ended(struct stop_desk *, int options);

#endif
