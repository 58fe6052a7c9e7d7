/* check.h: the core's unit tests have no framework: a check that fails prints one
 * line and is counted. */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include <stdbool.h>

#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition)
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), __FILE__, __LINE__)
#define CHECK_CONTAINS(got, part) check_contains((got), (part), __FILE__, __LINE__)

void check(bool condition, const char *file, int line, const char *what);
void check_text(const char *got, const char *wanted, const char *file, int line);
void check_contains(const char *got, const char *part, const char *file, int line);

void check_options(void);
void check_naming(void);
void check_seams(void);
void check_allocators(void);
void check_tables(void);
void check_discovery(void);
void check_layout(void);
void check_types(void);
void check_report(void);

#endif
