/* json.h: the list of tests for programs, a JSON object a line. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "../runner/test.h"

/* One line about a test that is only listed. */
void _thimble_json_list(const struct test *);

#endif
