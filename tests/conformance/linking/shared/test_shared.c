// libs: -l:library.so
// run: -v
#include <thimble.h>
#include <time.h>

int hours(void);
int in_library(int x);

static int thousand(int x) {
    return 1000 + x;
}

void test_seams_in_the_library(void) {
    mock_return(time, 3600);
    assert(hours() == 1);
    assert_called_once_with(time, NULL);
}

void test_a_static_of_the_library(void) {
    patch("library.c:hidden", thousand);
    assert(in_library(1) == 1001);
}

void test_calls_into_the_library(void) {
    patch(in_library, thousand);
    assert(in_library(1) == 1001);
}
