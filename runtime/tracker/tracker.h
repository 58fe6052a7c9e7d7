/* tracker.h: which blocks are live, and where they were allocated.
 *
 * The recorder records and nothing else: a side table from address to {size,
 * trace, number}. Units report their sites' blocks through the hooks in struct
 * thimble_unit; the interposed malloc family (interpose.c) reports every block,
 * foreign code's too, so that one that moved or was freed in foreign code is
 * known and what a foreign block points to is no leak.
 *
 * The layers, each on those above it:
 *   shadow.c     address -> block, in memory that mirrors the heap
 *   walk.c       looking at it
 *   traces.c     sites and stacks by number
 *   counters.c   what each thread allocated, by trace
 *   next.c       libc's malloc family, or whatever it is that ours stands in front of
 *   interpose.c  ours: the process's, reporting to the shadow
 *   tracker.c    the switch, and the units' hooks, which name a block's site
 *   threads.c    holding the other threads still
 *   roots.c      the memory that a program's pointers can be found in
 *   leaks.c      which blocks no pointer leads to
 */
#ifndef TRACKER_TRACKER_H
#define TRACKER_TRACKER_H

#include "../base/text.h"
#include "../registry/registry.h"
#include <stdbool.h>
#include <stdint.h>

struct block {
    uintptr_t address;
    size_t size;     /* as it was asked for */
    uint32_t trace;  /* where it was allocated; 0: in foreign code */
    uint32_t number; /* see _thimble_tracker_now; one that is resized keeps it */
};

/* ---- Recording ---- */

/* Begins recording. A program that runs tests has recorded from its first block
 * on, as has one that begins with THIMBLE_MEMORY set; where recording begins here, older
 * blocks are unknown. While it is off a unit's allocating call costs a load and a branch,
 * and an interposed one the same. */
void _thimble_tracker_start(void);

/* Ends recording and forgets all blocks. Both are called while no other thread
 * runs code of a unit. */
void _thimble_tracker_stop(void);

bool _thimble_tracker_is_on(void);

/* Marks a moment: blocks made from now on have at least this number, those that
 * are there have smaller ones. */
uint32_t _thimble_tracker_now(void);

/* Blocks made since that moment, in whatever thread, are no leaks: who had them was left by a
 * jump. */
void _thimble_excuse_since(uint32_t moment);

/* How many blocks could not be recorded. */
uint64_t _thimble_tracker_dropped(void);

/* Bytes that the tracker has taken from the system for its books: of those that were touched. */
size_t _thimble_tracker_overhead(void);

/* ---- traces.c ---- */

/* Frames kept with each block that is made from now on: 1 is the site alone, and the
 * default; at most MOST_FRAMES_KEPT. By frame pointers in units that keep them
 * (THIMBLE_FRAMES), by the unwinder elsewhere. With more than one, foreign code's blocks have
 * frames, too. */
enum { MOST_FRAMES_KEPT = 64 };
void _thimble_keep_frames(unsigned count);
unsigned _thimble_frames_kept(void);

/* Where a block was allocated: a site, and what called the function that it stands in. */
struct trace {
    const struct unit *unit; /* null: no unit's site is known, foreign code's */
    uint32_t site;           /* in the unit */
    uint32_t frame_count;    /* 0 where only the site is kept */
    /* Return addresses, the innermost first. The first one is in the site's own function, or
     * in what that was inlined into: of the functions that are at this address the innermost is
     * the site's, which is known better, and the others are callers. */
    const uintptr_t *frames;
};

/* Numbers below this have been given. A number stays what it was to the end of the
 * process; what the trace points to, too. */
uint32_t _thimble_trace_count(void);
struct trace _thimble_trace_of(uint32_t number);

/* The trace's number without its frames. */
uint32_t _thimble_trace_site(uint32_t number);

/* ---- counters.c ---- */

/* From now on what is allocated is counted by trace and by bytes: what tracker_start and
 * --memory ask for. Counts and bytes are exact where all threads stand still; the peak
 * is, where there is one thread, and elsewhere within 64 KiB a thread. */
void _thimble_count_start(void);
void _thimble_count_stop(void);

struct counted {
    uint64_t count, bytes; /* that were ever allocated since counting began */
};
/* Adds what all threads have allocated by trace numbers below `limit` to sums[0..limit-1]. 0
 * is foreign code's. */
void _thimble_count_sum(struct counted *sums, uint32_t limit);

/* Bytes live now, of blocks made since counting began, and the most that ever were. */
void _thimble_count_traced(size_t *current, size_t *peak);
void _thimble_count_reset_peak(void);

/* ---- Asking ---- */

/* Calls visit for each live block, by ascending address, until it returns false. Other
 * threads go on meanwhile: each block is told as it was at some moment. Takes no lock and
 * calls no malloc: it can be called in a signal's handler. */
void _thimble_each_block(bool (*visit)(void *context, const struct block *), void *context);

/* The live block that begins at the address, or that it is in. False: there is none. */
bool _thimble_find_block(uintptr_t address, struct block *);
bool _thimble_find_block_around(uintptr_t address, struct block *);

/* What is known of the memory at an address. */
enum memory_state {
    MEMORY_UNKNOWN, /* no heap block's, or nothing is recorded */
    MEMORY_LIVE,
    MEMORY_FREED /* it was a block's, and is nobody's now */
};
struct memory {
    enum memory_state state;
    struct block block; /* LIVE, and FREED: as it was */
    uint32_t released;  /* FREED: the trace of the site that freed it; 0: foreign code */
};
void _thimble_memory_at(const void *address, struct memory *);

/* ---- leaks.c ---- */

/* Blocks with a site, numbered from `since`, that no pointer leads to any more:
 * from globals, thread storage, stacks and registers, older blocks, or blocks that
 * are reached from those. Call in the process that made them. Grouped by trace,
 * largest first; returns how many groups were put into `leaks`. None are found
 * where blocks can't be observed: under a sanitizer, which looks for leaks
 * itself, or Valgrind, and where a program brings its own malloc. */
enum { LEAK_EXAMPLES = 3 };
struct leak {
    uint32_t trace;
    size_t count;
    size_t bytes;
    /* The first ones made, as many as there are. Their addresses are inverted: the next search
     * must not take them for pointers that lead there. */
    uintptr_t inverted[LEAK_EXAMPLES];
    size_t sizes[LEAK_EXAMPLES];
};
size_t _thimble_find_leaks(uint32_t since, struct leak *leaks, size_t capacity);

/* What was made since then, has a site and can still be reached: with -v. Grouped alike. */
size_t _thimble_find_reachable(uint32_t since, struct leak *leaks, size_t capacity);

/* The block that the address is in is no leak from now on. False: it is in none. */
bool _thimble_leak_ok(const void *address);

/* Whether any block with a site was numbered from `since`: quick. */
bool _thimble_tracker_has_since(uint32_t since);

/* Wipes some of the stack below the caller's frame. Call before a test's body is
 * called, and when it has returned: functions that are called next would
 * otherwise have what it left behind between their variables, and hide its
 * leaks. */
void _thimble_clear_dead_stack(void);

/* ---- misuse.c ---- */

enum misuse_kind {
    MISUSE_FREED_TWICE, /* `block` is the freed one, `released` who freed it first */
    MISUSE_INSIDE,      /* the address is inside of `block`, which is live */
    MISUSE_NO_BLOCK,    /* it is in no heap block, and never was: a stack's, a global's */
    MISUSE_MISMATCHED   /* `block` was got from an allocator that another function gives back to */
};
struct misuse {
    enum misuse_kind kind;
    const void *address;
    uint32_t by;          /* the trace of the release that is wrong; 0: foreign code's */
    struct block block;   /* FREED_TWICE, INSIDE, MISMATCHED */
    uint32_t released;    /* FREED_TWICE */
    const char *callee;   /* what was called: "free", "realloc", the unit's release function */
    const char *expected; /* MISMATCHED: the function that gives it back */
};

/* Called in front of a release that is certainly wrong, in the thread that makes it and
 * within free or realloc; it may not return. If it returns the block is handed on to the
 * next free, as it would have been without us. Null: one line on standard error is written
 * instead. */
extern void (*_thimble_on_misuse)(const struct misuse *);

/* What is wrong, in a line that begins with FILE:LINE where a unit made the release:
 * "zoo.c:52: free of a block that was freed already". */
void _thimble_put_misuse(struct text *, const struct misuse *);
/* The lines below it: where the block was allocated, "  allocated by malloc at zoo.c:42 in
 * add_animal: struct animal, 40 bytes", and where it was freed; nothing where there is none. */
void _thimble_put_misused_block(struct text *, const struct misuse *);
void _thimble_put_first_release(struct text *, const struct misuse *);

/* "allocated by malloc at zoo.c:42 in add_animal: struct animal, 40 bytes", and of that
 * " at zoo.c:42 in add_animal" or " in code compiled without the plugin". */
void _thimble_put_made(struct text *, const struct block *);
void _thimble_put_trace_site(struct text *, const struct trace *);

/* All of it to standard error. */
void _thimble_say_misuse(const struct misuse *);

/* ---- describe.c ---- */

/* The function that the trace's site calls, and the one that the site stands in; "?" where that
 * is not known. */
const char *_thimble_trace_callee(const struct trace *);
const char *_thimble_trace_function(const struct trace *);

/* `struct animal`, `char *[3]`; "?" where the trace's type is not known. */
void _thimble_put_trace_type(struct text *, uint32_t trace);

/* One line: `zoo.c:42: 3 blocks of struct animal, 120 bytes, allocated by malloc in add_animal`. */
void _thimble_describe_leak(struct text *, const struct leak *);

#endif
