// library: library
#include <thimble.h>
#include <time.h>

int hours(void);
int in_library(int x);

static int hidden(int x) {
    return x + 1;
}

int hours(void) {
    return (int)(time(NULL) / 3600);
}

int in_library(int x) {
    return hidden(x);
}

void test_in_the_library(void) {
    mock_return(hidden, 8);
    assert(in_library(1) == 8);
    mock_return(time, 7200);
    assert(hours() == 2);
}
