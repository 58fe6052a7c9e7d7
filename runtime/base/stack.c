#include "stack.h"

#include <errno.h>

#include "maps.h"
#include "unwinder.h"

/* ---- By frame pointers ---- */

/* Where this thread's stack ends, as it was seen last, and the mapping that it is in. What is
 * between a frame on it and the end can be read. */
static __thread struct {
    uintptr_t start, end;
    unsigned looked; /* how often */
} stack __attribute__((tls_model("initial-exec")));

/* A thread that jumps from stack to stack is not followed for ever. */
enum { MOST_LOOKS = 4096 };

static void find_stack(uintptr_t address) {
    int saved = errno;
    struct maps maps;
    struct map_line line;
    stack.looked++;
    stack.start = stack.end = 0;
    if (_thimble_open_maps(&maps)) {
        while (_thimble_next_map(&maps, &line) && line.start <= address)
            if (address < line.end) {
                stack.start = line.start;
                stack.end = line.end;
            }
        _thimble_close_maps(&maps);
    }
    errno = saved;
}

static bool knows_stack(uintptr_t at) {
    /* The first thread's stack grows downward, out of what was seen of it. */
    if (__builtin_expect(at - stack.start >= stack.end - stack.start, 0)) {
        if (stack.looked == MOST_LOOKS)
            return false;
        find_stack(at);
    }
    return stack.end;
}

bool _thimble_on_stack(uintptr_t address) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    return knows_stack(here) && address >= here && address < stack.end;
}

size_t _thimble_stack_by_frames(const void *frame, uintptr_t *addresses, size_t most) {
    uintptr_t at = (uintptr_t)frame;
    size_t count = 0;
    if (!knows_stack(at))
        return 0;
    uintptr_t last = stack.end - 2 * sizeof(uintptr_t);
    while (count < most && at <= last && at % sizeof(uintptr_t) == 0) {
        const uintptr_t *words = (const uintptr_t *)at;
        if (words[1] < 4096)
            break;
        addresses[count++] = words[1];
        if (words[0] <= at)
            break;
        at = words[0];
    }
    return count;
}

/* ---- By tables ---- */

static struct unwinder unwinder;
static bool prepared;

void _thimble_stack_prepare(void) {
    if (!prepared && !_thimble_find_unwinder(&unwinder))
        unwinder.backtrace = NULL;
    prepared = true;
}

struct walk {
    uintptr_t place;
    uintptr_t *addresses;
    size_t count, most;
};

static _Unwind_Reason_Code visit_frame(struct _Unwind_Context *context, void *data) {
    struct walk *walk = data;
    int exact = 0;
    uintptr_t address = unwinder.address(context, &exact) + (uintptr_t)exact;
    if (address == 0)
        return _URC_END_OF_STACK;
    if (walk->count == 0 && address != walk->place)
        return _URC_NO_REASON;
    walk->addresses[walk->count++] = address;
    return walk->count < walk->most ? _URC_NO_REASON : _URC_END_OF_STACK;
}

size_t _thimble_stack_by_tables(const void *place, uintptr_t *addresses, size_t most) {
    struct walk walk = {(uintptr_t)place, addresses, 0, most};
    if (unwinder.backtrace && most > 0)
        unwinder.backtrace(visit_frame, &walk);
    return walk.count;
}
