#include <thimble.h>

int main(void) {
    return 7;
}

void test_main_without_arguments(void) {
    assert(program_main(0, 0) == 7);
}
