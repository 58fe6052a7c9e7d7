// not-modes: pedantic
// run: -s -q
#include <stdlib.h>
#include <thimble.h>

struct point {
    int x, y;
};
struct animal {
    char name[8];
    struct point at;
    const char *sound;
    double weight;
};
typedef struct {
    int x;
} plain;
struct bits {
    unsigned a : 3;
    int b : 5;
    unsigned : 4;
    unsigned long wide : 40;
    _Bool flag : 1;
};
struct mixed {
    int kind;
    union {
        int number;
        float real;
    };
    struct {
        short inner;
    };
};
union value {
    char small;
    double real;
    struct {
        int first, second;
    } pair;
};
struct flexible {
    int count;
    short data[];
};
struct __attribute__((packed)) tight {
    char c;
    int i;
};
struct aligned {
    char c;
    _Alignas(32) int i;
};
struct empty {};
struct holder {
    int before;
    struct empty nothing;
    _Atomic int atomic;
    const volatile int last;
};

void test_nested(void) {
    struct animal spot = {"Spot", {1, -2}, "wuff", 12.5};
    const struct animal *pointer = &spot;
    print_repr(spot, spot.at, *pointer, (struct point){.y = 2});
}

void test_without_a_tag(void) {
    struct {
        int x;
        plain inner;
    } local = {1, {2}};
    print_repr((plain){3}, local, &local.inner, &local);
}

void test_bit_fields(void) {
    struct bits bits = {.a = 5, .b = -3, .wide = 123456789012, .flag = 1};
    print_repr(bits);
}

void test_anonymous_members(void) {
    struct mixed mixed = {.kind = 1, .number = 5, .inner = 3};
    print_repr(mixed);
}

void test_unions(void) {
    static union value small = {.small = 'x'}, real = {.real = 0.5}, pair = {.pair = {1, 2}};
    print_repr(small, real, pair);
}

void test_a_flexible_array(void) {
    struct flexible *flexible = malloc(sizeof *flexible + 3 * sizeof(short));
    *flexible = (struct flexible){.count = 3};
    for (short i = 0; i < 3; i++)
        flexible->data[i] = i;
    print_repr(*flexible, flexible);
    free(flexible);
}

void test_odd_layouts(void) {
    struct tight tight = {'x', 5};
    struct aligned aligned = {'x', 5};
    struct holder holder = {1, {}, 2, 3};
    print_repr(tight, aligned, holder, (struct empty){});
}
