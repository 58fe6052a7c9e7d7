/* report.h: what is told about a run, and how. A report is one of these structs;
 * the supervisor calls what is not null. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "../runner/options.h"
#include "../runner/outcome.h"

struct report {
    void (*begin)(uint32_t test_count);
    /* A test finished. A verdict's bytes are there during the call only. */
    void (*test)(const struct verdict *);
    /* At the end, each test once more, in the order of definition. */
    void (*in_order)(const struct verdict *);
    void (*end)(const struct summary *);
};

/* The one that the options ask for. */
struct report *_thimble_report(const struct options *);

#endif
