#include "block.h"

#include "../check/check.h"
#include <stdbool.h>

/* Guards the list, innermost first, and what is said here only. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct open_block *innermost;
static bool registered; /* leave_all, for this test's end */

/* Takes this thread's innermost block off the list, or any thread's. */
static struct open_block *take_innermost(bool of_any_thread) {
    struct open_block **link = &innermost;
    while (*link && !of_any_thread && !pthread_equal((*link)->thread, pthread_self()))
        link = &(*link)->outer;
    struct open_block *block = *link;
    if (block)
        *link = block->outer;
    return block;
}

static bool is_open(const struct open_block *block) {
    for (const struct open_block *at = innermost; at; at = at->outer)
        if (at == block)
            return true;
    return false;
}

/* No frame of the test is there any more. */
static void leave_all(void *unused) {
    (void)unused;
    struct open_block *block;
    do {
        pthread_mutex_lock(&lock);
        registered = false;
        block = take_innermost(true);
        pthread_mutex_unlock(&lock);
        if (block)
            block->leave(block, (const void *)UINTPTR_MAX);
    } while (block);
}

struct thimble_block _thimble_enter_block(struct open_block *block, block_leave *leave) {
    block->thread = pthread_self();
    block->leave = leave;
    pthread_mutex_lock(&lock);
    bool first = !registered;
    registered = true;
    block->outer = innermost;
    innermost = block;
    pthread_mutex_unlock(&lock);
    if (first)
        _thimble_at_test_end(leave_all, NULL);
    return (struct thimble_block){.running = 1, .undo = block};
}

/* Blocks that this thread entered later were left by a jump. */
void thimble_block_leave(struct thimble_block *left) {
    struct open_block *until = left->undo, *block;
    do {
        pthread_mutex_lock(&lock);
        block = is_open(until) ? take_innermost(false) : NULL;
        pthread_mutex_unlock(&lock);
        if (block)
            block->leave(block, __builtin_frame_address(0));
    } while (block && block != until);
}
