#include <assert.h>
static void test_x(void) { assert(1 + 1 == 3); }
