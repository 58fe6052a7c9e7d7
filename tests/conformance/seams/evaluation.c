#include <thimble.h>

static int count;

static int next(void) {
    return ++count;
}

static int add(int a, int b) {
    return 10 * a + b;
}

static int swapped(int a, int b) {
    return 10 * b + a;
}

static int twice(void) {
    int array[3] = {5, 6, 7}, *p = array, i = 0;
    int first = add(*p++, i++);
    return first * 1000 + (int)(p - array) * 100 + i * 10 + add(count++, 0);
}

void test_arguments_are_evaluated_once(void) {
    assert(add(next(), 0) == 10);
    assert(count == 1);
    assert(twice() == 50120);
    assert(count == 2);
}

void test_so_are_those_of_a_patched_call(void) {
    patch(add, swapped);
    assert(add(next(), 0) == 1);
    assert(count == 1);
    assert(twice() == 5111);
    assert(count == 2);
}

void test_so_are_those_of_a_mocked_call(void) {
    mock_return(add, 4);
    assert(add(next(), next()) == 4);
    assert(count == 2);
    assert(mock_call_count(add) == 1);
}
