/* leak_report.h: what a test left behind, in the words of its message. */
#ifndef RUNNER_LEAK_REPORT_H
#define RUNNER_LEAK_REPORT_H

#include "../check/slate.h"
#include "../tracker/tracker.h"

/* Each with its first objects and, where frames are kept, the calls that led there. */
void _thimble_report_leaks(struct slate *, const struct leak *, size_t count);

/* What can still be reached: lines behind NOTE_MARK. */
void _thimble_report_reachable(struct slate *, const struct leak *, size_t count);

#endif
