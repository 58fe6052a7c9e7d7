// run: -j 1
#include <string.h>
#include <thimble.h>

/* Arrays that differ. */

struct point {
    int x, y;
};

void test_one_element(void) {
    int a[] = {1, 2, 3}, b[] = {1, 5, 3};
    assert_equal(a, b);
}

void test_a_literal(void) {
    int a[] = {1, 2, 3};
    assert_equal(a, (int[]){1, 2, 4});
}

void test_in_the_middle_of_many(void) {
    int a[1000], b[1000];
    for (int i = 0; i < 1000; i++)
        a[i] = b[i] = i;
    b[500] = 0;
    assert_equal(a, b);
}

void test_some_of_many(void) {
    int a[1000], b[1000];
    for (int i = 0; i < 1000; i++)
        a[i] = b[i] = i;
    b[500] = b[501] = b[504] = b[999] = 0;
    assert_equal(a, b);
}

void test_all_of_many(void) {
    double a[1000] = {0}, b[1000];
    for (int i = 0; i < 1000; i++)
        b[i] = i + 0.5;
    assert_equal(a, b);
}

void test_length(void) {
    int a[] = {1, 2, 3}, b[] = {1, 2, 3, 4};
    assert_equal(a, b);
}

void test_length_and_elements(void) {
    int a[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, b[] = {1, 2, 30};
    assert_equal(a, b);
}

void test_length_only_by_far(void) {
    int a[100] = {0}, b[10] = {0};
    assert_equal(a, b);
}

void test_pointer_beside_array(void) {
    int numbers[] = {1, 2, 3, 4}, *p = numbers;
    assert_equal(p, (int[]){1, 2, 4});
}

void test_of_structs(void) {
    struct point a[] = {{1, 2}, {3, 4}, {5, 6}, {7, 8}}, b[] = {{1, 2}, {3, 5}, {5, 6}, {9, 9}};
    assert_equal(a, b);
}

void test_of_strings(void) {
    const char *a[] = {"Spot", "Jojo", "Mimi"}, *b[] = {"Spot", "Jojo", "Momo"};
    assert_equal(a, b);
}

void test_of_names(void) {
    char a[3][8] = {"Spot", "Jojo", "Mimi"}, b[3][8] = {"Spot", "Juju", "Mimi"};
    assert_equal(a, b);
}

void test_of_arrays(void) {
    int a[2][3] = {{1, 2, 3}, {4, 5, 6}}, b[2][3] = {{1, 2, 3}, {4, 0, 6}};
    assert_equal(a, b);
}

void test_rows(void) {
    int a[2][2] = {{1, 2}, {3, 4}}, b[2][2] = {{1, 0}, {3, 0}};
    assert_equal(a, b);
}

void test_bytes(void) {
    unsigned char a[] = {0x00, 0xff, 0x10, 0x00, 0x20}, b[] = {0x00, 0xff, 0x10, 0x00, 0x21};
    assert_equal(a, b);
}
