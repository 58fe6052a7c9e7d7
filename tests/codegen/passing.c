/* Asserts that hold, a function each, for tests/codegen/run to look at what they cost. What
 * an operand is made of is used behind the assert, too, as it is in most code; so keeping
 * it costs no register that was free. */
#include <assert.h>
#include <stdbool.h>
#include <string.h>

struct point {
    int x, y;
};

struct animal {
    const char *name;
    int legs;
    unsigned tame : 1, fed : 3;
    struct point place;
    int meals[4];
    struct animal *next;
};

#define CASE __attribute__((noinline))

CASE int one_comparison(int a, int b) {
    assert(a < b);
    return a;
}

CASE int two_members(const struct animal *animal) {
    assert(animal->legs == 4 && animal->place.x == 1);
    return animal->legs;
}

CASE int either(int a, int b, int c) {
    assert(a == 1 || b == 2 || c == 3);
    return a + b + c;
}

CASE int nested_logic(int a, int b, int c, int d) {
    assert((a == 1 && b != 2) || (c < d && !(a == d)));
    return a + b + c + d;
}

CASE int element(const struct animal *animal, int i) {
    assert(animal->meals[i + 1] > 10);
    return animal->meals[i + 1] + i;
}

CASE int pointer(const struct animal *animal) {
    assert(animal && animal->next);
    return animal->next->legs;
}

CASE int strings(const char *a, const char *b) {
    assert(strcmp(a, b) == 0);
    return *a + *b;
}

CASE int bit_fields(const struct animal *animal) {
    assert(animal->tame && animal->fed == 5);
    return animal->legs;
}

CASE int arithmetic(int a, int b) {
    assert(a * b + 1 == 7 && (a & 3) != 0);
    return a - b;
}

CASE double real(double a, float b) {
    assert(a > 0.5 && a + b < 10);
    return a * b;
}

CASE int loop(const int *values, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        assert(values[i] > 0);
        sum += values[i];
    }
    return sum;
}

int main(void) {
    struct animal second = {.name = "Jojo", .legs = 2};
    struct animal first = {"Spot", 4, 1, 5, {1, 2}, {10, 20, 30, 40}, &second};
    int values[] = {1, 2, 3, 4, 5, 6, 7, 8};
    char name[] = "Spot", same[] = "Spot";
    volatile double sink = 0;
    for (int i = 0; i < 1000; i++)
        sink += one_comparison(1, 2) + two_members(&first) + either(0, 0, 3) +
                nested_logic(0, 2, 3, 4) + element(&first, 1) + pointer(&first) +
                strings(name, same) + bit_fields(&first) + arithmetic(2, 3) + real(1.5, 2.0f) +
                loop(values, 8);
    return sink < 0;
}
