/* memory.h: what the run's tests allocated, for --memory. */
#ifndef REPORT_MEMORY_H
#define REPORT_MEMORY_H

#include "people.h"

void _thimble_put_memory(struct people *, const struct memory_use *);

#endif
