// run: -j 1 -k passes
// run: -j 1 -k fails
// run: -j 1 -k skipped
#include <thimble.h>

void test_passes(void) {
    for (int i = 0; i < 100000; i++)
        subtest("number %d", i) assert(i >= 0);
}

void test_fails(void) {
    for (int i = 0; i < 100000; i++)
        subtest("number %d", i) {
            if (i % 1000 == 7)
                expect(i < 0);
            skip_if(i % 2, "odd");
        }
    for (int i = 0; i < 100000; i++)
        subtest("another %d", i) assert(i < 0);
    assert(!"reached");
}

void test_skipped(void) {
    for (int i = 0; i < 100000; i++)
        subtest("number %d", i) skip("not now");
}
