// not-modes: sanitize
// run: -j 1
#include <stdint.h>
#include <stdlib.h>
#include <thimble.h>

static uintptr_t hidden;

void test_fails_with_a_block_in_hand(void) {
    hidden = ~(uintptr_t)malloc(10);
    assert(!"fails");
}

void test_a_mocked_malloc_leaks_nothing(void) {
    static char pool[100];
    mock_return(malloc, pool);
    hidden = ~(uintptr_t)malloc(10);
    assert(hidden != 0);
}
