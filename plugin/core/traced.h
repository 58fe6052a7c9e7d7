/* traced.h: which sources get tables of lines, so that a failure can show the way to it. */
#ifndef CORE_TRACED_H
#define CORE_TRACED_H

#include "options.h"

/* Whether a way from a test to a failure is likely to lead through this main source file.
 * It has to be known before the file is parsed, so its text decides: whether it has names
 * of tests in it, says assert, or includes our header. True where it is
 * no file that can be read twice. */
bool traced_source(const struct options *, const char *source_file);
/* The same of a text. */
bool traced_text(const struct options *, const char *text, size_t length);

#endif
