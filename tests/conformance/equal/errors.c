// error: 29: a 'struct point' and a 'int' cannot be compared
// error: 30: a 'struct point' and a 'struct size' cannot be compared
// error: 31: a 'int *' and a 'long' cannot be compared: compare what the pointer points to, or write NULL for a null pointer
// error: 32: a 'int *' and a 'unsigned int *' cannot be compared
// error: 33: a 'struct point *' and a 'struct size *' cannot be compared
// error: 34: a 'const char *' and a 'int' cannot be compared: compare what the pointer points to, or write NULL for a null pointer
// error: 35: a 'char [5]' and a 'unsigned char [5]' cannot be compared
// error: 36: a 'struct point [2]' and a 'struct point' cannot be compared
// error: 37: a 'struct point' and a 'union word' cannot be compared
// error: 38: assert_close compares numbers, not a 'const char *'
#include <thimble.h>

struct point {
    int x, y;
};
typedef struct point point_type;
struct size {
    int x, y;
};
union word {
    int x, y;
};

void test_types(void) {
    struct point point = {1, 2}, points[2] = {{1, 2}, {3, 4}};
    struct size size = {1, 2};
    unsigned n = 1;
    const char *name = "Spot"; point_type same = {1, 2};
    expect_equal(point, 1);
    expect_equal(point, size);
    assert_equal((int *)&n, 5L);
    assert_equal((int *)&n, &n);
    assert_equal(&point, &size);
    assert_equal(name, 0);
    assert_equal("Spot", ((unsigned char[5]){"Spot"}));
    assert_equal(points, point);
    assert_equal(point, (union word){1});
    assert_close(1.0, name, 0.1);
    assert_equal(same, point);
    assert_equal(name, (char *)0);
    assert_equal((void *)&n, &point);
    assert_equal((const volatile unsigned *)&n, &n);
}
