/* seams.h: what calls go to: the active replacements, newest first.
 *
 * A slot holds what the newest replacement of its function that applies to its unit says, or
 * what stood there before the oldest of all. A replacement may end in any order. One of a
 * pointer remembers the pointer's value before it; those that are newer take that over.
 */
#ifndef MOCK_SEAMS_H
#define MOCK_SEAMS_H

#include "home.h"
#include <pthread.h>
#include <stdbool.h>

struct replacement {
    struct replacement *older; /* of any function */
    const char *identity;      /* interned; null for a pointer */
    const char *source;        /* only calls from this file are replaced; null: all */
    void **pointer;
    struct home home; /* the pointer's */
    void *function;
    void *before;
    bool active;
    bool of_block; /* with_patch's */
    /* For people, as are the next two. */
    const char *name; /* interned */
    struct place place;
    const void *told; /* what it was asked to go to: behind `function` may be that */
    unsigned number;  /* the later, the greater */
};

/* Makes the target's calls go to the function, in units that come later too. The
 * memory is the caller's and stays until the replacement has ended. False, with
 * nothing changed, where no call goes through a slot or the pointer cannot be written to. A
 * signal's jump cannot leave this half done. */
bool _thimble_replace(struct replacement *, const struct target *, void *function);

/* The same for what `source`, `of_block`, `place` and `told` say. */
bool _thimble_replace_like(struct replacement *, const struct target *, void *function,
                           const struct replacement *like);

/* Ends it, if it is active. A pointer on this thread's stack is still there only
 * from `alive` on. */
void _thimble_restore(struct replacement *, const void *alive);

/* The same at the test's end, when nothing of the test's stack is. */
void _thimble_restore_at_end(void *replacement);

/* The number of the latest, and the end of all that blocks have made since, whatever threads
 * are in them. */
unsigned _thimble_last_replacement(void);
void _thimble_restore_blocks_since(unsigned number);

/* The newest replacement of the target, or null. */
const struct replacement *_thimble_newest(const struct target *);

/* Of all, for who runs alone. */
extern pthread_mutex_t _thimble_seams_lock;
const struct replacement *_thimble_replacements(void);

/* What stood in the pointer before the oldest replacement of it that there is; what stands
 * there now where there is none. */
void *_thimble_value_before(void **pointer);

#endif
