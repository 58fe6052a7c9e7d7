/* values.h: the values that fixtures made, in the process that made them. */
#ifndef RUNNER_VALUES_H
#define RUNNER_VALUES_H

#include "../check/running.h"
#include "fixtures.h"

/* What the runner itself provides to a test. */
struct provisions {
    const char *tmp_path;
    struct thimble_capture *capture;
    const void *element; /* its case */
};

/* Called in front of each value that is made, or ended. */
typedef void value_begins(struct fixture *, void *data);

/* Makes what a request needs and lives as long as that, each value behind those that it needs
 * itself. What lives longer has to be there. Stops at one that can't be made, and returns
 * how that function was left; *maker is then its fixture. */
struct left _thimble_make_values(const struct request *, enum lifetime, const struct provisions *,
                                 bool catches, value_begins *begins, void *data,
                                 struct fixture **maker);

/* A fixture of the request that failed before, or null. */
struct fixture *_thimble_failed_value(const struct request *);

/* Ends the value that was made last and lives as long as that. False where there is none.
 * *ender is its fixture, *left how its teardown was left. */
bool _thimble_end_value(enum lifetime, bool catches, value_begins *begins, void *data,
                        struct fixture **ender, struct left *);

/* Calls the request's function with its arguments. */
void _thimble_call_request(const struct request *, const struct provisions *);

#endif
