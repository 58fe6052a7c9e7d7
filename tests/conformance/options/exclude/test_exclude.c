// run: -v -j 1
#include <thimble.h>

int untouched(int x);

void test_calls_to_it_are_seams(void) {
    assert(untouched(1) == 2);
    mock_return(untouched, 9);
    assert(untouched(1) == 9);
}

void test_its_own_calls_are_none(void) {
    mock_return("excluded.c:inner", 5);
}
