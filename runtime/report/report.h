/* report.h: what is told about a run. The supervisor says what happens to all the reports
 * that the options ask for: one on standard output and any number in files. Bytes and text
 * that are handed over are there during the call only. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "../runner/options.h"
#include "../runner/outcome.h"

/* Opens the files; `-` and /dev/stdout are standard output, and then the report for people
 * goes to standard error. False, with what can't be written to in `error`. */
bool _thimble_reports_open(const struct options *, struct text *error);

void _thimble_report_begin(const struct plan *);
/* A test takes long: of the running ones those that were told of stand in the line of
 * progress. From SLOW_SECONDS on it is a note in every report, each time that it is said. */
#define SLOW_SECONDS 60
void _thimble_report_slow(const struct test *, double seconds);
/* What the user should know about the run as a whole: a line. */
void _thimble_report_note(const char *line);
/* A test finished. */
void _thimble_report_test(const struct verdict *);
/* Something else is about to be written to the terminal. */
void _thimble_reports_hide(void);
/* A test is about to fail: that is shown in this terminal at once, behind all that was said. */
void _thimble_report_now(int file, const struct verdict *);
/* At the end, each test that finished once more, in the order of definition. */
void _thimble_report_in_order(const struct verdict *);
void _thimble_report_end(const struct summary *);

/* What was to be written to the one descriptor is written to the other from now on. */
void _thimble_reports_redirect(int from, int to);

/* Writes out what is to be seen at once. False where standard output can't be written to
 * any more. */
bool _thimble_reports_flush(void);
/* Behind the end: gives the files their names; without an end, as if none had been opened.
 * False, with a message for each on standard error, where a report is not whole. */
bool _thimble_reports_close(void);

#endif
