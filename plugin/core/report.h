/* report.h: what the plugin found and did in a unit, as JSON (option report=FILE). */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include "model.h"
#include <stdio.h>

/* Writes the file. Returns 0 or an errno. */
int report_write(const struct model *, const char *file);

/* The same to an open stream; without "sites", where nobody looked for them. */
int report_print(const struct model *, FILE *, bool sites);

#endif
