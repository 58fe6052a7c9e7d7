/* Who includes this header helps tests: here, too, every call leaves a frame. */
#include "helpers.h"
#include <thimble.h>

static void check_animal(int legs) {
    assert(legs % 2 == 0);
}

void check_animals(int count) {
    for (int i = 0; i < count; i++)
        check_inline(i);
    check_animal(count);
}

void check_sum(int a, int b, int c) {
    check_animal(a + b +
                 c + 1);
}

int limit(void) {
    return 5;
}
