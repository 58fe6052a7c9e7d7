/* take.h: snapshots of what is live in this process. */
#ifndef MEMORY_TAKE_H
#define MEMORY_TAKE_H

#include "../tracker/tracker.h"
#include "snapshot.h"

/* Of the blocks numbered from `since`. In a signal's handler, too. Null with errno. */
struct snapshot *_thimble_take_snapshot(uint32_t since, enum snapshot_reason, int signal);

/* Of these blocks alone, the traces in their order: numbers[i] is that of trace number i of the
 * process in it, for those that the blocks have. A pile of uint32_t. */
struct pile;
struct snapshot *_thimble_take_blocks(const struct block *, size_t count, struct pile *numbers);

/* ---- contents.c ---- */

/* What is in the block, shortened, as C source. Calls no user's code. */
void _thimble_put_contents(struct text *, const struct block *);

#endif
