/* select.h: which tests the command line and Bazel mean, and in what order they run. */
#ifndef RUNNER_SELECT_H
#define RUNNER_SELECT_H

#include "../base/text.h"
#include "options.h"
#include "test.h"

struct selection {
    const struct test **list; /* the rounds of --repeat, one behind the other */
    uint32_t count;           /* of one round */
    uint32_t rounds;
    const char *note;  /* what the user should know of it: a line, or null */
    bool may_be_empty; /* it passes then: a shard, or what Bazel asks all programs for */
};

/* False where a selector matches nothing; `error` then says which, and what it may
 * have meant. An expression that matches nothing is an empty selection. Last failures
 * have to be open, see last_failed.h. */
bool _thimble_select(struct selection *, const struct tests *, const struct options *,
                     struct text *error);

#endif
