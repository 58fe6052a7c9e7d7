#include "people.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../base/arena.h"
#include "escape.h"
#include "memory.h"
#include "skips.h"
#include "slowest.h"

/* ---- The terminal ---- */

static bool wants_color(const struct options *options, bool terminal) {
    if (options->color != COLOR_AUTO)
        return options->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *kind = getenv("TERM");
    return terminal && !(no_color && *no_color) && kind && strcmp(kind, "dumb") != 0;
}

uint32_t _thimble_width(const struct people *people) {
    struct winsize size;
    bool known = people->terminal && ioctl(people->report->sink->file, TIOCGWINSZ, &size) == 0;
    return known && size.ws_col > 0 ? size.ws_col : 80;
}

static const char *color_of(enum outcome outcome) {
    switch (outcome) {
    case OUTCOME_PASSED:
        return "\033[32m";
    case OUTCOME_SKIPPED:
    case OUTCOME_XFAILED:
    case OUTCOME_XPASSED:
        return "\033[33m";
    default:
        return "\033[1;31m";
    }
}

void _thimble_put_color(struct people *people, enum outcome outcome) {
    if (people->color)
        _thimble_sink_puts(people->report->sink, color_of(outcome));
}

void _thimble_end_color(struct people *people) {
    if (people->color)
        _thimble_sink_puts(people->report->sink, "\033[0m");
}

/* U+0080 to U+009F are commands too. */
static const char *spell_visibly(const char *character, size_t size, char room[SPELLED_ROOM]) {
    unsigned char first = (unsigned char)character[0];
    bool command = size == 0 || first == 0x7f || (first < 0x20 && first != '\t') ||
                   (first == 0xc2 && (unsigned char)character[1] < 0xa0);
    if (!command)
        return NULL;
    struct text text = _thimble_text(room, SPELLED_ROOM);
    for (size_t i = 0; i < (size ? size : 1); i++)
        _thimble_printf(&text, "\\x%02x", (unsigned char)character[i]);
    return room;
}

void _thimble_put_visible(struct people *people, const char *bytes, size_t length) {
    if (people->terminal)
        _thimble_put_spelled(people->report->sink, bytes, length, spell_visibly);
    else
        _thimble_sink_put(people->report->sink, bytes, length);
}

/* ---- Pieces ---- */

void _thimble_put_heading(struct people *people, enum outcome outcome, const char *word,
                          const struct test *test, uint32_t round) {
    struct sink *sink = people->report->sink;
    _thimble_put_color(people, outcome);
    _thimble_sink_puts(sink, word ? word : _thimble_outcomes[outcome].heading);
    _thimble_end_color(people);
    _thimble_sink_puts(sink, " ");
    _thimble_put_visible(people, test->id, strlen(test->id));
    _thimble_put_round(people->report, round);
}

void _thimble_put_slow(struct people *people, const struct test *test, double seconds) {
    _thimble_sink_printf(people->report->sink, "still running after %.0f s: ", seconds);
    _thimble_put_visible(people, test->id, strlen(test->id));
    _thimble_sink_puts(people->report->sink, "\n");
}

static void put_indented(struct people *people, const struct span *span, const char *indent) {
    struct sink *sink = people->report->sink;
    const char *at = span->bytes, *end = span->bytes + span->length;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline ? newline : end) - at);
        if (length > 0)
            _thimble_sink_puts(sink, indent);
        _thimble_put_visible(people, at, length);
        _thimble_sink_puts(sink, "\n");
        at += length + 1;
    }
}

static void put_output(struct people *people, const char *heading, const struct span *span) {
    if (span->length == 0)
        return;
    _thimble_sink_printf(people->report->sink, "  %s:\n", heading);
    put_indented(people, span, "    ");
}

static void put_failed_subtest(struct people *people, const struct subtest *subtest) {
    _thimble_sink_puts(people->report->sink, "  ");
    _thimble_put_color(people, OUTCOME_FAILED);
    _thimble_sink_puts(people->report->sink, "FAILED");
    _thimble_end_color(people);
    _thimble_sink_puts(people->report->sink, " subtest ");
    _thimble_put_visible(people, subtest->name.bytes, subtest->name.length);
    _thimble_sink_puts(people->report->sink, "\n");
    put_indented(people, &subtest->message, "    ");
}

/* Of a loop that fails again and again the first are enough, unless all were asked for. */
static void put_failed_subtests(struct people *people, const struct verdict *verdict) {
    enum { MOST = 20 };
    bool all = people->report->options->verbose;
    uint32_t failed = 0;
    for (uint32_t i = 0; i < verdict->subtest_count; i++) {
        if (verdict->subtests[i].outcome != SUBTEST_FAILED)
            continue;
        if (all || failed < MOST)
            put_failed_subtest(people, &verdict->subtests[i]);
        failed++;
    }
    if (!all && failed > MOST)
        _thimble_sink_printf(people->report->sink,
                             "  ... and %u more subtests failed; -v shows them\n", failed - MOST);
}

/* ---- What became of it ---- */

static void put_failure(struct people *people, const struct verdict *verdict) {
    bool passed = verdict->outcome == OUTCOME_PASSED;
    if (people->headed && !people->any)
        _thimble_sink_puts(people->report->sink, "\n");
    people->any = true;
    _thimble_put_heading(people, passed ? OUTCOME_SKIPPED : verdict->outcome,
                         passed ? "WARNING" : NULL, verdict->test, verdict->round);
    _thimble_sink_puts(people->report->sink, "\n");
    put_indented(people, &verdict->message, "  ");
    put_failed_subtests(people, verdict);
    put_output(people, "stdout", &verdict->output[0]);
    put_output(people, "stderr", &verdict->output[1]);
    _thimble_sink_puts(people->report->sink, "\n");
}

void _thimble_people_in_order(struct people *people, const struct verdict *verdict) {
    const struct options *options = people->report->options;
    if (options->durations > 0)
        _thimble_note_duration(people->slowest, verdict);
    if (options->quiet)
        return;
    switch (verdict->outcome) {
    case OUTCOME_PASSED:
        if (verdict->message.length > 0)
            put_failure(people, verdict);
        break;
    case OUTCOME_SKIPPED:
    case OUTCOME_XPASSED:
        _thimble_note_skip(people->skips, verdict);
        break;
    case OUTCOME_XFAILED:
        break;
    default:
        put_failure(people, verdict);
    }
}

/* ---- The end ---- */

static void put_count(struct sink *sink, bool *first, uint32_t count, const char *what) {
    if (count == 0)
        return;
    _thimble_sink_printf(sink, "%s%u %s", *first ? "" : ", ", count, what);
    *first = false;
}

static void put_summary(struct people *people, const struct summary *summary) {
    struct sink *sink = people->report->sink;
    bool first = true;
    _thimble_put_color(people, summary->exit_status ? OUTCOME_FAILED : OUTCOME_PASSED);
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        const struct outcome_text *text = &_thimble_outcomes[i];
        put_count(sink, &first, summary->counts[i],
                  summary->counts[i] == 1 ? text->one : text->many);
    }
    put_count(sink, &first, summary->warnings, summary->warnings == 1 ? "warning" : "warnings");
    put_count(sink, &first, summary->not_run, "not run");
    _thimble_sink_puts(sink, first ? "no tests in " : " in ");
    _thimble_sink_seconds(sink, summary->seconds, 2);
    _thimble_sink_puts(sink, summary->interrupted ? " s, interrupted" : " s");
    _thimble_end_color(people);
    _thimble_sink_puts(sink, "\n");
}

/* In front, for a run that does not get to its end, and behind failures. */
static void put_seed(const struct people *people) {
    if (people->report->plan.shuffled)
        _thimble_sink_printf(people->report->sink, "in the order of --shuffle=%llu\n",
                             (unsigned long long)people->report->plan.seed);
}

void _thimble_people_end(struct people *people, const struct summary *summary) {
    if (!people->report->options->verbose)
        _thimble_put_skips(people);
    if (people->report->options->durations > 0)
        _thimble_put_slowest(people);
    if (summary->memory)
        _thimble_put_memory(people, summary->memory);
    if (summary->exit_status != 0)
        put_seed(people);
    put_summary(people, summary);
}

void _thimble_people_show(struct people *people, struct report *report,
                          const struct verdict *verdict) {
    *people = (struct people){.report = report};
    people->terminal = isatty(report->sink->file);
    people->color = wants_color(report->options, people->terminal);
    put_failure(people, verdict);
}

void _thimble_people_begin(struct people *people, struct report *report) {
    *people = (struct people){.report = report};
    people->terminal = isatty(report->sink->file);
    people->color = wants_color(report->options, people->terminal);
    people->skips = _thimble_new_skips();
    people->slowest = _thimble_new_slowest(report);
    if (!report->options->quiet)
        put_seed(people);
}
