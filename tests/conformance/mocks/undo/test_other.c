#include "zoo.h"
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static int six(int animal) {
    return 6 + 0 * animal;
}

int session_fixture_gate(void) {
    patch_value(limit, 4);
    patch(water, six);
    return 1;
}

void test_without_the_other_modules(int gate) {
    assert(gate == 1 && limit == 4);
    assert(all(0) == 0 + 600 + 20 + 3 && !getenv("MODULE"));
    patch_value(limit, 1);
    patch("water", six);
}

void test_with_the_sessions_again(int gate) {
    assert(gate == 1 && limit == 4 && water(0) == 6);
}
