// run: -j 1 -k passes
// run: -j 1 -k skipped
// shell: "$BUILD"/tests -j 1 -k fails | sed -n -e '1,4p' -e '/[.][.][.]/s/[0-9][0-9]*/MANY/p'
// shell: "$BUILD"/tests -j 1 -k passes -v | sed -n -e '1,4p' -e '/[.][.][.]/s/[0-9][0-9]*/MANY/p'
#include <thimble.h>

void test_passes(void) {
    for (int i = 0; i < 100000; i++)
        subtest("number %d", i) assert(i >= 0);
}

void test_fails(void) {
    for (int i = 0; i < 100000; i++)
        subtest("number %d", i) {
            expect(i % 1000 != 7);
            skip_if(i % 2 == 0, "even");
        }
    for (int i = 0; i < 100000; i++)
        subtest("another %d", i) assert(i < 0);
    assert(!"reached");
}

void test_skipped(void) {
    for (int i = 0; i < 100000; i++)
        subtest("number %d", i) skip("not now");
}
