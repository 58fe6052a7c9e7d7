/* A character for each test as it finishes, and at the end what went wrong. */
#include <string.h>

#include "../base/arena.h"
#include "people.h"
#include "report.h"

struct dots {
    struct people people;
    uint32_t column, width;
};

static char letter_of(enum outcome outcome) {
    static const char letters[] = {
        [OUTCOME_PASSED] = '.',  [OUTCOME_FAILED] = 'F',  [OUTCOME_CRASHED] = 'C',
        [OUTCOME_TIMEOUT] = 'T', [OUTCOME_LEAKED] = 'L',  [OUTCOME_SKIPPED] = 's',
        [OUTCOME_XFAILED] = 'x', [OUTCOME_XPASSED] = 'X', [OUTCOME_ERROR] = 'E'};
    return letters[outcome];
}

static void end_line(struct dots *dots) {
    if (dots->column > 0)
        _thimble_sink_puts(dots->people.report->sink, "\n");
    dots->column = 0;
}

static void begin(struct report *report, const struct plan *plan) {
    struct dots *dots = _thimble_alloc(&_thimble_arena, sizeof(*dots));
    (void)plan;
    report->state = dots;
    _thimble_people_begin(&dots->people, report);
    dots->people.headed = true;
    dots->width = _thimble_width(&dots->people);
}

static void slow(struct report *report, const struct test *test, double seconds) {
    struct dots *dots = report->state;
    if (seconds < SLOW_SECONDS || report->options->quiet)
        return;
    end_line(dots);
    _thimble_put_slow(&dots->people, test, seconds);
}

static void note(struct report *report, const char *line) {
    struct dots *dots = report->state;
    if (report->options->quiet)
        return;
    end_line(dots);
    _thimble_put_visible(&dots->people, line, strlen(line));
    _thimble_sink_puts(report->sink, "\n");
}

static void test_finished(struct report *report, const struct verdict *verdict) {
    struct dots *dots = report->state;
    if (report->options->quiet)
        return;
    char letter = letter_of(verdict->outcome);
    _thimble_put_color(&dots->people, verdict->outcome);
    _thimble_sink_put(report->sink, &letter, 1);
    _thimble_end_color(&dots->people);
    if (++dots->column == dots->width)
        end_line(dots);
}

static void hide(struct report *report) {
    end_line(report->state);
}

static void in_order(struct report *report, const struct verdict *verdict) {
    struct dots *dots = report->state;
    end_line(dots);
    _thimble_people_in_order(&dots->people, verdict);
}

static void end(struct report *report, const struct summary *summary) {
    struct dots *dots = report->state;
    end_line(dots);
    _thimble_people_end(&dots->people, summary);
}

const struct form *_thimble_dots(void) {
    static const struct form form = {.begin = begin,
                                     .slow = slow,
                                     .note = note,
                                     .test = test_finished,
                                     .hide = hide,
                                     .in_order = in_order,
                                     .end = end};
    return &form;
}
