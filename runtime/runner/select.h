/* select.h: which tests the command line means. */
#ifndef RUNNER_SELECT_H
#define RUNNER_SELECT_H

#include "../base/text.h"
#include "options.h"
#include "test.h"

struct selection {
    const struct test **list; /* in the order of tests */
    uint32_t count;
};

/* False where a selector matches nothing; `error` then says which, and what it may
 * have meant. An expression that matches nothing is an empty selection. */
bool _thimble_select(struct selection *, const struct tests *, const struct options *,
                     struct text *error);

#endif
