// flags: -fplugin-arg-thimble-seam-builtin=strlen -fplugin-arg-thimble-seam-builtin=sqrt
// libs: -lm
// run: -j 1
#include <math.h>
#include <string.h>
#include <thimble.h>

static size_t length(const char *text) {
    return strlen(text);
}

void test_named_ones_are_seams(void) {
    mock_return(strlen, 5);
    assert(length("x") == 5);
    mock_return(sqrt, 3);
    volatile double x = 4;
    assert(sqrt(x) == 3);
}

void test_the_others_are_not(void) {
    volatile double x = 0;
    assert(cos(x) == 1);
    assert(memcmp("a", "a", 2) == 0);
    mock_return(cos, 5);
}
