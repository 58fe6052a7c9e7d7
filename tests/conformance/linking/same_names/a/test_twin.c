// run: -v
#include <thimble.h>

static int value(void) {
    return 1;
}

/* The same file name, function names and lines in the other folder. */
static void test_twin(void) {
    mock_return(value, 5);
    assert(value() == 5);
}

void test_a(void) {
    mock_return("a/test_twin.c:value", 6);
    assert(value() == 6);
}
