#include "report.h"

#include "form.h"
#include "json.h"
#include "output.h"
#include "pretty.h"

static const struct form *form;

bool _thimble_reports_open(const struct options *options, struct text *error) {
    (void)error;
    form = options->format == FORMAT_JSON ? _thimble_json() : _thimble_pretty(options);
    return true;
}

void _thimble_report_begin(const struct plan *plan) {
    if (form->begin)
        form->begin(plan);
}

void _thimble_report_slow(const struct test *test, double seconds) {
    if (form->slow)
        form->slow(test, seconds);
}

void _thimble_report_note(const char *line) {
    if (form->note)
        form->note(line);
}

void _thimble_report_test(const struct verdict *verdict) {
    if (form->test)
        form->test(verdict);
}

void _thimble_report_in_order(const struct verdict *verdict) {
    if (form->in_order)
        form->in_order(verdict);
}

void _thimble_report_end(const struct summary *summary) {
    if (form->end)
        form->end(summary);
}

bool _thimble_reports_flush(void) {
    return _thimble_flush_output();
}

bool _thimble_reports_close(void) {
    return _thimble_flush_output();
}
