/* outcome.h: what becomes of a test. */
#ifndef RUNNER_OUTCOME_H
#define RUNNER_OUTCOME_H

#include <stddef.h>

#include "../base/text.h"
#include "../check/subtests.h"
#include "test.h"

/*   kind, in reports, in a heading, in a summary behind 1 and behind other numbers
 * The order is that of a summary. */
#define OUTCOMES(X)                                                                                \
    X(OUTCOME_PASSED, "passed", "PASSED", "passed", "passed")                                      \
    X(OUTCOME_FAILED, "failed", "FAILED", "failed", "failed")                                      \
    X(OUTCOME_CRASHED, "crashed", "CRASHED", "crashed", "crashed")                                 \
    X(OUTCOME_TIMEOUT, "timeout", "TIMEOUT", "timed out", "timed out")                             \
    X(OUTCOME_LEAKED, "leaked", "LEAKED", "leaked", "leaked")                                      \
    X(OUTCOME_SKIPPED, "skipped", "SKIPPED", "skipped", "skipped")                                 \
    X(OUTCOME_XFAILED, "xfailed", "XFAILED", "xfailed", "xfailed")                                 \
    X(OUTCOME_XPASSED, "xpassed", "XPASSED", "xpassed", "xpassed")                                 \
    X(OUTCOME_ERROR, "error", "ERROR", "error", "errors")

#define OUTCOME_KIND_(kind, name, heading, one, many) kind,
enum outcome { OUTCOMES(OUTCOME_KIND_) OUTCOME_COUNT };
#undef OUTCOME_KIND_

struct outcome_text {
    const char *name, *heading, *one, *many;
};
extern const struct outcome_text _thimble_outcomes[OUTCOME_COUNT];

/* Whether it makes the run one in which some failed. */
bool _thimble_is_bad(enum outcome);

/* A finished test, for the reports. The message of a skipped one is why, and where a test
 * calls xfail that is in the first line of its message. */
struct verdict {
    const struct test *test;
    uint32_t number; /* in the order of the run's tests; of a teardown that failed, behind them */
    uint32_t round;  /* of --repeat, from 0 */
    enum outcome outcome;
    double seconds;
    struct span message; /* without what its subtests say */
    struct span note;    /* lines of what it left that can still be reached: with -v */
    const struct subtest *subtests;
    uint32_t subtest_count;
    struct span output[2]; /* standard output and error of one that did not pass */
};

/* A run that begins. */
struct plan {
    const struct test *const *tests; /* by their numbers, or null */
    uint32_t test_count;             /* of all rounds */
    uint32_t rounds;                 /* of --repeat */
    bool shuffled;
    uint64_t seed;
    uint32_t jobs;
};

/* What the run's tests allocated, for --memory. */
struct memory_site {
    const char *file, *function, *type;
    uint32_t line;
    uint64_t count, size;
};
struct memory_use {
    struct memory_site all, elsewhere; /* numbers only; elsewhere: in units that came later */
    const struct memory_site *sites;   /* by lines, the largest first */
    uint32_t site_count, shown;
    uint64_t peak;      /* the most bytes that a test had at a time */
    uint32_t peak_test; /* its number */
    uint32_t unknown;   /* tests whose processes ended before they could tell */
};

/* A finished run. */
struct summary {
    uint32_t counts[OUTCOME_COUNT];
    uint32_t warnings; /* tests that passed with a message */
    uint32_t not_run;
    double seconds;
    bool interrupted;
    const struct memory_use *memory; /* null where nobody asked */
    int exit_status;
};

#endif
