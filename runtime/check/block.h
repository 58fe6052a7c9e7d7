/* block.h: the blocks that this thread's user code is in, from the call of the test down to
 * the innermost with_patch(…) { … }, and where each of them goes on when it is left.
 *
 * The header's blocks are left at their end, by break, goto or return, or by a jump out of
 * them: to an outer one, or the user's own. A jump runs no cleanup; the next block around
 * that is left undoes them, or what called the user's code.
 */
#ifndef CHECK_BLOCK_H
#define CHECK_BLOCK_H

#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <thimble/base.h>

/* By what a block can be left, and may want to be. */
enum way_out {
    OUT_NOT = 0,
    OUT_FAILURE = 1u << 0, /* of an assert */
    OUT_SKIP = 1u << 1,
    OUT_XFAIL = 1u << 2,
    OUT_EXIT = 1u << 3,
    OUT_SIGNAL = 1u << 4
};

enum block_role {
    ROLE_GUARD = 1u << 0, /* what calls user code */
    ROLE_PATCH = 1u << 1,
    ROLE_EVENT = 1u << 2, /* assert_exits and its like */
    ROLE_FAILS = 1u << 3,
    ROLE_SUBTEST = 1u << 4
};

/* Undoes a block and may free it; of this thread's stack only what lies at `alive` and
 * above is still there. `itself` says that this is the block that is being left, so that
 * it may say what it thinks of that; else it was jumped over. */
struct open_block;
typedef void block_leave(struct open_block *, const void *alive, bool itself);

struct open_block {
    struct open_block *outer; /* of this thread */
    block_leave *leave;
    enum block_role role;
    pid_t process;    /* that entered it: in one that was forked since it catches nothing */
    unsigned catches; /* ways out */
    uint64_t signals; /* signal N: bit N - 1 */
    /* Where it was entered, in the user's frame, and set only while it can be jumped to. */
    struct thimble_block *place;
    bool armed;
    sigjmp_buf jump;
    sigset_t mask; /* when it was entered */
    /* How it was left, once it was. */
    enum way_out out;
    int number; /* the status, the signal */
};

#define SIGNAL_BIT(signal) ((uint64_t)1 << ((signal)-1))

/* Enters a block whose `role` and what it catches are set; returns what the header's macro
 * keeps in the user's frame. */
struct thimble_block _thimble_enter_block(struct open_block *, block_leave *);

/* The same for one that is not the header's. */
void _thimble_open_block(struct open_block *);
/* Leaves all that are inside of it, then takes it off without a word. */
void _thimble_close_block(struct open_block *, const void *alive);

/* This thread's innermost block that catches this, in this process; null for none. */
struct open_block *_thimble_catcher(enum way_out);
struct open_block *_thimble_signal_catcher(int signal);

/* Leaves all blocks inside of this one and goes on behind it. Can be called in a signal's
 * handler. */
void _thimble_leave_by(struct open_block *, enum way_out, int number) __attribute__((noreturn));

/* This thread's innermost block of that role, or null: whatever process it was entered in;
 * entered in this one, and not left by the user's jump since. */
struct open_block *_thimble_innermost(enum block_role);
struct open_block *_thimble_innermost_here(enum block_role);

#endif
