#include <string.h>
#include <thimble.h>

struct point {
    int x, y;
};

static int number = 1;
static const char *text = "before";
static struct point point = {1, 2};
static double numbers[3] = {1, 2, 3};
static unsigned char byte = 200;

void test_scalars(void) {
    patch_value(number, 5);
    patch_value(text, "after");
    patch_value(byte, 255);
    assert(number == 5 && byte == 255);
    assert(strcmp(text, "after") == 0);
}

void test_an_element_and_a_member(void) {
    patch_value(numbers[1], 2.5);
    patch_value(point.y, -1);
    assert(numbers[1] == 2.5 && numbers[2] == 3);
    assert(point.x == 1 && point.y == -1);
}

void test_a_struct(void) {
    struct point other = {7, 8};
    patch_value(point, other);
    assert(point.x == 7 && point.y == 8);
}

void test_each_test_starts_anew(void) {
    assert(number == 1 && point.x == 1 && point.y == 2 && numbers[1] == 2);
    assert(strcmp(text, "before") == 0);
}
