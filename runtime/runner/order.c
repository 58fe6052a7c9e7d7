#include "order.h"

#include "../base/arena.h"
#include "random.h"

/* A part of a list of tests. */
struct block {
    uint32_t first, count;
    const struct module *module;
};

struct blocks {
    const struct test **tests;
    uint32_t test_count;
    struct block *list;
    uint32_t count;
};

/* ---- Blocks ---- */

/* The block that the test belongs to; it is mostly the last one. */
static uint32_t block_of(struct blocks *blocks, const struct test *test) {
    for (uint32_t i = blocks->count; test->module && i-- > 0;) {
        if (blocks->list[i].module == test->module)
            return i;
    }
    blocks->list[blocks->count] = (struct block){.module = test->module};
    return blocks->count++;
}

static struct blocks group(const struct test *const *list, uint32_t count) {
    struct blocks blocks = {.test_count = count};
    blocks.tests = _thimble_alloc(&_thimble_arena, (count + 1) * sizeof(*blocks.tests));
    blocks.list = _thimble_alloc(&_thimble_arena, (count + 1) * sizeof(*blocks.list));
    uint32_t *own = _thimble_alloc(&_thimble_arena, (count + 1) * sizeof(*own));
    for (uint32_t i = 0; i < count; i++) {
        own[i] = block_of(&blocks, list[i]);
        blocks.list[own[i]].count++;
    }
    for (uint32_t i = 0, first = 0; i < blocks.count; i++) {
        blocks.list[i].first = first;
        first += blocks.list[i].count;
        blocks.list[i].count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct block *block = &blocks.list[own[i]];
        blocks.tests[block->first + block->count++] = list[i];
    }
    return blocks;
}

/* ---- Shards ---- */

static uint32_t least(const uint32_t *loads, uint32_t count) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < count && loads[best] > 0; i++) {
        if (loads[i] < loads[best])
            best = i;
    }
    return best;
}

/* Gives the block's tests to the shards that have the fewest yet. `targets` is by the
 * place among the blocks' tests. */
static void deal(const struct block *block, uint32_t share, uint32_t *loads, uint32_t used,
                 uint32_t *targets) {
    uint32_t at = block->first, end = at + block->count;
    while (at < end) {
        uint32_t target = least(loads, used);
        uint32_t size = end - at < share ? end - at : share;
        loads[target] += size;
        for (; size > 0; size--)
            targets[at++] = target;
    }
}

uint32_t _thimble_take_shard(const struct test **list, uint32_t count, uint32_t shard,
                             uint32_t shard_count) {
    struct blocks blocks = group(list, count);
    uint32_t share = count / shard_count + (count % shard_count > 0);
    /* Those behind the tests' number stay empty. */
    uint32_t used = shard_count < count ? shard_count : count;
    uint32_t *loads = _thimble_alloc(&_thimble_arena, (used + 1) * sizeof(*loads));
    uint32_t *targets = _thimble_alloc(&_thimble_arena, (count + 1) * sizeof(*targets));
    /* The large ones first: the others fill up what they leave. */
    for (int single = 0; single < 2; single++) {
        for (uint32_t i = 0; i < blocks.count; i++) {
            if ((blocks.list[i].count == 1) == (bool)single)
                deal(&blocks.list[i], share, loads, used, targets);
        }
    }
    uint32_t taken = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (targets[i] == shard)
            list[taken++] = blocks.tests[i];
    }
    return taken;
}

/* ---- Order ---- */

static void shuffle_tests(struct random *random, const struct test **list, uint32_t count) {
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = _thimble_random_below(random, i);
        const struct test *test = list[other];
        list[other] = list[i - 1];
        list[i - 1] = test;
    }
}

static void shuffle(struct random *random, struct blocks *blocks) {
    for (uint32_t i = blocks->count; i > 1; i--) {
        uint32_t other = _thimble_random_below(random, i);
        struct block block = blocks->list[other];
        blocks->list[other] = blocks->list[i - 1];
        blocks->list[i - 1] = block;
    }
    for (uint32_t i = 0; i < blocks->count; i++)
        shuffle_tests(random, blocks->tests + blocks->list[i].first, blocks->list[i].count);
}

/* How those that failed last are told from others. */
struct failed {
    const struct tests *all;
    const bool *marks; /* or null */
};

static bool has_failed(const struct failed *failed, const struct test *test) {
    return failed->marks && failed->marks[test - failed->all->list];
}

static bool holds_failed(const struct failed *failed, const struct blocks *blocks,
                         const struct block *block) {
    for (uint32_t i = 0; i < block->count; i++) {
        if (has_failed(failed, blocks->tests[block->first + i]))
            return true;
    }
    return false;
}

/* Appends the block's tests that failed, or the others. */
static const struct test **put_tests(const struct test **end, const struct blocks *blocks,
                                     const struct block *block, const struct failed *failed,
                                     bool wanted) {
    for (uint32_t i = 0; i < block->count; i++) {
        const struct test *test = blocks->tests[block->first + i];
        if (has_failed(failed, test) == wanted)
            *end++ = test;
    }
    return end;
}

/* Blocks with failed tests first, and these first in them. */
static void put_round(const struct test **end, const struct blocks *blocks,
                      const struct failed *failed) {
    for (int others = 0; others < 2; others++) {
        for (uint32_t i = 0; i < blocks->count; i++) {
            const struct block *block = &blocks->list[i];
            if (holds_failed(failed, blocks, block) == (bool)others)
                continue;
            end = put_tests(end, blocks, block, failed, true);
            end = put_tests(end, blocks, block, failed, false);
        }
    }
}

const struct test **_thimble_order(const struct test *const *list, uint32_t count,
                                   const struct options *options, const struct tests *all,
                                   const bool *marks) {
    struct blocks blocks = group(list, count);
    struct random random = {options->seed};
    const struct failed failed = {all, options->failed_first ? marks : NULL};
    size_t size = ((size_t)count * options->repeat + 1) * sizeof(*list);
    const struct test **rounds = _thimble_alloc(&_thimble_arena, size);
    for (uint32_t i = 0; i < options->repeat; i++) {
        if (options->shuffle)
            shuffle(&random, &blocks);
        put_round(rounds + (size_t)i * count, &blocks, &failed);
    }
    return rounds;
}
