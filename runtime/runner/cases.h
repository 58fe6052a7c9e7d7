/* cases.h: a test that runs once for each element of an array. */
#ifndef RUNNER_CASES_H
#define RUNNER_CASES_H

#include "test.h"

/* The cases of the unit's test number `test`, or null. */
const struct thimble_cases *_thimble_cases_of(const struct unit *, uint32_t test);
/* How many cases all tests of the unit have. */
size_t _thimble_case_count(const struct unit *);

/* Makes the test that of case number i: NAME[i], or by the element's `name`. */
void _thimble_be_case(struct test *, const struct thimble_cases *, uint32_t i);

#endif
