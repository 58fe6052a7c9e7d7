#include "report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "form.h"
#include "output.h"
#include "people.h"

/* One on standard output, and one for each option that names a file. */
#define MOST_REPORTS 3

static struct {
    struct report list[MOST_REPORTS];
    uint32_t count;
    bool ended;
} reports;

/* ---- Opening ---- */

static struct report *add(const struct form *form, const struct options *options) {
    struct report *report = &reports.list[reports.count++];
    *report = (struct report){.form = form, .options = options, .destination = {.file = -1}};
    return report;
}

static struct sink *new_sink(int file) {
    struct sink *sink = _thimble_alloc(&_thimble_arena, sizeof(*sink));
    *sink = _thimble_new_sink(file);
    return sink;
}

static void drop_all(void) {
    for (uint32_t i = 0; i < reports.count; i++) {
        if (reports.list[i].destination.file >= 0)
            _thimble_destination_drop(&reports.list[i].destination);
    }
    reports.count = 0;
}

static bool add_file(const struct form *form, const struct options *options, const char *option,
                     const char *path, struct text *error) {
    if (!path)
        return true;
    struct destination destination;
    if (!_thimble_destination_open(&destination, option, path, error))
        return false;
    struct report *report = add(form, options);
    report->destination = destination;
    report->sink = new_sink(destination.file);
    return true;
}

static const struct form *form_of(const struct options *options) {
    switch (options->format) {
    case FORMAT_DOTS:
        return _thimble_dots();
    case FORMAT_TAP:
        return _thimble_tap();
    case FORMAT_JSON:
        return _thimble_json();
    default:
        return _thimble_pretty();
    }
}

static bool collide(struct text *error) {
    const struct destination *a = &reports.list[0].destination, *b = &reports.list[1].destination;
    if (reports.count < 2 || !((a->output && b->output) || strcmp(a->target, b->target) == 0))
        return false;
    _thimble_printf(error, "options --junit and --json both name '%s'", b->path);
    return true;
}

bool _thimble_reports_open(const struct options *options, struct text *error) {
    memset(&reports, 0, sizeof(reports));
    if (!add_file(_thimble_junit(), options, "--junit", options->junit, error) ||
        !add_file(_thimble_json(), options, "--json", options->json, error) || collide(error)) {
        drop_all();
        return false;
    }
    /* Where standard output is taken the people read standard error. */
    bool taken = false;
    for (uint32_t i = 0; i < reports.count; i++)
        taken |= reports.list[i].destination.output;
    struct report *report = add(form_of(options), options);
    report->sink = taken ? new_sink(STDERR_FILENO) : _thimble_output();
    report->destination.streams = true;
    return true;
}

void _thimble_reports_redirect(int from, int to) {
    for (uint32_t i = 0; i < reports.count; i++) {
        if (reports.list[i].sink->file == from)
            reports.list[i].sink->file = to;
    }
}

/* ---- While it runs ---- */

#define TELL(call, ...)                                                                            \
    for (struct report *report = reports.list; report < reports.list + reports.count; report++) {  \
        if (report->form->call)                                                                    \
            report->form->call(report, __VA_ARGS__);                                               \
    }

void _thimble_report_begin(const struct plan *plan) {
    for (uint32_t i = 0; i < reports.count; i++)
        reports.list[i].plan = *plan;
    TELL(begin, plan)
}

void _thimble_report_slow(const struct test *test, double seconds) {
    TELL(slow, test, seconds)
}

void _thimble_report_note(const char *line) {
    TELL(note, line)
}

void _thimble_report_test(const struct verdict *verdict) {
    TELL(test, verdict)
}

void _thimble_reports_hide(void) {
    for (struct report *report = reports.list; report < reports.list + reports.count; report++) {
        if (report->form->hide)
            report->form->hide(report);
        if (report->destination.streams)
            _thimble_sink_flush(report->sink);
    }
}

void _thimble_report_now(int file, const struct verdict *verdict) {
    struct report *last = &reports.list[reports.count - 1];
    struct sink sink = _thimble_new_sink(file);
    struct report report = {.options = last->options, .sink = &sink, .plan = last->plan};
    struct people people;
    _thimble_reports_hide();
    _thimble_people_show(&people, &report, verdict);
    _thimble_sink_flush(&sink);
}

void _thimble_report_in_order(const struct verdict *verdict) {
    TELL(in_order, verdict)
}

void _thimble_report_end(const struct summary *summary) {
    TELL(end, summary)
    reports.ended = true;
}

static bool is_standard_output(const struct report *report) {
    return report->destination.output || report->sink == _thimble_output();
}

bool _thimble_reports_flush(void) {
    bool read = true;
    for (struct report *report = reports.list; report < reports.list + reports.count; report++) {
        if (report->form->refresh)
            report->form->refresh(report);
        if (report->destination.streams && !_thimble_sink_flush(report->sink))
            read &= !is_standard_output(report);
    }
    return read;
}

/* ---- Closing ---- */

/* A reader that went away knows that it has not seen all. */
static bool close_stream(const struct report *report) {
    int error = report->sink->error;
    if (error && error != EPIPE) {
        struct text text = _thimble_growing_text();
        _thimble_printf(&text, "thimble: the report on standard %s is not whole: %s\n",
                        report->sink == _thimble_output() ? "output" : "error", strerror(error));
        _thimble_write(STDERR_FILENO, text.data, text.length);
    }
    return !error;
}

bool _thimble_reports_close(void) {
    bool whole = true;
    for (struct report *report = reports.list; report < reports.list + reports.count; report++) {
        if (report->destination.file >= 0 && !reports.ended) {
            _thimble_destination_drop(&report->destination);
            continue;
        }
        _thimble_sink_flush(report->sink);
        whole &= report->destination.file >= 0
                     ? _thimble_destination_close(&report->destination, report->sink->error)
                     : close_stream(report);
    }
    reports.count = 0;
    return whole;
}
