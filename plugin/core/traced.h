/* traced.h: which sources get tables of lines, so that a failure can show the way to it. */
#ifndef CORE_TRACED_H
#define CORE_TRACED_H

#include "options.h"

/* Whether a way from a test to a failure is likely to lead through this main source file.
 * It has to be known before the file is parsed, so its text decides: whether it has names
 * of tests in it, includes our header, or says assert, which neither the command line
 * (`ndebug`) nor itself has emptied. True where it is no file that can be read twice. */
bool traced_source(const struct options *, const char *source_file, bool ndebug);
/* The same of a text. */
bool traced_text(const struct options *, const char *text, size_t length, bool ndebug);

#endif
