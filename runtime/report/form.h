/* form.h: a form of report; what is null in it is not called. See report.h for what the
 * calls mean. */
#ifndef REPORT_FORM_H
#define REPORT_FORM_H

#include "../runner/options.h"
#include "../runner/outcome.h"

struct form {
    void (*begin)(const struct plan *);
    void (*slow)(const struct test *, double seconds);
    void (*note)(const char *line);
    void (*test)(const struct verdict *);
    void (*in_order)(const struct verdict *);
    void (*end)(const struct summary *);
};

#endif
