/* checks.h: unit tests that stand below any framework: a check that fails prints one line
 * and is counted. Each program of them defines these functions. */
#ifndef UNIT_CHECKS_H
#define UNIT_CHECKS_H

#include <stdbool.h>

#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition)
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), __FILE__, __LINE__)
#define CHECK_CONTAINS(got, part) check_contains((got), (part), __FILE__, __LINE__)

void check(bool condition, const char *file, int line, const char *what);
void check_text(const char *got, const char *wanted, const char *file, int line);
void check_contains(const char *got, const char *part, const char *file, int line);

#endif
