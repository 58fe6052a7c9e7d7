/* pretty.h: the report for people. */
#ifndef REPORT_PRETTY_H
#define REPORT_PRETTY_H

#include "report.h"

struct report *_thimble_pretty(const struct options *);

#endif
