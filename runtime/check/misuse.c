#include "misuse.h"

#include <signal.h>

#include "../tracker/tracker.h"
#include "block.h"
#include "check.h"
#include "running.h"
#include "trace.h"

/* The test waits for what libc says to that. */
static bool is_expected(void) {
    const struct open_block *catcher = _thimble_signal_catcher(SIGABRT);
    return catcher && catcher->role == ROLE_EVENT;
}

static void put_frames(struct text *text, uint32_t number) {
    struct trace trace = _thimble_trace_of(number);
    _thimble_put_frames(text, _thimble_trace_function(&trace), trace.frames, trace.frame_count,
                        true);
}

/* In front of libc's free: no lock is held but those of whoever called it, and the heap is as it
 * was. The test can't go on: who goes on behind a wrong release is wrong. */
static void fail(const struct misuse *misuse) {
    if (!_thimble_is_in_test()) {
        _thimble_say_misuse(misuse);
        return;
    }
    if (is_expected())
        return;
    char buffer[8192];
    struct text text = _thimble_text(buffer, sizeof buffer);
    struct trace by = _thimble_trace_of(misuse->by);
    _thimble_put_misuse(&text, misuse);
    _thimble_put_misused_block(&text, misuse);
    if (misuse->kind != MISUSE_NO_BLOCK)
        put_frames(&text, misuse->block.trace);
    _thimble_put_first_release(&text, misuse);
    _thimble_fail_in(by.unit ? _thimble_trace_function(&by) : NULL, &text);
}

void _thimble_watch_misuse(void) {
    _thimble_on_misuse = fail;
}
