/* json.h: the report and the list for programs, a JSON object a line. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "form.h"

const struct form *_thimble_json(void);

/* One line about a test that is only listed. */
void _thimble_json_list(const struct test *);

#endif
