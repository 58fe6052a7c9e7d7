// flags: -fplugin-arg-thimble-seams=off
// run: -j 1
#include <thimble.h>
#include <time.h>

void test_asserts_work(void) {
    assert(time(NULL) == 5);
}

void test_no_seams(void) {
    mock_return(time, 5);
}
