// run: -j 1
#include "zoo.h"
#include <thimble.h>

/* What a header only declares is compared by what another file of the program says. */

void test_equal(void) {
    struct zoo *a = open_zoo("Tierpark", 3), *b = open_zoo("Tierpark", 3);
    assert_equal(a, b);
    close_zoo(a);
    close_zoo(b);
}

void test_different(void) {
    struct zoo *a = open_zoo("Tierpark", 3), *b = open_zoo("Tiergarten", 4);
    assert_equal(a, b);
}

void test_described_nowhere(void) {
    struct never *a = some_address(0), *b = some_address(1);
    assert_equal(a, some_address(0));
    assert_equal(a, b);
}

void test_described_in_two_ways(void) {
    struct rival *a = some_rival(0), *b = some_rival(1);
    assert_equal(a, some_rival(0));
    assert_equal(a, b);
}
