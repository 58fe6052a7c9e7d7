// not-modes: pedantic
// run: -s -q
#include <string.h>
#include <thimble.h>

struct point {
    int x, y;
};
typedef int vector __attribute__((vector_size(16)));

void test_of_numbers(void) {
    int three[] = {1, 2, 3};
    const double reals[2] = {0.5};
    unsigned long none[1] = {0};
    print_repr(three, reals, none, &three, &three[1]);
}

void test_of_arrays(void) {
    int table[2][3] = {{1, 2, 3}, {4, 5, 6}};
    short cube[2][1][2] = {{{1, 2}}, {{3, 4}}};
    print_repr(table, table[1], cube, &table);
}

void test_of_structs_and_pointers(void) {
    struct point points[2] = {{1, 2}, {3, 4}};
    const char *names[] = {"Spot", "Jojo", 0};
    print_repr(points, names);
}

void test_equal_elements_are_a_range(void) {
    int zeros[100] = {0}, some[20] = {1, 2, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 3};
    struct point points[50];
    memset(points, 0, sizeof points);
    points[49].x = 1;
    print_repr(zeros, some, points);
}

void test_a_vector(void) {
    vector v = {1, -2, 3};
    print_repr(v);
}

void test_a_million_elements(void) {
    static int large[1000000];
    large[999999] = 1;
    print_repr(large);
    repr_set_limit(60);
    for (int i = 0; i < 1000000; i++)
        large[i] = i;
    print_repr(large);
}
