// flags: -fplugin-arg-thimble-asserts=off -fplugin-arg-thimble-seams=off
// not-modes: sanitize
// shell: ./tests | sed 's/void test_libc_aborts(void)/test_libc_aborts/'
// In libc's own words: a function's name is to Clang the whole declaration.
#include <assert.h>

void test_libc_aborts(void) {
    assert(1 + 1 == 3);
}
