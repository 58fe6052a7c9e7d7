/* The report for programs: a JSON object a line, each as soon as it is known. */
#include "json.h"

#include <string.h>

#include "../base/arena.h"
#include "escape.h"
#include "form.h"
#include "output.h"
#include "report.h"

/* ---- Pieces ---- */

/* Some readers of lines take these for the end of one. */
static bool ends_line(uint32_t point) {
    return point == 0x85 || point == 0x2028 || point == 0x2029;
}

static const char *spell(const char *character, size_t size, char room[SPELLED_ROOM]) {
    if (size == 0)
        return "\\ufffd";
    uint32_t point = _thimble_code_point(character, size);
    const char *common = _thimble_spell_quoted(point);
    if (common)
        return common;
    if (point >= ' ' && point != 0x7f && !ends_line(point))
        return NULL;
    struct text text = _thimble_text(room, SPELLED_ROOM);
    _thimble_printf(&text, "\\u%04x", point);
    return room;
}

/* A string of any bytes: what is no UTF-8 becomes U+FFFD. */
static void put_bytes(struct sink *sink, const char *bytes, size_t length) {
    _thimble_sink_puts(sink, "\"");
    _thimble_put_spelled(sink, bytes, length, spell);
    _thimble_sink_puts(sink, "\"");
}

static void put_string(struct sink *sink, const char *string) {
    put_bytes(sink, string, strlen(string));
}

static void put_key(struct sink *sink, const char *key) {
    _thimble_sink_puts(sink, ", \"");
    _thimble_sink_puts(sink, key);
    _thimble_sink_puts(sink, "\": ");
}

static void put_text(struct sink *sink, const char *key, const char *string) {
    put_key(sink, key);
    put_string(sink, string);
}

static void put_span(struct sink *sink, const char *key, const struct span *span) {
    if (span->length == 0)
        return;
    put_key(sink, key);
    put_bytes(sink, span->bytes, span->length);
}

static void put_number(struct sink *sink, const char *key, uint64_t number) {
    _thimble_sink_printf(sink, ", \"%s\": %llu", key, (unsigned long long)number);
}

static void put_seconds(struct sink *sink, double seconds) {
    put_key(sink, "seconds");
    _thimble_sink_seconds(sink, seconds, 6);
}

static void put_event(struct sink *sink, const char *event) {
    _thimble_sink_puts(sink, "{\"event\": \"");
    _thimble_sink_puts(sink, event);
    _thimble_sink_puts(sink, "\"");
}

/* From 1, where tests run more than once. */
static void put_round(const struct report *report, uint32_t round) {
    if (report->plan.rounds > 1)
        put_number(report->sink, "round", round + 1);
}

/* ---- Events ---- */

static void begin(struct report *report, const struct plan *plan) {
    struct sink *sink = report->sink;
    report->state = _thimble_alloc(&_thimble_arena, plan->test_count + 1);
    put_event(sink, "begin");
    put_number(sink, "tests", plan->test_count);
    put_number(sink, "rounds", plan->rounds);
    put_number(sink, "jobs", plan->jobs);
    if (plan->shuffled)
        put_number(sink, "seed", plan->seed);
    _thimble_sink_puts(sink, "}\n");
}

static void slow(struct report *report, const struct test *test, double seconds) {
    if (seconds < SLOW_SECONDS)
        return;
    put_event(report->sink, "slow");
    put_text(report->sink, "id", test->id);
    put_seconds(report->sink, seconds);
    _thimble_sink_puts(report->sink, "}\n");
}

static void note(struct report *report, const char *line) {
    put_event(report->sink, "note");
    put_text(report->sink, "message", line);
    _thimble_sink_puts(report->sink, "}\n");
}

static void put_subtest(struct report *report, const struct verdict *verdict,
                        const struct subtest *subtest) {
    struct sink *sink = report->sink;
    put_event(sink, "subtest");
    put_text(sink, "id", verdict->test->id);
    put_key(sink, "name");
    put_bytes(sink, subtest->name.bytes, subtest->name.length);
    put_text(sink, "outcome", _thimble_outcomes[_thimble_subtest_outcome(subtest)].name);
    put_seconds(sink, subtest->seconds);
    put_round(report, verdict->round);
    put_span(sink, "message", &subtest->message);
    _thimble_sink_puts(sink, "}\n");
}

static void put_reason(struct sink *sink, const struct verdict *verdict) {
    bool has = verdict->outcome == OUTCOME_SKIPPED || verdict->outcome == OUTCOME_XFAILED ||
               verdict->outcome == OUTCOME_XPASSED;
    struct span reason = has ? _thimble_reason(verdict) : (struct span){0};
    put_span(sink, "reason", &reason);
}

static void test_finished(struct report *report, const struct verdict *verdict) {
    struct sink *sink = report->sink;
    bool *seen = report->state;
    if (_thimble_is_planned(report, verdict))
        seen[verdict->number] = true;
    for (uint32_t i = 0; i < verdict->subtest_count; i++)
        put_subtest(report, verdict, &verdict->subtests[i]);
    put_event(sink, "test");
    put_text(sink, "id", verdict->test->id);
    put_text(sink, "outcome", _thimble_outcomes[verdict->outcome].name);
    put_seconds(sink, verdict->seconds);
    put_text(sink, "file", verdict->test->file);
    put_number(sink, "line", verdict->test->function->line);
    put_round(report, verdict->round);
    put_reason(sink, verdict);
    put_span(sink, "message", &verdict->message);
    put_span(sink, "reachable", &verdict->note);
    put_span(sink, "stdout", &verdict->output[0]);
    put_span(sink, "stderr", &verdict->output[1]);
    _thimble_sink_puts(sink, "}\n");
}

static void put_not_run(struct report *report) {
    const struct plan *plan = &report->plan;
    const bool *seen = report->state;
    for (uint32_t i = 0; plan->tests && i < plan->test_count; i++) {
        if (seen[i])
            continue;
        put_event(report->sink, "not_run");
        put_text(report->sink, "id", plan->tests[i]->id);
        put_round(report, _thimble_round_of(plan, i));
        _thimble_sink_puts(report->sink, "}\n");
    }
}

static void put_site(struct sink *sink, const struct memory_site *site) {
    _thimble_sink_puts(sink, "{\"file\": ");
    put_string(sink, site->file);
    put_number(sink, "line", site->line);
    put_text(sink, "function", site->function);
    put_text(sink, "type", site->type);
    put_number(sink, "count", site->count);
    put_number(sink, "size", site->size);
    _thimble_sink_puts(sink, "}");
}

static void put_memory(struct report *report, const struct memory_use *use) {
    struct sink *sink = report->sink;
    put_event(sink, "memory");
    put_number(sink, "count", use->all.count);
    put_number(sink, "size", use->all.size);
    if (use->peak > 0) {
        put_number(sink, "peak", use->peak);
        put_text(sink, "peak_test", report->plan.tests[use->peak_test]->id);
    }
    put_number(sink, "unknown_tests", use->unknown);
    put_key(sink, "sites");
    for (uint32_t i = 0; i < use->shown; i++) {
        _thimble_sink_puts(sink, i > 0 ? ", " : "[");
        put_site(sink, &use->sites[i]);
    }
    _thimble_sink_puts(sink, use->shown > 0 ? "]}\n" : "[]}\n");
}

static void end(struct report *report, const struct summary *summary) {
    struct sink *sink = report->sink;
    put_not_run(report);
    if (summary->memory)
        put_memory(report, summary->memory);
    put_event(sink, "end");
    for (int i = 0; i < OUTCOME_COUNT; i++)
        put_number(sink, _thimble_outcomes[i].name, summary->counts[i]);
    put_number(sink, "warnings", summary->warnings);
    put_number(sink, "not_run", summary->not_run);
    put_key(sink, "interrupted");
    _thimble_sink_puts(sink, summary->interrupted ? "true" : "false");
    put_seconds(sink, summary->seconds);
    put_number(sink, "exit_status", (uint64_t)summary->exit_status);
    _thimble_sink_puts(sink, "}\n");
}

const struct form *_thimble_json(void) {
    static const struct form form = {
        .begin = begin, .slow = slow, .note = note, .test = test_finished, .end = end};
    return &form;
}

/* ---- The list ---- */

static void list_parameters(struct sink *sink, const struct test *test) {
    put_key(sink, "parameters");
    _thimble_sink_puts(sink, "[");
    for (uint32_t i = 0; i < _thimble_parameter_count(test); i++) {
        _thimble_sink_puts(sink, i > 0 ? ", " : "");
        put_string(sink, _thimble_parameter_name(test->unit, _thimble_test_parameter(test, i)));
    }
    _thimble_sink_puts(sink, "]");
}

static void list_tags(struct sink *sink, const struct test *test) {
    put_key(sink, "tags");
    _thimble_sink_puts(sink, "[");
    for (uint32_t i = 0; i < test->tag_count; i++) {
        _thimble_sink_puts(sink, i > 0 ? ", " : "");
        put_string(sink, test->tags[i]);
    }
    _thimble_sink_puts(sink, "]");
}

/* Of a label NAME[CASE]. */
static void list_case(struct sink *sink, const struct test *test) {
    size_t name = strlen(test->name), label = strlen(test->label);
    if (label < name + 2)
        return;
    const struct span element = {test->label + name + 1, label - name - 2};
    put_span(sink, "case", &element);
}

void _thimble_json_list(const struct test *test) {
    struct sink *sink = _thimble_output();
    _thimble_sink_puts(sink, "{\"id\": ");
    put_string(sink, test->id);
    put_text(sink, "file", test->file);
    put_number(sink, "line", test->function->line);
    list_case(sink, test);
    list_parameters(sink, test);
    list_tags(sink, test);
    if (test->timeout >= 0) {
        put_key(sink, "timeout");
        _thimble_sink_seconds(sink, test->timeout, 3);
    }
    if (test->skip)
        put_text(sink, "skip", test->skip);
    if (test->xfail)
        put_text(sink, "xfail", test->xfail);
    _thimble_sink_puts(sink, "}\n");
}
