/* shadow.h: the live blocks, by address, in memory that mirrors the heap: a cell of four
 * bytes for each sixteen of it, mapped when a block is first seen there.
 *
 * A block's cells are its own as its bytes are, so nothing is locked: whoever has the block
 * writes them. Safe among threads, in signal handlers and across fork; nothing here calls
 * malloc.
 *
 * A block that can't be recorded (the system has no memory, or a signal handler allocates
 * while its own thread is in records.c) is dropped and counted.
 */
#ifndef TRACKER_SHADOW_H
#define TRACKER_SHADOW_H

#include "tracker.h"

/* The number of a block that is made now. */
extern _Atomic uint32_t _thimble_block_number;

/* The smallest blocks have so many bytes to themselves: 32, unless an allocator says 16. */
extern unsigned char _thimble_smallest_block;

/* Trace numbers are below it. */
#define MOST_TRACES (UINT32_C(1) << 28)

/* Records the block, in place of one with its address. False: dropped. */
bool _thimble_shadow_put(const struct block *);

/* Records it with what more has to be known of it: enum record_flag. */
bool _thimble_shadow_put_special(const struct block *, uint32_t flags);
/* The flags of the block at an address that has any; sets more. 0 for every other. */
uint32_t _thimble_shadow_flags(uintptr_t address, uint32_t more);

/* Takes the block at an address out; nothing is remembered of it. False: it is not there. */
bool _thimble_shadow_take(uintptr_t address, struct block *taken);

/* The same, and remembers that it was freed, and where. */
bool _thimble_shadow_release(uintptr_t address, uint32_t by, struct block *released);
/* Remembers that of a block that was taken out already. */
void _thimble_shadow_released(const struct block *, uint32_t by);

/* Gives a block that is there another trace, and its size if that is known. `before`: as it was.
 * False: it is not there. */
bool _thimble_shadow_name(const struct block *name, struct block *before);

/* What was freed and began at the address, or around it: false where there is a live block
 * now, or nothing is remembered. */
bool _thimble_shadow_find_released(uintptr_t address, struct block *, uint32_t *by);

/* The largest number of all blocks that were recorded with a trace. */
uint32_t _thimble_shadow_newest_named(void);

/* Gives those blocks whose number is one of these the number 0: they are older than any
 * moment that can be asked about. */
void _thimble_shadow_make_old(bool (*chosen)(uint32_t number));

/* Forgets all blocks. */
void _thimble_shadow_clear(void);

/* Calls visit for each piece of memory that the shadow occupies, touched or not. */
void _thimble_shadow_memory(void (*visit)(void *context, const void *start, size_t size),
                            void *context);
/* Bytes of it that were touched. */
size_t _thimble_shadow_size(void);

uint64_t _thimble_shadow_dropped(void);

#endif
