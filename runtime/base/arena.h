/* arena.h: the runtime's own memory, from mmap, so that it never allocates with a
 * malloc that a test has mocked or a tracker watches. Memory lives until the
 * process ends. Safe among threads, in signal handlers and after a fork: nothing
 * is locked. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* For what lives as long as the process. */
extern struct arena _thimble_arena;

/* Zeroed, aligned for any type; ends the process with a message when the system
 * has no more. */
void *_thimble_alloc(struct arena *, size_t size);
/* The same, but null when the system has no more. */
void *_thimble_try_alloc(struct arena *, size_t size);
char *_thimble_strndup(struct arena *, const char *text, size_t length);

/* Sees to it that half a chunk, 32 KiB, is there to be handed out: a process that is forked
 * now may not be able to get memory from the system. */
void _thimble_reserve(struct arena *);

/* Calls visit for every mapping behind _thimble_arena. */
void _thimble_own_memory(void (*visit)(void *context, const void *start, size_t size),
                         void *context);

#endif
