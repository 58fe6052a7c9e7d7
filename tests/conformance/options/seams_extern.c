// flags: -fplugin-arg-thimble-seams=extern
// run: -j 1
#include <thimble.h>
#include <time.h>

static int local(int x) {
    return x + 1;
}

void test_a_function_of_another_unit(void) {
    mock_return(time, 5);
    assert(time(NULL) == 5);
}

void test_one_of_this_unit(void) {
    assert(local(1) == 2);
    mock_return(local, 5);
}
