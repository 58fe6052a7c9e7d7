// flags: -fplugin-arg-thimble-asserts=off
// not-modes: sanitize
#include <assert.h>

void test_the_assert_is_libc_s(void) {
    assert(1 + 1 == 3);
}
