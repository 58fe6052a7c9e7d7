/* block.h: the header's blocks, with_patch(…) { … }, which are undone when they
 * are left: at their end, by break, goto or return, or by a jump out of them. A
 * jump runs no cleanup; then the next block around that is left undoes them, or
 * the end of the test. */
#ifndef MOCK_BLOCK_H
#define MOCK_BLOCK_H

#include <pthread.h>
#include <thimble/base.h>

/* Undoes a block, which it may free. Of this thread's stack only what lies at
 * `alive` and above is still there. */
struct open_block;
typedef void block_leave(struct open_block *, const void *alive);

struct open_block {
    struct open_block *outer; /* of any thread */
    pthread_t thread;
    block_leave *leave;
};

/* Enters a block; returns what the header's macro keeps in the user's frame. */
struct thimble_block _thimble_enter_block(struct open_block *, block_leave *);

#endif
