// flags: -DNDEBUG
#include <thimble.h>
#include <assert.h>

void test_is_checked(void) {
    assert(1 + 1 == 3);
}
