/* results.h: from the board to the reports, in the supervisor. */
#ifndef RUNNER_RESULTS_H
#define RUNNER_RESULTS_H

#include "session.h"

/* A test that was said to take long. */
struct slow {
    uint32_t test; /* its number, or NO_TEST */
    bool very;
};

struct results {
    struct session *session;
    struct summary summary;
    uint32_t read; /* of session->order */
    uint32_t notes;
    bool *seen;        /* by the test's number */
    struct slow *slow; /* by the lane */
    char *bytes;       /* of the verdict at hand */
    size_t capacity;
    /* Its message with the way to a failure, without subtests, without notes; and these. */
    struct text way, own, rest, notes_of_test;
    struct subtest *subtests;
    uint32_t subtest_room;
};

void _thimble_results_begin(struct results *, struct session *);
/* Hands what came since to the reports. */
void _thimble_take_results(struct results *);
/* Behind the last test: all once more, in order, and how many were not run. */
void _thimble_results_end(struct results *);

#endif
