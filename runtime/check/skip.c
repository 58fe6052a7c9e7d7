/* skip and xfail. */
#include <thimble/check.h>

#include "block.h"
#include "check.h"
#include "running.h"
#include "subtest.h"

/* No byte of it may be taken for a mark of ours. */
static void put_reason(struct text *text, const char *why) {
    for (; why && *why; why++) {
        char c = *why > 0 && *why < ' ' && *why != '\n' && *why != '\t' ? '?' : *why;
        _thimble_put(text, &c, 1);
    }
}

static void __attribute__((noreturn))
leave(const char *file, int line, const char *why, enum way_out out) {
    const char *verb = out == OUT_SKIP ? "skip" : "xfail";
    struct open_block *catcher = _thimble_catcher(out);
    struct slate *slate = _thimble_slate();
    char buffer[1024];
    struct text reason = _thimble_text(buffer, sizeof(buffer));
    put_reason(&reason, why);
    if (!slate)
        _thimble_fail(file, line, "%s(\"%s\"): no test is running", verb, reason.data);
    if (!catcher)
        _thimble_fail(file, line,
                      "%s(\"%s\") works in the test's own thread and process only: this is %s",
                      verb, reason.data,
                      _thimble_is_test_process() ? "another thread" : "a process that it forked");
    bool of_subtest = catcher->role == ROLE_SUBTEST;
    if (!of_subtest)
        atomic_store(out == OUT_SKIP ? &slate->skipped : &slate->xfailed, true);
    if (!of_subtest || _thimble_subtest_may_skip(slate, catcher, reason.length)) {
        _thimble_begin_saying(slate, of_subtest ? catcher : NULL, &reason);
        _thimble_end_saying(slate, of_subtest ? catcher : NULL);
    }
    _thimble_leave_by(catcher, out, 0);
}

void thimble_skip_at(const char *file, int line, const char *why) {
    leave(file, line, why, OUT_SKIP);
}

void thimble_xfail_at(const char *file, int line, const char *why) {
    leave(file, line, why, OUT_XFAIL);
}
