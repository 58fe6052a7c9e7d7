// run: -j 1
// not-modes: pedantic
#include <math.h>
#include <string.h>
#include <thimble.h>

/* Structs and unions that differ. */

struct point {
    int x, y;
};

struct animal {
    char name[8];
    int legs;
    struct point at;
    const char *sound;
    struct animal *friend;
    double weight;
    unsigned tame : 1, age : 7;
};

struct zoo {
    int count;
    struct animal list[4];
};

union value {
    int number;
    double real;
};

struct variant {
    int kind;
    union {
        int number;
        const char *text;
    };
    struct {
        short inner;
    };
};

typedef struct {
    int first, second;
} pair_of_ints;

static struct animal spot(void) {
    return (struct animal){"Spot", 4, {1, 2}, "Woof", NULL, 12.5, 1, 7};
}

void test_one_field(void) {
    struct animal a = spot(), b = spot();
    b.legs = 3;
    assert_equal(a, b);
}

void test_a_literal(void) {
    struct point here = {1, 2};
    assert_equal(here, (struct point){.x = 1, .y = 3});
}

void test_a_long_literal(void) {
    struct animal a = spot();
    assert_equal(a, (struct animal){.name = "Spot", .legs = 4, .at = {1, 2}, .sound = "Woof"});
}

void test_a_long_literal_with_one_difference(void) {
    struct animal a = spot();
    assert_equal(a, (struct animal){"Spot", 4, {1, 2}, "Woof", NULL, 12.5, 1, 8});
}

void test_a_call(void) {
    struct animal expected = spot();
    expected.at.y = 20;
    assert_equal(spot(), expected);
}

void test_pointers(void) {
    struct animal a = spot(), b = spot(), *p = &a;
    b.at.x = 10;
    assert_equal(p, &b);
}

void test_fields(void) {
    struct animal a = spot(), b = spot();
    b.legs = 3;
    b.sound = "Wuff";
    b.age = 8;
    assert_equal(a, b);
}

void test_nested(void) {
    struct zoo a = {2, {spot(), spot()}}, b = a;
    strcpy(b.list[1].name, "Jojo");
    b.list[1].at.y = 9;
    assert_equal(a, b);
}

void test_in_many(void) {
    struct zoo a = {2, {spot(), spot()}}, b = a;
    a.count = 3;
    memset(b.list, 0, sizeof b.list);
    assert_equal(a, b);
}

void test_without_a_tag(void) {
    pair_of_ints a = {1, 2}, b = {1, 3};
    assert_equal(a, b);
}

void test_null_and_not(void) {
    struct animal a = spot(), b = spot();
    b.sound = NULL;
    assert_equal(a, b);
}

void test_nan_inside(void) {
    struct animal a = spot(), b;
    a.weight = NAN;
    b = a;
    assert_equal(a, b);
}

void test_looks_alike(void) {
    struct animal a = spot(), b;
    a.weight = NAN;
    b = a;
    b.legs = 5;
    assert_equal(a, b);
}

void test_union(void) {
    union value a = {.number = 1}, b = {.number = 2};
    assert_equal(a, b);
}

void test_anonymous(void) {
    struct variant a = {1, {.number = 1}, {5}}, b = {1, {.number = 2}, {5}}, c = {1, {.number = 1}, {6}};
    expect_equal(a, b);
    expect_equal(a, c);
    expect_equal(b, c);
}
