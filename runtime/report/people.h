/* people.h: what the reports that people read share: failures, what was skipped, the slowest
 * tests and the summary, all of it at the end. */
#ifndef REPORT_PEOPLE_H
#define REPORT_PEOPLE_H

#include "form.h"

struct people {
    struct report *report;
    bool terminal, color;
    bool headed; /* something stands above the first failure */
    bool any;    /* failures were shown */
    struct skips *skips;
    struct slowest *slowest;
};

void _thimble_people_begin(struct people *, struct report *);

/* One test that has failed, as it is shown at the end. */
void _thimble_people_show(struct people *, struct report *, const struct verdict *);

/* In front of what is said at the end. */
void _thimble_people_in_order(struct people *, const struct verdict *);
void _thimble_people_end(struct people *, const struct summary *);

/* A line's start: the outcome in its colour and the test; `word` stands for the outcome's
 * own where it is not null. */
void _thimble_put_heading(struct people *, enum outcome, const char *word, const struct test *,
                          uint32_t round);

/* Begins and ends a colour, where there are colours. */
void _thimble_put_color(struct people *, enum outcome);
void _thimble_end_color(struct people *);

/* A terminal takes some bytes for commands: it gets something else in their place. */
void _thimble_put_visible(struct people *, const char *bytes, size_t length);

/* The terminal's, or 80. */
uint32_t _thimble_width(const struct people *);

void _thimble_put_slow(struct people *, const struct test *, double seconds);

#endif
