/* memory.h: what a test injects and what its mocks record lives until the test
 * ends; then the memory serves the next test. What a module's set-up takes stays while the
 * module's tests come and go: see struct scope. */
#ifndef MOCK_MEMORY_H
#define MOCK_MEMORY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct chunk;

/* How much of it is in use. */
struct test_memory {
    struct chunk *first, *chunk;
    size_t used, passed;
};
void _thimble_test_memory_mark(struct test_memory *);
/* Gives back what was taken since; a zeroed mark stands for none. */
void _thimble_test_memory_release(const struct test_memory *);

/* Not zeroed; aligned for any type. Safe among threads and in signal handlers. */
void *_thimble_test_alloc(size_t size);

/* Gives back what of a block's size is not needed, where nothing was taken since. */
void _thimble_test_shrink(void *block, size_t size, size_t needed);

/* Whether the test has recorded as much as is sensible: something calls a mock
 * without end. */
bool _thimble_test_memory_is_full(void);

/* The same string at the same address each time; outlives the unit it came from. */
const char *_thimble_intern(const char *);
extern pthread_mutex_t _thimble_names_lock;

#endif
