// flags: -fplugin-arg-thimble-asserts=off -fplugin-arg-thimble-seams=off
// not-modes: sanitize
#include <assert.h>

void test_libc_aborts(void) {
    assert(1 + 1 == 3);
}
