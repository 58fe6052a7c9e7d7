// libs: -l:library.so
// run: -j 1
// shell: cd / && "$BUILD"/tests -j 1 -k back
#include "library.h"

static void twice(int x) {
    check(x);
    check(x + 1);
}

void test_there(void) {
    check(3);
}

void test_there_and_back(void) {
    visit(twice, 9);
}
