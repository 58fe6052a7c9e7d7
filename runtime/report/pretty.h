/* pretty.h: the report for people. */
#ifndef REPORT_PRETTY_H
#define REPORT_PRETTY_H

#include "form.h"

const struct form *_thimble_pretty(const struct options *);

#endif
