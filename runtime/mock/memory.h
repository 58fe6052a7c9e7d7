/* memory.h: what a test injects and what its mocks record lives until the test
 * ends; then the memory serves the next test. */
#ifndef MOCK_MEMORY_H
#define MOCK_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Call before anything of the test is put into this memory or is to be undone:
 * what it has undone at the test's end comes last. */
void _thimble_test_memory_begin(void);

/* Not zeroed; aligned for any type. Safe among threads and in signal handlers. */
void *_thimble_test_alloc(size_t size);

/* Whether the test has recorded as much as is sensible: something calls a mock
 * without end. */
bool _thimble_test_memory_is_full(void);

/* The same string at the same address each time; outlives the unit it came from. */
const char *_thimble_intern(const char *);

#endif
