/* trace.h: the way from a test to where it failed, in addresses. Nothing is loaded or
 * taken for it before a test fails, and what the addresses mean is the supervisor's to find
 * out: runner/way.h makes lines for people of these.
 *
 * Behind the failure's own text stands a line for each frame, the innermost first:
 *
 *     TRACE_MARK KIND COUNT ADDRESS NAME MODULE
 *
 * ADDRESS is that of the call, as the linker counts, in MODULE, which is empty for the
 * program itself. NAME is what the dynamic linker knows the function by, or "?". Frames of
 * ours are left out, and in the middle of very many frames those that have the same
 * address share a line.
 */
#ifndef CHECK_TRACE_H
#define CHECK_TRACE_H

#include <stdbool.h>

#include "../base/text.h"
#include "slate.h"

#define TRACE_MARK '\1'

enum trace_kind {
    TRACE_FAILED = 'f', /* of the function whose line the failure's text begins with */
    TRACE_IN = 'i',     /* of the function called NAME, whose line the text says, or of what
                           that was inlined into, or which called it as its last act */
    TRACE_CALLER = 'c',
    TRACE_TEST = 't',    /* of the test's own function; without an address where none of the
                            frames is known to be it */
    TRACE_LEFT_OUT = 'x' /* COUNT frames between those in front and behind */
};

/* KIND of a way that belongs to the line in front of it only, not to all of the text. */
#define TRACE_DEEPER(kind) ((char)((kind) - 'a' + 'A'))

struct trace_request {
    const void *outermost; /* the canonical address of the frame that calls the test's code;
                              in a thread in which it is not there, all frames are told */
    bool in_test;          /* it is there, and that code is the test itself */
    const char *function;  /* whose line the text begins with, or null: that of the innermost
                              frame */
    bool elsewhere;        /* the failure's text begins with another line than that of the
                              innermost frame */
};

/* Adds the way to the caller to the slate's text, where it can be found out. A process of
 * its own walks the stack: whatever state the test has left its heap, its locks and its
 * stack in, the failure stays what it is. Can be called in a signal handler. */
void _thimble_trace(struct slate *, const struct trace_request *);

/* Adds lines about the calls that these are the return addresses of, the first one made in the
 * function of this name or in what that was inlined into. */
void _thimble_put_frames(struct text *, const char *function, const uintptr_t *frames, size_t count,
                         bool deeper);

#endif
