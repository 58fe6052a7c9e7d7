/* tracker.h: which blocks are live, and where they were allocated.
 *
 * The recorder records and nothing else: a side table from address to {size,
 * site, number}. Units report their sites' blocks through the hooks in struct
 * thimble_unit; the interposed malloc family (interpose.c) reports every block,
 * foreign code's too, so that one that moved or was freed in foreign code is
 * known and what a foreign block points to is no leak.
 *
 * The layers, each on those above it:
 *   table.c      address -> struct block
 *   interpose.c  the process's malloc family, reporting to the table
 *   tracker.c    the switch, and the units' hooks, which name a block's site
 *   threads.c    holding the other threads still
 *   roots.c      the memory that a program's pointers can be found in
 *   leaks.c      which blocks no pointer leads to
 */
#ifndef TRACKER_TRACKER_H
#define TRACKER_TRACKER_H

#include "../base/text.h"
#include "../registry/registry.h"
#include <stdbool.h>
#include <stdint.h>

struct block {
    uintptr_t address;
    size_t size;             /* as it was asked for */
    const struct unit *unit; /* null: foreign code's */
    uint32_t site;
    uint32_t number; /* see _thimble_tracker_now; one that is resized keeps it */
};

/* Begins recording. A program that runs tests has recorded from its first block
 * on; where recording begins here, older blocks are unknown. While it is off a
 * unit's allocating call costs a load and a branch, and an interposed one the
 * same. */
void _thimble_tracker_start(void);

/* Ends recording and forgets all blocks. Both are called while no other thread
 * runs code of a unit. */
void _thimble_tracker_stop(void);

/* Marks a moment: blocks made from now on have at least this number, those that
 * are there have smaller ones. */
uint32_t _thimble_tracker_now(void);

/* Blocks made since that moment, in whatever thread, are no leaks: who had them was left by a
 * jump. */
void _thimble_excuse_since(uint32_t moment);

/* How many blocks could not be recorded. */
uint64_t _thimble_tracker_dropped(void);

/* What is known of the memory at an address. */
enum memory_state {
    MEMORY_UNKNOWN, /* no heap block's, or nothing is recorded */
    MEMORY_LIVE,
    MEMORY_FREED /* one of the last blocks that were */
};
struct memory {
    enum memory_state state;
    struct block block;      /* LIVE */
    const struct unit *unit; /* FREED: the site that freed it; null: foreign code */
    uint32_t site;
};

/* Looking at all blocks is what it costs to be certain: *searches says how often that may
 * still be done. A live block that the address is inside of is looked for only if `inside`
 * is set; one that begins there is found at once. */
void _thimble_memory_at(const void *address, bool inside, unsigned *searches, struct memory *);

/* ---- leaks.c ---- */

/* Blocks with a site, numbered from `since`, that no pointer leads to any more:
 * from globals, thread storage, stacks and registers, older blocks, or blocks that
 * are reached from those. Call in the process that made them. Grouped by site,
 * largest first; returns how many groups were put into `leaks`. None are found
 * where blocks can't be observed: under a sanitizer, which looks for leaks
 * itself, or Valgrind, and where a program brings its own malloc. */
struct leak {
    const struct unit *unit;
    uint32_t site;
    size_t count;
    size_t bytes;
};
size_t _thimble_find_leaks(uint32_t since, struct leak *leaks, size_t capacity);

/* Whether any block with a site was numbered from `since`: quick. */
bool _thimble_tracker_has_since(uint32_t since);

/* Wipes some of the stack below the caller's frame. Call before a test's body is
 * called, and when it has returned: functions that are called next would
 * otherwise have what it left behind between their variables, and hide its
 * leaks. */
void _thimble_clear_dead_stack(void);

/* ---- describe.c ---- */

/* One line: `zoo.c:42: 3 blocks of struct animal, 120 bytes, allocated by malloc in add_animal`. */
void _thimble_describe_leak(struct text *, const struct leak *);

#endif
