#include <assert.h>

void test_adds(void) {
    assert(1 + 1 == 2);
}
