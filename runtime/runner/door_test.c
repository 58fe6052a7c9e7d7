/* Which test is running, for the debugger. */
#include <string.h>

#include "../check/running.h"
#include "../check/trace.h"
#include "../debug/answer.h"
#include "around.h"
#include "run_test.h"

/* What runs, and since when. */
static void put_stage(struct text *out, const struct test *test, const struct slate *slate) {
    int stage = atomic_load(&slate->stage);
    const char *name = test ? _thimble_around_name(test, atomic_load(&slate->around)) : NULL;
    if (stage == SLATE_SETTING_UP)
        _thimble_printf(out, "its set-up%s%s", name ? ", " : "", name ? name : "");
    else if (stage == SLATE_TEARING_DOWN)
        _thimble_printf(out, "its teardown%s%s", name ? ", " : "", name ? name : "");
    else
        _thimble_puts(out, stage == SLATE_FINISHED ? "nothing any more" : "the test");
}

/* Without the lines that are for the supervisor. */
static void put_failures(struct text *out, const struct slate *slate) {
    const char *at = slate->text, *end = at + strnlen(at, SLATE_TEXT_SIZE);
    bool any = false;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop ? stop : end) - at);
        if (length && (unsigned char)*at > NOTE_MARK) {
            _thimble_puts(out, any ? "\n    " : "\n  said so far:\n    ");
            _thimble_put(out, at, length);
            any = true;
        }
        at += length + 1;
    }
}

void _thimble_answer_test(struct text *out, const char *const *arguments) {
    const char *folder;
    const struct test *test = _thimble_running_test(&folder);
    const struct slate *slate = _thimble_slate();
    (void)arguments;
    if (!slate || (!test && atomic_load(&slate->stage) == SLATE_FINISHED)) {
        _thimble_puts(out, "no test is running");
        return;
    }
    if (!test) {
        _thimble_printf(out, "no test is running, but what several share: a %s",
                        atomic_load(&slate->stage) == SLATE_SETTING_UP ? "set-up" : "teardown");
        put_failures(out, slate);
        return;
    }
    double seconds = (double)(_thimble_slate_clock() - slate->started) / 1e9;
    _thimble_printf(out, "%s\n  at %s:%u", test->id, _thimble_plain_path(test->file),
                    test->function->line);
    for (uint32_t i = 0; i < test->tag_count; i++)
        _thimble_printf(out, "%s%s", i ? ", " : "\n  tags: ", test->tags[i]);
    _thimble_puts(out, "\n  runs now: ");
    put_stage(out, test, slate);
    _thimble_printf(out, ", %.2f s since it began", seconds);
    if (folder)
        _thimble_printf(out, "\n  tmp_path: %s", folder);
    put_failures(out, slate);
}
