/* check.h: the runtime's unit tests have no framework: a check that fails prints
 * one line and is counted. */
#ifndef RUNTIME_CHECK_H
#define RUNTIME_CHECK_H

#include <stdbool.h>

#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition)
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), __FILE__, __LINE__)
#define CHECK_CONTAINS(got, part) check_contains((got), (part), __FILE__, __LINE__)

void check(bool condition, const char *file, int line, const char *what);
void check_text(const char *got, const char *wanted, const char *file, int line);
void check_contains(const char *got, const char *part, const char *file, int line);
int check_failures(void);

void check_arena(void);
void check_words(void);
void check_expressions(void);
void check_files(void);
void check_options(void);
void check_paths(void);
void check_peek(void);
void check_registry(void);
void check_text_building(void);

#endif
