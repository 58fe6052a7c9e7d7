/* order.h: in which order tests run, and which are a shard's. The tests of a unit with a
 * set-up for all of them (test->module) share what is expensive: they make up a block, in
 * the place of the first of them, in every order. Any other test is a block of its own. */
#ifndef RUNNER_ORDER_H
#define RUNNER_ORDER_H

#include "options.h"
#include "test.h"

/* Takes out of the list what is another shard's; returns how many stay. The shards are of
 * about the same size; only a block that is larger than that is split. */
uint32_t _thimble_take_shard(const struct test **list, uint32_t count, uint32_t shard,
                             uint32_t shard_count);

/* All rounds of the list, one behind the other, each as the options order it. `failed`
 * says which tests failed last, by their place among all of them; null: none did. */
const struct test **_thimble_order(const struct test *const *list, uint32_t count,
                                   const struct options *, const struct tests *all,
                                   const bool *failed);

#endif
