/* tracker.h: which blocks are live, and where they were allocated.
 *
 * The recorder records and nothing else: a side table from address to {size,
 * site, number}. Units report their sites' blocks through the hooks in struct
 * thimble_unit; the interposed malloc family (interpose.c) reports every block,
 * foreign code's too, so that one that moved or was freed in foreign code is
 * known and what a foreign block points to is no leak.
 */
#ifndef TRACKER_TRACKER_H
#define TRACKER_TRACKER_H

#include <stdbool.h>
#include <stdint.h>
#include "../base/text.h"
#include "../registry/registry.h"

struct block {
    uintptr_t address;
    size_t size;
    const struct unit *unit; /* null: foreign code's */
    uint32_t site;
    uint64_t number; /* counts up: later blocks have greater ones */
};

/* Begins and ends recording. While it is off a unit's allocating call costs a
 * load and a branch, and an interposed one the same. */
void _thimble_tracker_start(void);
void _thimble_tracker_stop(void);

/* The number that the next block will get. */
uint64_t _thimble_tracker_now(void);

/* ---- leaks.c ---- */

/* Blocks with a site, numbered from `since`, that no pointer leads to any more:
 * from globals, thread storage, stacks and registers, or blocks that are reached
 * from those. Call in the process that made them. Grouped by site, largest first. */
struct leak {
    const struct unit *unit;
    uint32_t site;
    size_t count;
    size_t bytes;
};
size_t _thimble_find_leaks(uint64_t since, struct leak *leaks, size_t capacity);

/* One line: `zoo.c:42: 3 blocks of struct animal, 120 bytes, allocated by malloc in add_animal`. */
void _thimble_describe_leak(struct text *, const struct leak *);

#endif
