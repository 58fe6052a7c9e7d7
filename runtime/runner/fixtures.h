/* fixtures.h: the values that a test asks for by naming a parameter. */
#ifndef RUNNER_FIXTURES_H
#define RUNNER_FIXTURES_H

#include "test.h"

/* By enum provider; the last has no name. */
struct fixture {
    const char *name;
    enum thimble_type_kind target; /* of the pointer that the parameter is */
    const char *tag;               /* of that target, or null */
};
extern const struct fixture _thimble_fixtures[];

/* Who provides a parameter of this name and type: an enum provider, or -1. */
int _thimble_provider(const struct unit *, const char *name, const struct thimble_member *);

bool _thimble_uses(const struct test *, enum provider);

/* What the process of a test hands over. */
struct provisions {
    const char *tmp_path;
    int output[2]; /* where its standard output and error are kept, or -1 */
};
void *_thimble_provide(const struct provisions *, enum provider);

#endif
