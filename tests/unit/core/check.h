/* check.h: the core's unit tests. */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include "../checks.h"

void check_options(void);
void check_naming(void);
void check_seams(void);
void check_allocators(void);
void check_sites(void);
void check_tables(void);
void check_discovery(void);
void check_fixtures_and_more(void);
void check_layout(void);
void check_types(void);
void check_report(void);
void check_expressions(void);
void check_value_types(void);
void check_traced(void);
void check_call_graph(void);
void check_call_types(void);
void check_references(void);
void check_injection(void);

#endif
