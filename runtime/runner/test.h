/* test.h: the program's tests, as the runner knows them. */
#ifndef RUNNER_TEST_H
#define RUNNER_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "../registry/registry.h"

/* Tests take no more parameters than there are built-in fixtures. */
enum provider { PROVIDER_TMP_PATH, PROVIDER_CAPTURE };
#define MOST_PARAMETERS 2

struct test {
    const struct unit *unit;
    const struct thimble_function *function;
    const void *address;
    const char *name;
    const char *file;  /* as the compiler was given it */
    const char *path;  /* the same, absolute */
    const char *id;    /* FILE::NAME, FILE the shortest end of path that is unique */
    const char *wrong; /* why it can't run, or null */
    enum provider providers[MOST_PARAMETERS];
    uint32_t parameter_count;
};

/* All tests of the program: files in the order of their paths, as the linker's is lost
 * where it optimizes, and in a file in the order of definitions. */
struct tests {
    struct test *list;
    uint32_t count;
};

struct tests _thimble_collect(void);

/* The parameter's type and name. */
const struct thimble_member *_thimble_test_parameter(const struct test *, uint32_t i);
/* Without the prefix that the header's short names put there. */
const char *_thimble_parameter_name(const struct test *, uint32_t i);
uint32_t _thimble_parameter_count(const struct test *);

#endif
