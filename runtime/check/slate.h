/* slate.h: what the process of a test tells the worker that forked it. It lies in
 * memory that the two share, so that what is written there stays, whatever
 * becomes of the test and its descriptors. A worker has one slate and clears it
 * before each test. */
#ifndef CHECK_SLATE_H
#define CHECK_SLATE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../debug/stop.h"

#define SLATE_SIZE ((size_t)72 * 1024)

enum slate_stage {
    SLATE_RUNNING = 0, /* the test's own code may be running */
    SLATE_SETTING_UP,  /* … or that of what sets up for it */
    SLATE_TEARING_DOWN,
    SLATE_FINISHED /* nothing is left but to end the process */
};

/* Begins a line of the text that is about what the test left reachable: no failure, and shown
 * with -v only. */
#define NOTE_MARK '\3'

/* What the kernel said about a fault. */
struct fault {
    pid_t process; /* whose fault it was; 0 for none */
    int signal;
    int code; /* si_code */
    uintptr_t address;
    char access; /* 'r', 'w', or 0 where the machine does not say */
    bool stack_overflow;
};

struct slate {
    _Atomic pid_t process; /* the test's own */
    _Atomic int stage;
    _Atomic bool failed;           /* in whatever thread or process of the test */
    _Atomic bool left;             /* by a failed assert, in one that may be the test's own */
    _Atomic bool skipped, xfailed; /* as the code asked for; the text says why */
    _Atomic bool leaked;
    _Atomic uint32_t around; /* what runs around the test, see runner/around.h */
    _Atomic bool error;      /* not the test itself failed, but what is around it */
    _Atomic int signal;      /* that the test got and that was caught, for the teardown's sake */
    _Atomic bool sanitizer;  /* a sanitizer is about to end the process */
    _Atomic bool tracing;    /* all is said about a failure but the way to it */
    struct fault fault;
    int64_t started;                /* ns since the system's start */
    _Atomic uint32_t told, untold;  /* failures of expects; of too many only the first are shown */
    _Atomic uint32_t subtests;      /* their numbers so far */
    _Atomic uint32_t subtest_bytes; /* what those took that did not fail */
    /* Those of which not even the name is told: failed, passed, skipped; and the place in the
     * text where that stands, + 1. */
    uint32_t untold_subtests[3], untold_at;
    /* What is to be said about it; whoever writes there holds `busy`. */
    _Atomic bool busy;
    _Atomic uint32_t length;
    struct stop_desk stop; /* stays what it is while somebody has it */
    char text[];
};

#define SLATE_TEXT_SIZE (SLATE_SIZE - sizeof(struct slate))

/* Adds lines to the slate's text, a newline in front where there is text already.
 * What does not fit is cut. */
void _thimble_slate_add(struct slate *, const char *bytes, size_t length);
/* Whether there is room for so much more, and then for what ends the test. */
bool _thimble_slate_has_room(struct slate *, size_t length);
/* One more subtest, of this outcome (an enum subtest_line), that is counted only. */
void _thimble_count_untold(struct slate *, char outcome);
/* Forgets the test before. */
void _thimble_slate_clear(struct slate *);
/* What `started` is by. */
int64_t _thimble_slate_clock(void);

#endif
