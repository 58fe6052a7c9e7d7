/* Calls wherever an expression may stand: each has to reach the replacement. */
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static int value(int x) {
    return x + 1;
}

static int other(int x) {
    return 100 * x;
}

static int *pointer(int *p) {
    return p;
}

struct point {
    int x, y;
};

static struct point point(int x, int y) {
    struct point p;
    p.x = x;
    p.y = y;
    return p;
}

static struct point swapped(int x, int y) {
    struct point p;
    p.x = y;
    p.y = x;
    return p;
}

static int loops(void) {
    int rounds = 0;
    for (int i = value(0); i < value(3); i += value(0))
        rounds++;
    while (rounds > value(1))
        rounds -= value(0);
    do
        rounds += value(0);
    while (rounds < value(4));
    return rounds;
}

static int conditions(int x) {
    int n = 0;
    if (value(x))
        n += 1;
    if (!value(x) || value(x) == 2)
        n += 2;
    n += value(x) ? 4 : value(x + 1);
    n += value(x) && value(x + 1) ? 8 : 0;
    switch (value(x)) {
    case 2:
        n += 16;
        break;
    case 100:
        n += 32;
        break;
    }
    return n;
}

static int initialisers(void) {
    int a = value(1), b[] = {value(2), value(value(3))};
    struct point p = {.y = value(4), .x = value(5)};
    return a + b[0] + b[1] + p.x * 10 + p.y + ((struct point){value(6), 0}).x +
           ((int[]){value(7), value(8)})[1];
}

static int operators(void) {
    int n = 0, array[500] = {0};
    n += value(1), n -= value(0);
    array[value(1)] = value(2);
    array[value(2)]++;
    *pointer(&n) += 5;
    n = (value(1), value(2)) + -value(3) + (int)(char)value(4);
    n ^= ~value(5) & 0xff;
    return n + array[value(1)] + (value(3) << value(0) % 5);
}

static int sizes(void) {
    int array[value(2)];
    array[0] = (int)sizeof(array);
    return array[0] + (int)sizeof(value(5)) + (int)sizeof(int[value(1)]);
}

static int nested(void) {
    return value(value(value(1))) + abs(value(-5)) + value((int)strlen("abc"));
}

void test_unpatched(void) {
    assert(loops() == 5);
    assert(conditions(1) == 1 + 2 + 4 + 8 + 16);
    assert(initialisers() == 2 + 3 + 5 + 60 + 5 + 7 + 9);
    assert(nested() == 4 + 4 + 4);
    assert(sizes() == 3 * 4 + 4 + 2 * 4);
}

void test_patched(void) {
    mock_return(value, 1);
    assert(conditions(1) == 1 + 4 + 8);
    patch(value, other);
    assert(conditions(1) == 1 + 4 + 8 + 32);
    assert(initialisers() == 100 + 200 + 30000 + 5000 + 400 + 600 + 800);
    assert(nested() == 1000000 + 500 + 300);
    assert(sizes() == 200 * 4 + 4 + 100 * 4);
}

void test_counts(void) {
    mock_return(value, 3);
    sizes();
    assert(mock_call_count(value) == 2);
    operators();
    assert(mock_call_count(value) == 2 + 13);
}

void test_structs(void) {
    assert(point(1, 2).x == 1);
    patch(point, swapped);
    assert(point(1, 2).x == 2);
    assert(point(1, 2).y * 10 + point(3, 4).x == 14);
    struct point p = point(5, 6);
    assert(p.x == 6);
    p = (point(7, 8), point(8, 9));
    assert(p.x == 9);
}
