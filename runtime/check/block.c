#include "block.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static __thread struct open_block *innermost __attribute__((tls_model("initial-exec")));

/* ---- Open blocks ---- */

static bool is_open(const struct open_block *block) {
    for (const struct open_block *at = innermost; at; at = at->outer)
        if (at == block)
            return true;
    return false;
}

void _thimble_open_block(struct open_block *block) {
    block->process = getpid();
    block->out = OUT_NOT;
    block->outer = innermost;
    innermost = block;
}

static void leave_inner(const struct open_block *block, const void *alive) {
    while (innermost != block) {
        struct open_block *inner = innermost;
        innermost = inner->outer;
        inner->leave(inner, alive, false);
    }
}

void _thimble_close_block(struct open_block *block, const void *alive) {
    if (!is_open(block))
        return;
    leave_inner(block, alive);
    innermost = block->outer;
}

struct open_block *_thimble_innermost(enum block_role role) {
    struct open_block *block = innermost;
    while (block && block->role != role)
        block = block->outer;
    return block;
}

/* ---- The header's ---- */

struct thimble_block _thimble_enter_block(struct open_block *block, block_leave *leave) {
    block->leave = leave;
    block->place = NULL;
    block->armed = false;
    if (block->catches)
        pthread_sigmask(SIG_SETMASK, NULL, &block->mask);
    _thimble_open_block(block);
    return (struct thimble_block){.running = 1, .undo = block, .jump = block->jump};
}

int thimble_block_again(struct thimble_block *entered) {
    struct open_block *block = entered->undo;
    int first = entered->running;
    entered->running = 0;
    block->place = entered;
    block->armed = first;
    return first;
}

/* Blocks that this thread entered later were left by a jump. */
void thimble_block_leave(struct thimble_block *left) {
    struct open_block *block = left->undo;
    int saved = errno;
    if (!is_open(block))
        return;
    block->armed = false;
    _thimble_close_block(block, __builtin_frame_address(0));
    left->undo = NULL;
    block->leave(block, __builtin_frame_address(0), true);
    errno = saved;
}

/* ---- Leaving them ---- */

/* The user's own jump may have left a block whose frame is gone since. Frames of the first
 * thread lie on one stack, unless something calls them elsewhere. */
static bool is_gone(const struct open_block *block, const void *place) {
    const uintptr_t reach = (uintptr_t)8 << 20;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0), there = (uintptr_t)place;
    return there < here && here - there < reach && syscall(SYS_gettid) == block->process;
}

/* What calls user code is itself in its frame, which pthread_exit may have left. */
static bool is_there(const struct open_block *block) {
    if (!block->armed)
        return false;
    if (block->role == ROLE_GUARD)
        return !is_gone(block, block);
    return !block->place || (!is_gone(block, block->place) && block->place->undo == block);
}

static struct open_block *find(enum way_out out, uint64_t signals) {
    pid_t process = getpid();
    for (struct open_block *block = innermost; block; block = block->outer)
        if ((block->catches & out) && (block->signals & signals) == signals &&
            block->process == process && is_there(block))
            return block;
    return NULL;
}

struct open_block *_thimble_innermost_here(enum block_role role) {
    for (struct open_block *block = innermost; block; block = block->outer)
        if (block->role == role && block->process == getpid() && is_there(block))
            return block;
    return NULL;
}

struct open_block *_thimble_catcher(enum way_out out) {
    return innermost ? find(out, 0) : NULL;
}

struct open_block *_thimble_signal_catcher(int signal) {
    return innermost ? find(OUT_SIGNAL, SIGNAL_BIT(signal)) : NULL;
}

void _thimble_leave_by(struct open_block *block, enum way_out out, int number) {
    block->armed = false;
    block->out = out;
    block->number = number;
    pthread_sigmask(SIG_SETMASK, &block->mask, NULL);
    siglongjmp(block->jump, 1);
}
