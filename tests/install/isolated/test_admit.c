#include <thimble.h>

int open_door(int number);
int admit(int age);

void test_child(void) {
    mock_return(open_door, 5);
    assert(admit(6) == 5);
    assert_called_once_with(open_door, 2);
}

void test_unmocked(void) {
    admit(6);
}
