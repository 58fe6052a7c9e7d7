// flags: -fplugin-arg-thimble-prefix=check_
// run: -l
// run:
#include <assert.h>

static void check_this(void) {
    assert(1);
}

void test_not_this(void);

void test_not_this(void) {
    assert(0);
}
