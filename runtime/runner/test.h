/* test.h: the program's tests, as the runner knows them. */
#ifndef RUNNER_TEST_H
#define RUNNER_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "fixtures.h"
#include "module.h"

struct test {
    const struct unit *unit;
    const struct thimble_function *function;
    const char *name;  /* the function's */
    const char *label; /* NAME, or NAME[CASE] */
    const char *file;  /* as the compiler was given it */
    const char *path;  /* the same, absolute */
    const char *id;    /* FILE::LABEL, FILE the shortest end of path that is unique */
    const char *wrong; /* why it can't run, or null */

    struct request request; /* its function, with what its parameters get */
    const void *element;    /* its case, or null */
    struct module *home;    /* its unit's set-up */
    struct module *module;  /* the same where tests share some of it, else null */

    const char *const *tags;
    uint32_t tag_count;
    double timeout;    /* seconds; 0: none; negative: what the options say */
    const char *skip;  /* why it is not run, or null */
    const char *xfail; /* why it has to fail, or null */
};

/* All tests of the program: files in the order of their paths, as the linker's is lost
 * where it optimizes, and in a file in the order of definitions, a test's cases in that of
 * the array. */
struct tests {
    struct test *list;
    uint32_t count;
};

struct tests _thimble_collect(void);

/* The parameter's type and name. */
const struct thimble_member *_thimble_test_parameter(const struct test *, uint32_t i);
/* Without the prefix that the header's short names put there. */
const char *_thimble_parameter_name(const struct unit *, const struct thimble_member *);
uint32_t _thimble_parameter_count(const struct test *);

#endif
