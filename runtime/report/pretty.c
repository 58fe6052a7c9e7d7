/* The report for people. Verdicts come as tests finish. What is printed stands in the order
 * of definition: with -v, lines wait for those before them, and failures for the end. */
#include <string.h>

#include "../base/arena.h"
#include "people.h"
#include "progress.h"
#include "report.h"

struct line {
    const struct test *test; /* null until it has finished */
    enum outcome outcome;
    uint32_t round;
    const char *rest; /* behind the test's name, or null */
    size_t rest_length;
};

struct pretty {
    struct people people;
    struct progress *progress;
    struct line *lines; /* by the tests' numbers */
    uint32_t next;      /* line to be printed */
};

/* ---- Lines of -v ---- */

static bool has_reason(enum outcome outcome) {
    return outcome == OUTCOME_SKIPPED || outcome == OUTCOME_XFAILED || outcome == OUTCOME_XPASSED;
}

static void put_subtest(struct text *text, const struct subtest *subtest) {
    const char *heading = _thimble_outcomes[_thimble_subtest_outcome(subtest)].heading;
    _thimble_printf(text, "\n  %s subtest ", heading);
    _thimble_put(text, subtest->name.bytes, subtest->name.length);
    if (subtest->outcome != SUBTEST_SKIPPED || subtest->message.length == 0)
        return;
    struct span reason = _thimble_first_line(&subtest->message);
    _thimble_puts(text, ": ");
    _thimble_put(text, reason.bytes, reason.length);
}

static void put_note(struct text *text, struct span note) {
    while (note.length > 0) {
        struct span line = _thimble_first_line(&note);
        _thimble_puts(text, "\n  still reachable: ");
        _thimble_put(text, line.bytes, line.length);
        size_t taken = line.length < note.length ? line.length + 1 : line.length;
        note = (struct span){note.bytes + taken, note.length - taken};
    }
}

/* What the line has to say may be gone when its turn comes. */
static void note_rest(struct line *line, const struct verdict *verdict) {
    struct span reason = has_reason(verdict->outcome) ? _thimble_reason(verdict) : (struct span){0};
    if (reason.length == 0 && verdict->subtest_count == 0 && verdict->note.length == 0)
        return;
    struct text text = _thimble_growing_text();
    if (reason.length > 0)
        _thimble_puts(&text, ": ");
    _thimble_put(&text, reason.bytes, reason.length);
    for (uint32_t i = 0; i < verdict->subtest_count; i++)
        put_subtest(&text, &verdict->subtests[i]);
    put_note(&text, verdict->note);
    line->rest = text.data;
    line->rest_length = text.length;
}

static void put_rest(struct pretty *pretty, const struct line *line) {
    const char *at = line->rest, *end = line->rest + line->rest_length;
    while (at) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        _thimble_put_visible(&pretty->people, at, (size_t)((newline ? newline : end) - at));
        _thimble_sink_puts(pretty->people.report->sink, "\n");
        at = newline ? newline + 1 : NULL;
    }
}

static void put_line(struct pretty *pretty, const struct line *line) {
    _thimble_put_heading(&pretty->people, line->outcome, NULL, line->test, line->round);
    if (line->rest)
        put_rest(pretty, line);
    else
        _thimble_sink_puts(pretty->people.report->sink, "\n");
}

static void put_lines(struct pretty *pretty) {
    while (pretty->next < pretty->people.report->plan.test_count &&
           pretty->lines[pretty->next].test)
        put_line(pretty, &pretty->lines[pretty->next++]);
}

/* ---- While it runs ---- */

static void begin(struct report *report, const struct plan *plan) {
    struct pretty *pretty = _thimble_alloc(&_thimble_arena, sizeof(*pretty));
    report->state = pretty;
    _thimble_people_begin(&pretty->people, report);
    pretty->progress = _thimble_new_progress(&pretty->people);
    pretty->people.headed = report->options->verbose;
    if (report->options->verbose)
        pretty->lines = _thimble_alloc(&_thimble_arena, plan->test_count * sizeof(*pretty->lines));
}

static void slow(struct report *report, const struct test *test, double seconds) {
    struct pretty *pretty = report->state;
    _thimble_progress_slow(pretty->progress, test, seconds);
    if (seconds < SLOW_SECONDS || report->options->quiet)
        return;
    _thimble_clear_progress(pretty->progress);
    _thimble_put_slow(&pretty->people, test, seconds);
}

static void note(struct report *report, const char *line) {
    struct pretty *pretty = report->state;
    if (report->options->quiet)
        return;
    _thimble_clear_progress(pretty->progress);
    _thimble_put_visible(&pretty->people, line, strlen(line));
    _thimble_sink_puts(report->sink, "\n");
}

static void test_finished(struct report *report, const struct verdict *verdict) {
    struct pretty *pretty = report->state;
    _thimble_progress_test(pretty->progress, verdict);
    if (!pretty->lines)
        return;
    struct line line = {
        .test = verdict->test, .outcome = verdict->outcome, .round = verdict->round};
    note_rest(&line, verdict);
    _thimble_clear_progress(pretty->progress);
    if (_thimble_is_planned(report, verdict))
        pretty->lines[verdict->number] = line;
    else
        put_line(pretty, &line);
    put_lines(pretty);
}

static void hide(struct report *report) {
    struct pretty *pretty = report->state;
    _thimble_clear_progress(pretty->progress);
}

static void refresh(struct report *report) {
    struct pretty *pretty = report->state;
    if (pretty)
        _thimble_put_progress(pretty->progress);
}

/* ---- At the end ---- */

/* Those behind a test that did not get to its end. */
static void put_other_lines(struct pretty *pretty) {
    while (pretty->lines && pretty->next < pretty->people.report->plan.test_count) {
        put_lines(pretty);
        pretty->next++;
    }
}

static void in_order(struct report *report, const struct verdict *verdict) {
    struct pretty *pretty = report->state;
    _thimble_end_progress(pretty->progress);
    put_other_lines(pretty);
    _thimble_people_in_order(&pretty->people, verdict);
}

static void end(struct report *report, const struct summary *summary) {
    struct pretty *pretty = report->state;
    _thimble_end_progress(pretty->progress);
    put_other_lines(pretty);
    _thimble_people_end(&pretty->people, summary);
}

const struct form *_thimble_pretty(void) {
    static const struct form form = {.begin = begin,
                                     .slow = slow,
                                     .note = note,
                                     .test = test_finished,
                                     .in_order = in_order,
                                     .hide = hide,
                                     .refresh = refresh,
                                     .end = end};
    return &form;
}
