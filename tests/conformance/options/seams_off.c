// flags: -fplugin-arg-thimble-seams=off
// run: -j 1
#include <thimble.h>
#include <time.h>

void test_asserts_work(void) {
    int fed = 1;
    assert(fed == 2);
}

void test_no_seams(void) {
    mock_return(time, 5);
}
