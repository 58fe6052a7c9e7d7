// flags: -Wpedantic -Werror -Wunused -Wshadow -Wconversion -Wcast-qual -Wundef
#include <assert.h>

static void test_static(void) {
    assert(1);
}

static inline void test_static_inline(void) {
    assert(1);
}
