#include <thimble.h>

#include "inline.h"

int four_times(int x);

void test_links(void) {
    assert(four_times(3) == 12);
    assert(twice(4) == 8);
}

void test_is_a_seam_in_both_units(void) {
    mock_return(twice, 5);
    assert(four_times(3) == 5);
    assert(twice(4) == 5);
    assert(mock_call_count(twice) == 3);
}
