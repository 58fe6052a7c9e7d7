/* slowest.h: the tests that took longest, for --durations. */
#ifndef REPORT_SLOWEST_H
#define REPORT_SLOWEST_H

#include "people.h"

struct slowest *_thimble_new_slowest(const struct report *);
void _thimble_note_duration(struct slowest *, const struct verdict *);
void _thimble_put_slowest(struct people *);

#endif
