/* What reports are made of. How they look and whether others can read them stands in
 * tests/reports. */
#include <string.h>
#include <unistd.h>

#include "../../../runtime/base/arena.h"
#include "../../../runtime/report/escape.h"
#include "../../../runtime/report/form.h"
#include "../../../runtime/report/junit_text.h"
#include "../../../runtime/report/skips.h"
#include "../../../runtime/report/slowest.h"
#include "../../../runtime/report/yaml.h"
#include "../../../runtime/runner/memory_file.h"
#include "check.h"

/* ---- What was put into a sink ---- */

static struct sink sink;

static void empty_sink(void) {
    if (!sink.buffer)
        sink = _thimble_new_sink(_thimble_memory_file());
    sink.used = 0;
}

static const char *text_in_sink(void) {
    return _thimble_strndup(&_thimble_arena, sink.buffer, sink.used);
}

static const char *seconds(double number, int digits) {
    empty_sink();
    _thimble_sink_seconds(&sink, number, digits);
    return text_in_sink();
}

static void check_seconds(void) {
    CHECK_TEXT(seconds(0, 2), "0.00");
    CHECK_TEXT(seconds(1.999, 2), "2.00");
    CHECK_TEXT(seconds(12.3456789, 6), "12.345679");
    CHECK_TEXT(seconds(0.0625, 3), "0.063");
    CHECK_TEXT(seconds(100000.05, 2), "100000.05");
    CHECK_TEXT(seconds(-1, 2), "0.00");
}

static void check_writing(void) {
    struct sink small = {.file = _thimble_memory_file(), .size = 4, .buffer = (char[4]){0}};
    _thimble_sink_puts(&small, "a giraffe");
    CHECK(small.total == 9 && small.used == 1);
    CHECK(_thimble_sink_flush(&small));
    char got[16] = "";
    CHECK(pread(small.file, got, sizeof(got) - 1, 0) == 9);
    CHECK_TEXT(got, "a giraffe");
    close(small.file);
    _thimble_sink_puts(&small, "another");
    CHECK(!_thimble_sink_flush(&small) && small.error != 0);
}

static const char *timestamp(int64_t seconds_since_1970) {
    struct text text = _thimble_growing_text();
    _thimble_put_timestamp(&text, seconds_since_1970);
    return text.data;
}

static void check_timestamps(void) {
    CHECK_TEXT(timestamp(0), "1970-01-01T00:00:00");
    CHECK_TEXT(timestamp(951782399), "2000-02-28T23:59:59");
    CHECK_TEXT(timestamp(951782400), "2000-02-29T00:00:00");
    CHECK_TEXT(timestamp(1709251199), "2024-02-29T23:59:59");
    CHECK_TEXT(timestamp(1709251200), "2024-03-01T00:00:00");
    CHECK_TEXT(timestamp(1767225599), "2025-12-31T23:59:59");
    CHECK_TEXT(timestamp(4107542400), "2100-03-01T00:00:00");
}

/* ---- Languages ---- */

static const char *yaml(const char *bytes, size_t length) {
    const struct span value = {bytes, length};
    empty_sink();
    _thimble_put_yaml(&sink, "  ", "key", &value);
    return text_in_sink();
}

static const char *yaml_string(const char *string) {
    return yaml(string, strlen(string));
}

static void check_yaml(void) {
    CHECK_TEXT(yaml_string(""), "");
    CHECK_TEXT(yaml_string("one"), "  key: \"one\"\n");
    CHECK_TEXT(yaml_string("a\n b\n\nc\n"), "  key: |\n    a\n     b\n    \n    c\n");
    CHECK_TEXT(yaml_string(" a\nb"), "  key: \" a\\nb\"\n");
    CHECK_TEXT(yaml_string("a\nb\n\n"), "  key: \"a\\nb\\n\\n\"\n");
    CHECK_TEXT(yaml_string("a\n ... \nb"), "  key: \"a\\n ... \\nb\"\n");
    CHECK_TEXT(yaml_string("a\r\nb"), "  key: \"a\\x0d\\nb\"\n");
    CHECK_TEXT(yaml_string("\xc2\x85 \xe2\x80\xa8 \xef\xbb\xbf ä"),
               "  key: \"\\x85 \\u2028 \\ufeff ä\"\n");
    CHECK_TEXT(yaml("\0\xff\"\\\t", 5), "  key: \"\\x00\xef\xbf\xbd\\\"\\\\\\t\"\n");
}

static const char *xml(const char *bytes, size_t length, bool attribute) {
    empty_sink();
    (attribute ? _thimble_put_attribute_value : _thimble_put_xml)(&sink, bytes, length);
    return text_in_sink();
}

static void check_xml(void) {
    CHECK_TEXT(xml("<a b=\"&\">]]>\n\t'", 15, false), "&lt;a b=&quot;&amp;&quot;&gt;]]&gt;\n\t'");
    CHECK_TEXT(xml("\n\t\r", 3, true), "&#10;&#9;&#13;");
    CHECK_TEXT(xml("\0\033\xff\xef\xbf\xbf", 6, false),
               "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    CHECK_TEXT(xml("\x7fä\xf0\x9f\xa6\x92", 7, false), "\x7fä\xf0\x9f\xa6\x92");
}

static void check_code_points(void) {
    CHECK(_thimble_code_point("a", 1) == 'a');
    CHECK(_thimble_code_point("ä", 2) == 0xe4);
    CHECK(_thimble_code_point("…", 3) == 0x2026);
    CHECK(_thimble_code_point("\xf0\x9f\xa6\x92", 4) == 0x1f992);
}

/* ---- Reasons ---- */

static const char *reason_of(enum outcome outcome, const char *mark, const char *message,
                             const char **rest) {
    const struct test test = {.skip = outcome == OUTCOME_SKIPPED ? mark : "another",
                              .xfail = outcome == OUTCOME_SKIPPED ? "another" : mark};
    const struct verdict verdict = {
        .test = &test, .outcome = outcome, .message = {message, strlen(message)}};
    struct span reason = _thimble_reason(&verdict), other = _thimble_rest_of_message(&verdict);
    *rest = _thimble_strndup(&_thimble_arena, other.bytes, other.length);
    return _thimble_strndup(&_thimble_arena, reason.bytes, reason.length);
}

static void check_reasons(void) {
    const char *rest;
    CHECK_TEXT(reason_of(OUTCOME_SKIPPED, NULL, "no pool", &rest), "no pool");
    CHECK_TEXT(rest, "");
    CHECK_TEXT(reason_of(OUTCOME_SKIPPED, "no pool", "", &rest), "no pool");
    CHECK_TEXT(rest, "");
    CHECK_TEXT(reason_of(OUTCOME_SKIPPED, "no pool", "no pool", &rest), "no pool");
    CHECK_TEXT(rest, "");
    CHECK_TEXT(reason_of(OUTCOME_XFAILED, "a bug", "zoo.c:1: assert(0)", &rest), "a bug");
    CHECK_TEXT(rest, "zoo.c:1: assert(0)");
    CHECK_TEXT(reason_of(OUTCOME_XFAILED, NULL, "a bug\nand more", &rest), "a bug");
    CHECK_TEXT(rest, "and more");
    CHECK_TEXT(reason_of(OUTCOME_XFAILED, "a bug", "a bug too", &rest), "a bug");
    CHECK_TEXT(rest, "a bug too");
    CHECK_TEXT(reason_of(OUTCOME_XFAILED, NULL, "", &rest), "");
}

static void check_rounds(void) {
    const struct plan plan = {.test_count = 6, .rounds = 3}, one = {.test_count = 6, .rounds = 1};
    CHECK(_thimble_round_of(&plan, 1) == 0 && _thimble_round_of(&plan, 2) == 1);
    CHECK(_thimble_round_of(&plan, 5) == 2 && _thimble_round_of(&one, 5) == 0);
}

/* ---- What was skipped ---- */

/* Of one reason, and of so many others. */
static const char *skips(uint32_t others) {
    static const struct test test = {.id = "a"}, marked = {.id = "b", .xfail = "no pool"};
    const struct options options = {0};
    empty_sink();
    struct report report = {.options = &options, .sink = &sink};
    struct people people = {.report = &report, .skips = _thimble_new_skips()};
    struct verdict verdict = {.test = &test, .outcome = OUTCOME_SKIPPED, .message = {"no pool", 7}};
    _thimble_note_skip(people.skips, &verdict);
    _thimble_note_skip(people.skips,
                       &(struct verdict){.test = &marked, .outcome = OUTCOME_XPASSED});
    _thimble_note_skip(people.skips, &verdict);
    char reason[] = "aa";
    verdict.message = (struct span){reason, 2};
    for (uint32_t i = 0; i < others; i++, reason[i % 2]++)
        _thimble_note_skip(people.skips, &verdict);
    _thimble_put_skips(&people);
    return text_in_sink();
}

static void check_skips(void) {
    CHECK_TEXT(skips(0), "SKIPPED 2 tests: no pool\nXPASSED b: no pool\n");
    CHECK_TEXT(skips(1), "SKIPPED 2 tests: no pool\nXPASSED b: no pool\nSKIPPED a: aa\n");
    const char *many = skips(25);
    CHECK_CONTAINS(many, "\n... and 7 more tests for other reasons: -v shows them\n");
}

/* ---- The slowest ---- */

static void check_slowest(void) {
    static const double times[] = {0.5, 3, 1, 3, 0.25, 2};
    static const struct test tests[] = {{.id = "a"}, {.id = "b"}, {.id = "c"},
                                        {.id = "d"}, {.id = "e"}, {.id = "f"}};
    const struct options options = {.durations = 4};
    empty_sink();
    struct report report = {.options = &options, .sink = &sink, .plan = {.test_count = 6}};
    struct people people = {.report = &report, .slowest = _thimble_new_slowest(&report)};
    for (int i = 0; i < 6; i++)
        _thimble_note_duration(people.slowest,
                               &(struct verdict){.test = &tests[i], .seconds = times[i]});
    _thimble_put_slowest(&people);
    CHECK_TEXT(text_in_sink(),
               "slowest tests:\n  3.000 s  b\n  3.000 s  d\n  2.000 s  f\n  1.000 s  c\n");
}

void check_reports(void) {
    check_seconds();
    check_writing();
    check_timestamps();
    check_yaml();
    check_xml();
    check_code_points();
    check_reasons();
    check_rounds();
    check_skips();
    check_slowest();
    close(sink.file);
}
