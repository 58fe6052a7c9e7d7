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

/* Gives a block that is there the other's unit and site, and its size if that is
 * known. False: it is not there. */
bool _thimble_table_name(const struct block *);

/* Calls visit for each block until it returns false. It must not use the table. */
void _thimble_table_each(bool (*visit)(void *context, const struct block *), void *context);

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
