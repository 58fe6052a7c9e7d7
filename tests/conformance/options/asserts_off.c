// flags: -fplugin-arg-thimble-asserts=off
#include <assert.h>

void test_an_assert_is_still_caught(void) {
    int fed = 1;
    assert(fed == 2);
}
