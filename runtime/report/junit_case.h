/* junit_case.h: what an XML report has about a test. */
#ifndef REPORT_JUNIT_CASE_H
#define REPORT_JUNIT_CASE_H

#include "form.h"

/* Cases by what became of them. */
struct junit_counts {
    uint32_t tests, failures, errors, skipped;
};

/* FILE of an id FILE::LABEL. */
struct span _thimble_file_of_id(const struct test *);

/* The case of a test and those of its subtests. */
void _thimble_put_junit_cases(struct sink *, const struct plan *, const struct verdict *,
                              struct junit_counts *);

/* Of a test that was not run. */
void _thimble_put_junit_not_run(struct sink *, const struct plan *, uint32_t number,
                                const char *why, struct junit_counts *);

#endif
