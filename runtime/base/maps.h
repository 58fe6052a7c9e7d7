/* maps.h: the kernel's list of the process's memory. Nothing here calls malloc or takes a lock:
 * it can be read in a signal's handler. */
#ifndef BASE_MAPS_H
#define BASE_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_line {
    uintptr_t start, end;
    bool readable, writable, executable, shared;
    uint64_t offset, device, inode;
    const char *path; /* "" for none; until the next line is read */
};

struct maps {
    int file;
    bool broken;
    size_t used, filled;
    char buffer[4352]; /* the longest path and what stands in front of it */
};

/* False where there is no /proc. */
bool _thimble_open_maps(struct maps *);
/* By ascending address. False behind the last one. */
bool _thimble_next_map(struct maps *, struct map_line *);
/* False where not all of it could be read. */
bool _thimble_close_maps(struct maps *);

#endif
