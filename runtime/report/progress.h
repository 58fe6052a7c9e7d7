/* progress.h: the line on a terminal that says how far a run is. */
#ifndef REPORT_PROGRESS_H
#define REPORT_PROGRESS_H

#include "people.h"

/* One that says nothing where there is no terminal, or nobody wants it. */
struct progress *_thimble_new_progress(struct people *);

void _thimble_progress_test(struct progress *, const struct verdict *);
void _thimble_progress_slow(struct progress *, const struct test *, double seconds);

/* Takes the line away; it comes back with the next put. */
void _thimble_clear_progress(struct progress *);
void _thimble_put_progress(struct progress *);
void _thimble_end_progress(struct progress *);

#endif
