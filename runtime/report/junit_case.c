#include "junit_case.h"

#include <string.h>

#include "junit_text.h"

/* ---- Names ---- */

struct span _thimble_file_of_id(const struct test *test) {
    const char *colons = strstr(test->id, "::");
    return (struct span){test->id, colons ? (size_t)(colons - test->id) : strlen(test->id)};
}

/* Jenkins takes what stands in front of the last point for a package: tests/test_zoo.c is
 * tests.test_zoo. */
static void put_class(struct sink *sink, const struct test *test) {
    struct span file = _thimble_file_of_id(test);
    if (file.length > 2 && memcmp(file.bytes + file.length - 2, ".c", 2) == 0)
        file.length -= 2;
    const char *at = file.bytes, *end = file.bytes + file.length;
    at += at < end && *at == '/';
    _thimble_sink_puts(sink, " classname=\"");
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        const char *part = slash ? slash : end;
        _thimble_put_attribute_value(sink, at, (size_t)(part - at));
        _thimble_sink_puts(sink, slash ? "." : "");
        at = slash ? slash + 1 : end;
    }
    _thimble_sink_puts(sink, "\"");
}

/* LABEL, or LABEL [SUBTEST]. Cases of one name would be taken for one. */
static void begin_case(struct sink *sink, const struct plan *plan, const struct test *test,
                       uint32_t round, const struct span *subtest) {
    _thimble_sink_puts(sink, "    <testcase");
    put_class(sink, test);
    _thimble_sink_puts(sink, " name=\"");
    _thimble_put_attribute_value(sink, test->label, strlen(test->label));
    if (subtest) {
        _thimble_sink_puts(sink, " [");
        _thimble_put_attribute_value(sink, subtest->bytes, subtest->length);
        _thimble_sink_puts(sink, "]");
    }
    if (plan->rounds > 1)
        _thimble_sink_printf(sink, " (run %u of %u)", round + 1, plan->rounds);
    _thimble_sink_puts(sink, "\"");
}

/* ---- Pieces ---- */

/* A failure, an error or a skip: a line that says all, and the rest. */
static void put_finding(struct sink *sink, const char *element, const char *type,
                        const struct span *line, const struct span *text) {
    _thimble_sink_printf(sink, "      <%s type=\"%s\"", element, type);
    _thimble_put_attribute(sink, "message", line);
    _thimble_sink_puts(sink, ">");
    _thimble_put_xml(sink, text->bytes, text->length);
    _thimble_sink_printf(sink, "</%s>\n", element);
}

static const char *element_of(enum outcome outcome) {
    switch (outcome) {
    case OUTCOME_PASSED:
    case OUTCOME_XPASSED:
        return NULL;
    case OUTCOME_SKIPPED:
    case OUTCOME_XFAILED:
        return "skipped";
    case OUTCOME_FAILED:
    case OUTCOME_LEAKED:
        return "failure";
    default:
        return "error";
    }
}

static void count(struct junit_counts *counts, const char *element) {
    counts->tests++;
    counts->failures += element && strcmp(element, "failure") == 0;
    counts->errors += element && strcmp(element, "error") == 0;
    counts->skipped += element && strcmp(element, "skipped") == 0;
}

/* ---- A test ---- */

/* Of a test whose own message is empty, what its subtests did is the line. */
static void put_bad(struct sink *sink, const struct verdict *verdict) {
    const char *outcome = _thimble_outcomes[verdict->outcome].name;
    struct span line = _thimble_first_line(&verdict->message);
    char buffer[64];
    struct text short_text = _thimble_text(buffer, sizeof(buffer));
    uint32_t failed = _thimble_failed_subtests(verdict);
    if (failed > 0)
        _thimble_printf(&short_text, "%u of %u subtests failed", failed, verdict->subtest_count);
    else
        _thimble_puts(&short_text, outcome);
    if (line.length == 0)
        line = (struct span){short_text.data, short_text.length};
    put_finding(sink, element_of(verdict->outcome), outcome, &line, &verdict->message);
}

static void put_skip(struct sink *sink, const struct verdict *verdict) {
    const struct span line = _thimble_reason(verdict), rest = _thimble_rest_of_message(verdict);
    put_finding(sink, "skipped", _thimble_outcomes[verdict->outcome].name, &line, &rest);
}

/* What a case has to say that counts as passed: the format has no place of its own for
 * that. */
static bool has_remark(const struct verdict *verdict) {
    return verdict->outcome == OUTCOME_XPASSED ||
           (verdict->outcome == OUTCOME_PASSED && verdict->message.length > 0);
}

static void put_remark(struct sink *sink, const struct verdict *verdict) {
    bool passed = verdict->outcome == OUTCOME_PASSED;
    const struct span text = passed ? verdict->message : _thimble_reason(verdict);
    _thimble_sink_puts(sink, passed ? "warning: " : "passed, and should have failed: ");
    _thimble_put_xml(sink, text.bytes, text.length);
    _thimble_sink_puts(sink, "\n");
}

static void put_output(struct sink *sink, const struct verdict *verdict) {
    const struct span *output = verdict->output;
    if (output[0].length > 0) {
        _thimble_sink_puts(sink, "      <system-out>");
        _thimble_put_xml(sink, output[0].bytes, output[0].length);
        _thimble_sink_puts(sink, "</system-out>\n");
    }
    if (output[1].length == 0 && !has_remark(verdict))
        return;
    _thimble_sink_puts(sink, "      <system-err>");
    if (has_remark(verdict))
        put_remark(sink, verdict);
    _thimble_put_xml(sink, output[1].bytes, output[1].length);
    _thimble_sink_puts(sink, "</system-err>\n");
}

static bool says_nothing(const struct verdict *verdict) {
    return !element_of(verdict->outcome) && !has_remark(verdict) &&
           verdict->output[0].length == 0 && verdict->output[1].length == 0;
}

static void put_test(struct sink *sink, const struct plan *plan, const struct verdict *verdict,
                     struct junit_counts *counts) {
    const char *element = element_of(verdict->outcome);
    count(counts, element);
    begin_case(sink, plan, verdict->test, verdict->round, NULL);
    _thimble_put_attribute_seconds(sink, "time", verdict->seconds);
    if (says_nothing(verdict)) {
        _thimble_sink_puts(sink, "/>\n");
        return;
    }
    _thimble_sink_puts(sink, ">\n");
    if (element && strcmp(element, "skipped") == 0)
        put_skip(sink, verdict);
    else if (element)
        put_bad(sink, verdict);
    put_output(sink, verdict);
    _thimble_sink_puts(sink, "    </testcase>\n");
}

static void put_subtest(struct sink *sink, const struct plan *plan, const struct verdict *verdict,
                        const struct subtest *subtest, struct junit_counts *counts) {
    enum outcome outcome = _thimble_subtest_outcome(subtest);
    const char *element = element_of(outcome);
    count(counts, element);
    begin_case(sink, plan, verdict->test, verdict->round, &subtest->name);
    _thimble_put_attribute_seconds(sink, "time", subtest->seconds);
    if (!element) {
        _thimble_sink_puts(sink, "/>\n");
        return;
    }
    const struct span line = _thimble_first_line(&subtest->message), none = {0};
    bool all_said = outcome == OUTCOME_SKIPPED && line.length == subtest->message.length;
    _thimble_sink_puts(sink, ">\n");
    put_finding(sink, element, _thimble_outcomes[outcome].name, &line,
                all_said ? &none : &subtest->message);
    _thimble_sink_puts(sink, "    </testcase>\n");
}

void _thimble_put_junit_cases(struct sink *sink, const struct plan *plan,
                              const struct verdict *verdict, struct junit_counts *counts) {
    put_test(sink, plan, verdict, counts);
    for (uint32_t i = 0; i < verdict->subtest_count; i++)
        put_subtest(sink, plan, verdict, &verdict->subtests[i], counts);
}

void _thimble_put_junit_not_run(struct sink *sink, const struct plan *plan, uint32_t number,
                                const char *why, struct junit_counts *counts) {
    const struct span line = {why, strlen(why)}, none = {0};
    count(counts, "skipped");
    begin_case(sink, plan, plan->tests[number], _thimble_round_of(plan, number), NULL);
    _thimble_put_attribute_seconds(sink, "time", 0);
    _thimble_sink_puts(sink, ">\n");
    put_finding(sink, "skipped", "not run", &line, &none);
    _thimble_sink_puts(sink, "    </testcase>\n");
}
