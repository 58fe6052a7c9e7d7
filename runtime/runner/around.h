/* around.h: what runs around a test, as a number that a test which writes where it must not
 * can spoil without harm. */
#ifndef RUNNER_AROUND_H
#define RUNNER_AROUND_H

#include "test.h"

enum around { AROUND_NOTHING, AROUND_SETUP, AROUND_TEARDOWN, AROUND_FIXTURES };

/* A fixture's function, or its teardown. */
uint32_t _thimble_around_fixture(const struct fixture *, bool ending);

/* The function's name; null for a number that means none. */
const char *_thimble_around_name(const struct test *, uint32_t around);

#endif
