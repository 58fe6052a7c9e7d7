// flags: -DNDEBUG
// run: -j 1
#include <assert.h>
#include <thimble.h>

void test_is_checked(void) {
    assert(1 + 1 == 3);
}

#include <assert.h>

void test_is_checked_still(void) {
    assert(2 + 2 == 5);
}
