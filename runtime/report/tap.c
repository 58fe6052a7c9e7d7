/* TAP 14, https://testanything.org/tap-version-14-specification.html: a point for each test,
 * in the order in which they finish. */
#include <string.h>

#include "../base/arena.h"
#include "../runner/exit_status.h"
#include "escape.h"
#include "form.h"
#include "report.h"
#include "yaml.h"

struct tap {
    uint32_t count;  /* of points */
    uint32_t others; /* among them, that are no tests of the plan */
    bool *seen;      /* by the tests' numbers */
};

/* What stands within a line: # and \ are escaped, and what is no character for a line is
 * replaced. */
static const char *spell(const char *character, size_t size, char room[SPELLED_ROOM]) {
    (void)room;
    unsigned char first = (unsigned char)character[0];
    if (size == 0)
        return "\xef\xbf\xbd";
    if (first == '#')
        return "\\#";
    if (first == '\\')
        return "\\\\";
    return first < 0x20 || first == 0x7f ? " " : NULL;
}

static void put_line(struct sink *sink, const struct span *line) {
    _thimble_put_spelled(sink, line->bytes, line->length, spell);
}

static void put_string(struct sink *sink, const char *string) {
    put_line(sink, &(struct span){string, strlen(string)});
}

static void put_description(struct report *report, const struct test *test, uint32_t round) {
    put_string(report->sink, test->id);
    _thimble_put_round(report, round);
}

/* ---- While it runs ---- */

static void begin(struct report *report, const struct plan *plan) {
    struct tap *tap = _thimble_alloc(&_thimble_arena, sizeof(*tap));
    tap->seen = _thimble_alloc(&_thimble_arena, plan->test_count + 1);
    report->state = tap;
    _thimble_sink_puts(report->sink, "TAP version 14\n");
    if (plan->shuffled)
        _thimble_sink_printf(report->sink, "# in the order of --shuffle=%llu\n",
                             (unsigned long long)plan->seed);
}

static void slow(struct report *report, const struct test *test, double seconds) {
    if (seconds < SLOW_SECONDS)
        return;
    _thimble_sink_printf(report->sink, "# still running after %.0f s: ", seconds);
    put_string(report->sink, test->id);
    _thimble_sink_puts(report->sink, "\n");
}

static void note(struct report *report, const char *line) {
    _thimble_sink_puts(report->sink, "# ");
    put_string(report->sink, line);
    _thimble_sink_puts(report->sink, "\n");
}

/* ---- A point ---- */

static void put_directive(struct sink *sink, const char *directive, const struct span *reason) {
    _thimble_sink_printf(sink, " # %s", directive);
    if (reason->length > 0)
        _thimble_sink_puts(sink, " ");
    put_line(sink, reason);
}

static void put_duration(struct sink *sink, const char *indent, double seconds) {
    _thimble_sink_printf(sink, "%sduration_ms: ", indent);
    _thimble_sink_seconds(sink, seconds * 1000, 3);
    _thimble_sink_puts(sink, "\n");
}

static void put_subtest(struct sink *sink, uint32_t number, const struct subtest *subtest) {
    bool failed = subtest->outcome == SUBTEST_FAILED;
    struct span reason = _thimble_first_line(&subtest->message);
    _thimble_sink_printf(sink, "    %s %u - ", failed ? "not ok" : "ok", number);
    put_line(sink, &subtest->name);
    if (subtest->outcome == SUBTEST_SKIPPED)
        put_directive(sink, "SKIP", &reason);
    _thimble_sink_puts(sink, "\n");
    if (!failed)
        return;
    _thimble_sink_puts(sink, "      ---\n");
    _thimble_put_yaml(sink, "      ", "message", &subtest->message);
    put_duration(sink, "      ", subtest->seconds);
    _thimble_sink_puts(sink, "      ...\n");
}

static void put_subtests(struct report *report, const struct verdict *verdict) {
    if (verdict->subtest_count == 0)
        return;
    _thimble_sink_puts(report->sink, "# Subtest: ");
    put_description(report, verdict->test, verdict->round);
    _thimble_sink_printf(report->sink, "\n    1..%u\n", verdict->subtest_count);
    for (uint32_t i = 0; i < verdict->subtest_count; i++)
        put_subtest(report->sink, i + 1, &verdict->subtests[i]);
}

static void put_diagnostics(struct sink *sink, const struct verdict *verdict) {
    const struct test *test = verdict->test;
    const struct span file = {test->file, strlen(test->file)};
    _thimble_sink_puts(sink, "  ---\n");
    _thimble_put_yaml(sink, "  ", "message", &verdict->message);
    _thimble_sink_printf(sink, "  outcome: %s\n", _thimble_outcomes[verdict->outcome].name);
    put_duration(sink, "  ", verdict->seconds);
    _thimble_sink_puts(sink, "  at:\n");
    _thimble_put_yaml(sink, "    ", "file", &file);
    _thimble_sink_printf(sink, "    line: %u\n", test->function->line);
    _thimble_put_yaml(sink, "  ", "stdout", &verdict->output[0]);
    _thimble_put_yaml(sink, "  ", "stderr", &verdict->output[1]);
    _thimble_sink_puts(sink, "  ...\n");
}

static bool is_ok(enum outcome outcome) {
    return outcome == OUTCOME_PASSED || outcome == OUTCOME_SKIPPED || outcome == OUTCOME_XPASSED;
}

static void put_point(struct report *report, const struct verdict *verdict) {
    struct tap *tap = report->state;
    struct span reason = _thimble_reason(verdict);
    _thimble_sink_printf(report->sink, "%s %u - ", is_ok(verdict->outcome) ? "ok" : "not ok",
                         ++tap->count);
    put_description(report, verdict->test, verdict->round);
    if (verdict->outcome == OUTCOME_SKIPPED)
        put_directive(report->sink, "SKIP", &reason);
    if (verdict->outcome == OUTCOME_XFAILED || verdict->outcome == OUTCOME_XPASSED)
        put_directive(report->sink, "TODO", &reason);
    _thimble_sink_puts(report->sink, "\n");
}

static void test_finished(struct report *report, const struct verdict *verdict) {
    struct tap *tap = report->state;
    if (_thimble_is_planned(report, verdict))
        tap->seen[verdict->number] = true;
    else
        tap->others++;
    put_subtests(report, verdict);
    put_point(report, verdict);
    if (!is_ok(verdict->outcome) ||
        (verdict->outcome == OUTCOME_PASSED && verdict->message.length > 0))
        put_diagnostics(report->sink, verdict);
}

/* ---- The end ---- */

/* Those that a run did not get to which was told to stop early. */
static void put_not_run(struct report *report) {
    struct tap *tap = report->state;
    const struct plan *plan = &report->plan;
    for (uint32_t i = 0; plan->tests && i < plan->test_count; i++) {
        if (tap->seen[i])
            continue;
        _thimble_sink_printf(report->sink, "ok %u - ", ++tap->count);
        put_description(report, plan->tests[i], _thimble_round_of(plan, i));
        _thimble_sink_puts(report->sink, " # SKIP not run\n");
    }
}

/* The plan stands behind the points: how many there are is not known before, for a teardown
 * that fails is one, too. */
static void end(struct report *report, const struct summary *summary) {
    const struct tap *tap = report->state;
    bool gave_up = summary->interrupted || summary->exit_status == EXIT_INTERNAL_ERROR;
    if (!gave_up)
        put_not_run(report);
    _thimble_sink_printf(report->sink, "1..%u\n", report->plan.test_count + tap->others);
    if (summary->interrupted)
        _thimble_sink_puts(report->sink, "Bail out! interrupted\n");
    else if (gave_up)
        _thimble_sink_printf(report->sink, "Bail out! %u tests could not be run\n",
                             summary->not_run);
}

const struct form *_thimble_tap(void) {
    static const struct form form = {
        .begin = begin, .slow = slow, .note = note, .test = test_finished, .end = end};
    return &form;
}
