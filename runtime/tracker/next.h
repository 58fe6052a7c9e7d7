/* next.h: the malloc family behind ours: libc's, or what a program has put in front of that. */
#ifndef TRACKER_NEXT_H
#define TRACKER_NEXT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Until the first call each leads to a function that looks them all up, and goes on by our
 * own. */
struct next {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void *(*memalign)(size_t, size_t);
    void *(*aligned_alloc)(size_t, size_t);
    int (*posix_memalign)(void **, size_t, size_t);
    void *(*valloc)(size_t);
    void *(*pvalloc)(size_t);
    void (*free)(void *);
};
extern struct next _thimble_next;

/* What is special now; mostly nothing, and then a call costs this load and a
 * branch and goes on to the next definition as a jump. */
enum heap_mode {
    HEAP_OBSERVED = 1,
    HEAP_LENDING = 2 /* blocks of the loan were given out */
};
extern _Atomic unsigned _thimble_heap_mode;

/* True: they have been looked up. False: it is the dynamic linker that asks for memory while
 * it is being asked. */
bool _thimble_next_ready(void);

/* A sanitizer or Valgrind keeps book of the heap itself, in memory that is not to be looked
 * at. */
bool _thimble_heap_is_watched(void);

/* The dynamic linker may allocate while it is asked. It gets memory on loan, which is never
 * given back. */
#define LOAN_SIZE ((size_t)16 * 1024)
extern char _thimble_loan[LOAN_SIZE];

static inline bool is_lent(const void *block) {
    return (uintptr_t)block - (uintptr_t)_thimble_loan < LOAN_SIZE;
}

/* Such a block in the heap, null where that has no room. */
void *_thimble_copy_lent(const void *block, size_t size);

/* The process's own functions: ours may have lost against another definition. No
 * compiler is to take them for functions that it knows. */
extern void *(*volatile _thimble_own_malloc)(size_t);
extern void *(*volatile _thimble_own_realloc)(void *, size_t);
extern void (*volatile _thimble_own_free)(void *);

/* Not in every libc's header. */
void *pvalloc(size_t size);
void free_sized(void *block, size_t size);
void free_aligned_sized(void *block, size_t alignment, size_t size);

#endif
