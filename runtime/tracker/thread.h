/* thread.h: what a thread has done last, as the units' hooks and the malloc family tell one
 * another. Addresses stand here inverted: nothing that looks for pointers may take them for
 * some. */
#ifndef TRACKER_THREAD_H
#define TRACKER_THREAD_H

#include "tracker.h"

struct thread {
    /* The block that was made last. Open: whose it is, the caller of what made it may know. */
    uintptr_t made_inverted;
    size_t made_size;
    _Atomic uint32_t *cell; /* its first one, where it has cells; or null */
    const void *made_by;    /* the address that malloc returned to */
    bool open;
    /* The release that is about to be made, as the unit that makes it says. */
    uint32_t releaser;
    uintptr_t released_inverted;
};
extern __thread struct thread _thimble_thread __attribute__((tls_model("initial-exec")));

static inline void _thimble_thread_made(uintptr_t address, size_t size, _Atomic uint32_t *cell) {
    _thimble_thread.made_inverted = ~address;
    _thimble_thread.made_size = size;
    _thimble_thread.cell = cell;
    _thimble_thread.open = true;
}

/* Who releases the block: the trace of a unit's site, or 0. */
static inline uint32_t _thimble_thread_releaser(uintptr_t address) {
    if (_thimble_thread.released_inverted != ~address)
        return 0;
    _thimble_thread.released_inverted = 0;
    return _thimble_thread.releaser;
}

#endif
