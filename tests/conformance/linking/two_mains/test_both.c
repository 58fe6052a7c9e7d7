#include <assert.h>

/* Both tools are in the program, and neither of their mains is its main. */
void test_both(void) {
    assert(1);
}
