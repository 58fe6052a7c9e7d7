/* piece.h: memory that a result lives in: a mapping of its own, so that it can be made in a
 * signal's handler, is no block of the program's, and is given back on its own. And piles,
 * which grow, for what it is made from.
 */
#ifndef MEMORY_PIECE_H
#define MEMORY_PIECE_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed, aligned for any type; null with errno where the system has none left. */
void *_thimble_new_piece(size_t size);

/* `held`, another piece, stays until `piece` has gone: its strings can be pointed to. At most
 * two. */
void _thimble_hold_piece(void *piece, const void *held);

/* Its maker needs it no more; it goes with the last that holds it. False: it is no piece, or
 * was given back before. Null is one. */
bool _thimble_drop_piece(const void *);

/* Zero at first. What is in it moves when it grows. */
struct pile {
    char *data;
    size_t used, capacity;
    bool failed; /* there was no memory, once; nothing is added any more */
};

/* Room for that many more bytes, zeroed; null where there is none. */
void *_thimble_pile_add(struct pile *, size_t size);
void _thimble_drop_pile(struct pile *);

#endif
