/* form.h: a form of report, and a report that is written in it. See report.h for what the
 * calls mean; what is null in a form is not called. */
#ifndef REPORT_FORM_H
#define REPORT_FORM_H

#include "../runner/options.h"
#include "../runner/outcome.h"
#include "destination.h"
#include "sink.h"

struct report;

struct form {
    void (*begin)(struct report *, const struct plan *);
    void (*slow)(struct report *, const struct test *, double seconds);
    void (*note)(struct report *, const char *line);
    void (*test)(struct report *, const struct verdict *);
    void (*in_order)(struct report *, const struct verdict *);
    /* Something else is about to be written to the same terminal. */
    void (*hide)(struct report *);
    /* What was put is about to be seen. */
    void (*refresh)(struct report *);
    void (*end)(struct report *, const struct summary *);
};

struct report {
    const struct form *form;
    const struct options *options;
    struct sink *sink;
    struct plan plan;               /* once it has begun */
    struct destination destination; /* of one in a file */
    void *state;                    /* the form's own */
};

const struct form *_thimble_pretty(void);
const struct form *_thimble_dots(void);
const struct form *_thimble_tap(void);
const struct form *_thimble_json(void);
const struct form *_thimble_junit(void);

/* ---- What several forms say ---- */

/* Why a test was skipped, or had to fail: the mark's reason, or the first line of its
 * message. */
struct span _thimble_reason(const struct verdict *);

/* The message without that reason. */
struct span _thimble_rest_of_message(const struct verdict *);

/* The first line of it. */
struct span _thimble_first_line(const struct span *);

uint32_t _thimble_failed_subtests(const struct verdict *);

/* " (run 2 of 3)" where tests run more than once. */
void _thimble_put_round(struct report *, uint32_t round);

/* Whether it is one of the run's tests, and no teardown for several of them. */
bool _thimble_is_planned(const struct report *, const struct verdict *);

/* Of the test with that number. */
uint32_t _thimble_round_of(const struct plan *, uint32_t number);

/* Of a subtest, as a test's. */
enum outcome _thimble_subtest_outcome(const struct subtest *);

#endif
