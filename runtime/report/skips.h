/* skips.h: tests that were skipped, or passed where they had to fail: those of one reason
 * in one line. */
#ifndef REPORT_SKIPS_H
#define REPORT_SKIPS_H

#include "people.h"

struct skips *_thimble_new_skips(void);
void _thimble_note_skip(struct skips *, const struct verdict *);
void _thimble_put_skips(struct people *);

#endif
