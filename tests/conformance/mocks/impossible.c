// not-modes: pedantic
// run: -j 1
#include <thimble.h>

struct packed {
    char c;
    int i;
} __attribute__((packed));

typedef float vector __attribute__((vector_size(16)));

static int take_packed(struct packed p) {
    return p.i;
}

static vector take_vector(vector v) {
    return v + v;
}

static int fake_packed(struct packed p) {
    return -p.i;
}

static vector fake_vector(vector v) {
    return v * v;
}

void test_patch_works(void) {
    struct packed p = {'c', 5};
    vector v = {1, 2, 3, 4};
    patch(take_packed, fake_packed);
    patch(take_vector, fake_vector);
    assert(take_packed(p) == -5);
    assert(take_vector(v)[3] == 16);
}

void test_mock_says_why_not(void) {
    mock(take_vector);
}

void test_mock_of_a_packed_struct(void) {
    mock(take_packed);
}
