/* check.h: the runtime's unit tests. */
#ifndef RUNTIME_CHECK_H
#define RUNTIME_CHECK_H

#include "../checks.h"

int check_failures(void);

void check_arena(void);
void check_words(void);
void check_expressions(void);
void check_files(void);
void check_last_failed(void);
void check_leaving(void);
void check_door(void);
void check_options(void);
void check_paths(void);
void check_peek(void);
void check_registry(void);
void check_reports(void);
void check_selection(void);
void check_subtests(void);
void check_symbols(void);
void check_text_building(void);
void check_ways(void);

#endif
