/* JUnit XML as Jenkins' schema (junit-10.xsd) and Maven's have it: a suite for each source
 * file, and in it a case for each test and each subtest. A suite begins with its counts, so
 * the cases wait in a file in memory until all are known.
 *
 * The schemas have no place for a case's file and line, and Jenkins leaves out a report with
 * an attribute that it does not know: the suite has the file, the failure's text the line. */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../runner/memory_file.h"
#include "junit_case.h"
#include "junit_text.h"

#define HOST_NAME_SIZE 256

/* Cases of one suite that stand behind each other. */
struct stretch {
    uint64_t start, end;
    struct stretch *next;
};

struct suite {
    const char *path;
    const struct test *first; /* any of its tests */
    struct junit_counts counts;
    double seconds;
    struct stretch *stretches, *last;
    struct suite *next;
};

struct junit {
    struct sink cases; /* in memory */
    struct suite *suites, **end;
    struct suite *recent;
    bool *seen; /* by the tests' numbers */
    struct text notes;
    char timestamp[32];
    char host[HOST_NAME_SIZE];
};

/* ---- Suites ---- */

static bool is_of(const struct suite *suite, const struct test *test) {
    return suite->path == test->path || strcmp(suite->path, test->path) == 0;
}

static struct suite *suite_of(struct junit *junit, const struct test *test) {
    struct suite *suite = junit->recent;
    if (suite && is_of(suite, test))
        return suite;
    suite = junit->suites;
    while (suite && !is_of(suite, test))
        suite = suite->next;
    if (!suite) {
        suite = _thimble_alloc(&_thimble_arena, sizeof(*suite));
        suite->path = test->path;
        suite->first = test;
        *junit->end = suite;
        junit->end = &suite->next;
    }
    return junit->recent = suite;
}

static void add_stretch(struct suite *suite, uint64_t start, uint64_t end) {
    if (suite->last && suite->last->end == start) {
        suite->last->end = end;
        return;
    }
    struct stretch *stretch = _thimble_alloc(&_thimble_arena, sizeof(*stretch));
    *stretch = (struct stretch){start, end, NULL};
    if (suite->last)
        suite->last->next = stretch;
    else
        suite->stretches = stretch;
    suite->last = stretch;
}

/* ---- The run ---- */

static void begin(struct report *report, const struct plan *plan) {
    struct junit *junit = _thimble_alloc(&_thimble_arena, sizeof(*junit));
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct text timestamp = _thimble_text(junit->timestamp, sizeof(junit->timestamp));
    _thimble_put_timestamp(&timestamp, now.tv_sec);
    if (gethostname(junit->host, HOST_NAME_SIZE - 1) != 0 || !junit->host[0])
        memcpy(junit->host, "localhost", sizeof("localhost"));
    junit->cases = _thimble_new_sink(_thimble_memory_file());
    junit->end = &junit->suites;
    junit->seen = _thimble_alloc(&_thimble_arena, plan->test_count + 1);
    junit->notes = _thimble_growing_text();
    report->state = junit;
}

static void note(struct report *report, const char *line) {
    struct junit *junit = report->state;
    _thimble_printf(&junit->notes, "%s\n", line);
}

static void in_order(struct report *report, const struct verdict *verdict) {
    struct junit *junit = report->state;
    struct suite *suite = suite_of(junit, verdict->test);
    uint64_t start = junit->cases.total;
    if (_thimble_is_planned(report, verdict))
        junit->seen[verdict->number] = true;
    suite->seconds += verdict->seconds;
    _thimble_put_junit_cases(&junit->cases, &report->plan, verdict, &suite->counts);
    add_stretch(suite, start, junit->cases.total);
}

/* ---- The end ---- */

static void put_stretch(struct sink *sink, int file, const struct stretch *stretch) {
    char buffer[16 * 1024];
    for (uint64_t at = stretch->start; at < stretch->end;) {
        size_t wanted = stretch->end - at < sizeof(buffer) ? stretch->end - at : sizeof(buffer);
        ssize_t got = pread(file, buffer, wanted, (off_t)at);
        if (got <= 0)
            return;
        _thimble_sink_put(sink, buffer, (size_t)got);
        at += (uint64_t)got;
    }
}

static void put_property(struct sink *sink, const char *name, const char *value) {
    _thimble_sink_printf(sink, "      <property name=\"%s\"", name);
    _thimble_put_attribute_string(sink, "value", value);
    _thimble_sink_puts(sink, "/>\n");
}

static void put_properties(struct sink *sink, const struct plan *plan) {
    char number[32];
    struct text text = _thimble_text(number, sizeof(number));
    _thimble_sink_puts(sink, "    <properties>\n");
    put_property(sink, "thimble", THIMBLE_VERSION);
    if (plan->shuffled) {
        _thimble_printf(&text, "%llu", (unsigned long long)plan->seed);
        put_property(sink, "seed", text.data);
    }
    _thimble_sink_puts(sink, "    </properties>\n");
}

static void put_counts(struct sink *sink, const struct junit_counts *counts) {
    _thimble_sink_printf(sink, " tests=\"%u\" failures=\"%u\" errors=\"%u\"", counts->tests,
                         counts->failures, counts->errors);
}

static void put_suite(struct report *report, const struct suite *suite) {
    const struct junit *junit = report->state;
    struct sink *sink = report->sink;
    const struct span file = _thimble_file_of_id(suite->first);
    _thimble_sink_puts(sink, "  <testsuite");
    _thimble_put_attribute(sink, "name", &file);
    put_counts(sink, &suite->counts);
    _thimble_sink_printf(sink, " skipped=\"%u\"", suite->counts.skipped);
    _thimble_put_attribute_seconds(sink, "time", suite->seconds);
    _thimble_put_attribute_string(sink, "timestamp", junit->timestamp);
    _thimble_put_attribute_string(sink, "hostname", junit->host);
    _thimble_put_attribute_string(sink, "file", suite->first->file);
    _thimble_sink_puts(sink, ">\n");
    put_properties(sink, &report->plan);
    for (const struct stretch *stretch = suite->stretches; stretch; stretch = stretch->next)
        put_stretch(sink, junit->cases.file, stretch);
    if (suite == junit->suites && junit->notes.length > 0) {
        _thimble_sink_puts(sink, "    <system-err>");
        _thimble_put_xml(sink, junit->notes.data, junit->notes.length);
        _thimble_sink_puts(sink, "</system-err>\n");
    }
    _thimble_sink_puts(sink, "  </testsuite>\n");
}

static void put_all(struct report *report, double seconds) {
    const struct junit *junit = report->state;
    struct junit_counts all = {0};
    for (const struct suite *suite = junit->suites; suite; suite = suite->next) {
        all.tests += suite->counts.tests;
        all.failures += suite->counts.failures;
        all.errors += suite->counts.errors;
    }
    _thimble_sink_puts(report->sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                     "<testsuites name=\"thimble\"");
    put_counts(report->sink, &all);
    _thimble_put_attribute_seconds(report->sink, "time", seconds);
    _thimble_sink_puts(report->sink, ">\n");
    for (const struct suite *suite = junit->suites; suite; suite = suite->next)
        put_suite(report, suite);
    _thimble_sink_puts(report->sink, "</testsuites>\n");
}

static void put_not_run(struct report *report, uint32_t number, const char *why) {
    struct junit *junit = report->state;
    struct suite *suite = suite_of(junit, report->plan.tests[number]);
    uint64_t start = junit->cases.total;
    _thimble_put_junit_not_run(&junit->cases, &report->plan, number, why, &suite->counts);
    add_stretch(suite, start, junit->cases.total);
}

static void end(struct report *report, const struct summary *summary) {
    struct junit *junit = report->state;
    const char *why = summary->interrupted ? "not run: the run was interrupted" : "not run";
    for (uint32_t i = 0; report->plan.tests && i < report->plan.test_count; i++) {
        if (!junit->seen[i])
            put_not_run(report, i, why);
    }
    if (!_thimble_sink_flush(&junit->cases))
        report->sink->error = junit->cases.error;
    put_all(report, summary->seconds);
    close(junit->cases.file);
}

const struct form *_thimble_junit(void) {
    static const struct form form = {
        .begin = begin, .note = note, .in_order = in_order, .end = end};
    return &form;
}
