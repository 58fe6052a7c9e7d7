#include "pretty.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "output.h"

/* Verdicts come as tests finish. What is printed stands in the order of definition:
 * lines wait for those before them, and failures for the end. */
static struct {
    const struct options *options;
    bool terminal;
    bool color;
    bool progress; /* a line of it stands on the terminal */
    uint32_t count, finished, bad, failures;
    struct line *lines; /* by the tests' numbers */
    uint32_t next;      /* line to be printed */
} pretty;

struct line {
    const struct test *test; /* null until it has finished */
    enum outcome outcome;
};

/* ---- Pieces ---- */

static const char *color_of(enum outcome outcome) {
    return outcome == OUTCOME_PASSED ? "\033[32m" : "\033[1;31m";
}

static void put_colored(const char *color, const char *string) {
    if (pretty.color)
        _thimble_outs(color);
    _thimble_outs(string);
    if (pretty.color)
        _thimble_outs("\033[0m");
}

static void put_heading(enum outcome outcome, const char *heading, const struct test *test) {
    put_colored(color_of(outcome), heading);
    _thimble_outf(" %s\n", test->id);
}

/* A terminal would take these for commands. */
static void put_visible(const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        unsigned char first = (unsigned char)bytes[at];
        size_t size = _thimble_character(bytes + at, length - at);
        /* U+0080 to U+009F are commands too. */
        bool command = size == 0 || first == 0x7f || (first < 0x20 && first != '\t') ||
                       (first == 0xc2 && (unsigned char)bytes[at + 1] < 0xa0);
        if (command)
            _thimble_outf("\\x%02x", first);
        else
            _thimble_out(bytes + at, size);
        at += command ? 1 : size;
    }
}

static void put_indented(const struct span *span, const char *indent) {
    const char *at = span->bytes, *end = span->bytes + span->length;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        if (length > 0)
            _thimble_outs(indent);
        if (pretty.terminal)
            put_visible(at, length);
        else
            _thimble_out(at, length);
        _thimble_outs("\n");
        at += length + 1;
    }
}

static void put_output(const char *heading, const struct span *span) {
    if (span->length == 0)
        return;
    _thimble_outf("  %s:\n", heading);
    put_indented(span, "    ");
}

/* ---- While it runs ---- */

static void clear_progress(void) {
    if (pretty.progress)
        _thimble_outs("\r\033[K");
    pretty.progress = false;
}

static void put_progress(void) {
    if (!pretty.terminal || pretty.options->show_output || pretty.options->quiet)
        return;
    _thimble_outf("\r\033[K%u/%u", pretty.finished, pretty.count);
    if (pretty.bad > 0)
        _thimble_outf(", %u not passed", pretty.bad);
    pretty.progress = true;
}

static void put_lines(void) {
    while (pretty.next < pretty.count && pretty.lines[pretty.next].test) {
        const struct line *line = &pretty.lines[pretty.next++];
        put_heading(line->outcome, _thimble_outcomes[line->outcome].heading, line->test);
    }
}

static void begin(const struct plan *plan) {
    uint32_t count = plan->test_count;
    pretty.count = count;
    pretty.lines = _thimble_alloc(&_thimble_arena, count * sizeof(*pretty.lines));
}

static void test_finished(const struct verdict *verdict) {
    pretty.finished++;
    pretty.bad += _thimble_is_bad(verdict->outcome);
    pretty.lines[verdict->number] = (struct line){verdict->test, verdict->outcome};
    clear_progress();
    if (pretty.options->verbose)
        put_lines();
    put_progress();
}

/* ---- At the end ---- */

static void put_failure(const struct verdict *verdict) {
    bool passed = verdict->outcome == OUTCOME_PASSED;
    clear_progress();
    if (pretty.options->quiet || (passed && verdict->message.length == 0))
        return;
    if (pretty.options->verbose && !pretty.failures++)
        _thimble_outs("\n");
    put_heading(verdict->outcome, passed ? "WARNING" : _thimble_outcomes[verdict->outcome].heading,
                verdict->test);
    put_indented(&verdict->message, "  ");
    put_output("stdout", &verdict->output[0]);
    put_output("stderr", &verdict->output[1]);
    _thimble_outs("\n");
}

static void put_count(bool *first, uint32_t count, const char *what) {
    if (count == 0)
        return;
    _thimble_outf("%s%u %s", *first ? "" : ", ", count, what);
    *first = false;
}

static void put_summary(const struct summary *summary) {
    bool first = true;
    clear_progress();
    if (pretty.color)
        _thimble_outs(color_of(summary->exit_status ? OUTCOME_FAILED : OUTCOME_PASSED));
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        const struct outcome_text *text = &_thimble_outcomes[i];
        put_count(&first, summary->counts[i], summary->counts[i] == 1 ? text->one : text->many);
    }
    put_count(&first, summary->warnings, summary->warnings == 1 ? "warning" : "warnings");
    put_count(&first, summary->not_run, "not run");
    _thimble_outf(" in %.2f s%s", summary->seconds, summary->interrupted ? ", interrupted" : "");
    _thimble_outs(pretty.color ? "\033[0m\n" : "\n");
}

static bool wants_color(const struct options *options, bool terminal) {
    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *kind = getenv("TERM");
    return terminal && !(no_color && *no_color) && kind && strcmp(kind, "dumb") != 0;
}

const struct form *_thimble_pretty(const struct options *options) {
    static const struct form form = {
        .begin = begin, .test = test_finished, .in_order = put_failure, .end = put_summary};
    memset(&pretty, 0, sizeof(pretty));
    pretty.options = options;
    pretty.terminal = isatty(STDOUT_FILENO);
    pretty.color = wants_color(options, pretty.terminal);
    return &form;
}
