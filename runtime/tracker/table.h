/* table.h: the live blocks, by address.
 *
 * A hash table in shards with a lock each, in memory of its own. Safe among
 * threads and across fork. Nothing here calls malloc, and a lock is never held
 * while anything else is called, so that a caller may hold any other lock.
 *
 * A block that can't be recorded (the system has no memory, or a signal handler
 * allocates while its own thread is in here) is dropped and counted.
 */
#ifndef TRACKER_TABLE_H
#define TRACKER_TABLE_H

#include "tracker.h"

/* The number of a block that is made now. */
extern _Atomic uint32_t _thimble_block_number;

/* Records the block, in place of one with its address. False: dropped. */
bool _thimble_table_put(const struct block *);

/* Takes the block at an address out. False: it is not there. */
bool _thimble_table_take(uintptr_t address, struct block *taken);

/* The release that this thread is about to make, as the unit that makes it says, and what
 * is remembered of one. Addresses stand here inverted: nothing that looks for pointers
 * may take them for some. */
struct release {
    uintptr_t inverted;
    const struct unit *unit; /* null: foreign code's */
    uint32_t site;
    uint32_t size;  /* of the block, or UINT32_MAX for more */
    uint32_t order; /* the later, the greater */
};
extern __thread struct release _thimble_release __attribute__((tls_model("initial-exec")));

/* Takes the block at an address out, as it is freed. False: it is not there. */
bool _thimble_table_release(uintptr_t address);
/* Remembers that a block was freed which was taken out already. */
void _thimble_table_released(const struct block *);

/* The last release of a block that the address was in; some hundreds are remembered. */
bool _thimble_table_find_release(uintptr_t address, struct release *);
/* The block that begins at the address, and the one that it is in, by looking at all. */
bool _thimble_table_find(uintptr_t address, struct block *);
bool _thimble_table_search(uintptr_t address, struct block *);

/* Gives a block that is there the other's unit and site, and its size if that is
 * known. False: it is not there. */
bool _thimble_table_name(const struct block *);

/* The largest number of all blocks that were recorded with a site. */
uint32_t _thimble_table_newest_named(void);

/* Calls visit for each block until it returns false. It must not use the table. */
void _thimble_table_each(bool (*visit)(void *context, const struct block *), void *context);

/* Gives those blocks whose number is one of these the number 0: they are older than any
 * moment that can be asked about. */
void _thimble_table_make_old(bool (*chosen)(uint32_t number));

/* Forgets all blocks. */
void _thimble_table_clear(void);

/* Between these the table stands still: other threads wait, this one may go on
 * using it. What fork needs, and a look at everything at once. */
void _thimble_table_freeze(void);
void _thimble_table_thaw(void);

/* Within a freeze. */
size_t _thimble_table_count(void);

/* Calls visit for each piece of memory that the table occupies. */
void _thimble_table_memory(void (*visit)(void *context, const void *start, size_t size),
                           void *context);

uint64_t _thimble_table_dropped(void);

/* The process has a single thread, for certain. */
bool _thimble_table_alone(void);

#endif
