/* recorded.h: objects that were copied together with what their pointers pointed to then.
 *
 * The pointers in such a copy lead to the other copies, so that whoever reads it, repr,
 * a comparison, a function of the user's, reads what was there. What they were is kept
 * beside it.
 */
#ifndef REPR_RECORDED_H
#define REPR_RECORDED_H

#include "../base/text.h"
#include "../registry/registry.h"

struct recorded {
    const char *place;   /* of a pointer, in the copy */
    const char *address; /* where it pointed to */
    const char *bytes;   /* where it points to now; null: nothing could be read, it is as it was */
    uint16_t size;       /* of the bytes */
    uint16_t length;     /* of a string: bytes in front of its end */
    bool ended;          /* false: only the beginning of the string was kept */
};

/* What stands at a place, or null. */
const struct recorded *_thimble_recorded_at(const struct recorded *, size_t count,
                                            const void *place);

/* Appends the copy at `data`, shortened. Pointers that nothing is recorded about are not
 * followed. */
void _thimble_repr_recorded(struct text *, const struct unit *, uint32_t type, const void *data,
                            const struct recorded *, size_t count);
/* The same whole, however long. */
void _thimble_repr_recorded_whole(struct text *, const struct unit *, uint32_t type,
                                  const void *data, const struct recorded *, size_t count);

#endif
