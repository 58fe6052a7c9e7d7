// run: -j 1
#include <thimble.h>

struct config {
    int limit;
    int (*check)(int);
};

static int check(int x) {
    return x;
}

static int other(int x) {
    return x + 1;
}

static long wide(long x, const char *name) {
    return x + !name;
}

static void grow(int first, ...) {
    (void)first;
}

static void shrink(int first) {
    (void)first;
}

static const struct config constant = {5, check};
static struct config config = {5, check};

int use(const struct config *c);

int use(const struct config *c) {
    grow(1);
    return check(c->limit) + c->check(c->limit);
}

void test_another_type_by_a_name_in_a_string(void) {
    patch("check", wide);
}

void test_not_variadic(void) {
    patch("grow", shrink);
}

void test_the_same_type_by_a_name_in_a_string(void) {
    patch("check", other);
    assert(use(&config) == 11);
}

void test_a_block_of_another_type(void) {
    with_patch("check", wide) {
        assert(0);
    }
}

void test_a_constant_pointer(void) {
    patch(constant.check, other);
}

void test_a_constant_object(void) {
    patch_value(constant.limit, 6);
}

void test_a_mock_of_a_constant_pointer(void) {
    mock_return(constant.check, 6);
}

void test_no_memory(void) {
    struct config *nowhere = (struct config *)0x10;
    patch_value(nowhere->limit, 6);
}

void test_no_memory_for_a_pointer(void) {
    struct config *nowhere = (struct config *)0x10;
    patch(nowhere->check, other);
}

void test_a_null_replacement(void) {
    int (*nothing)(int) = NULL;
    patch(check, nothing);
}

void test_a_string_literal(void) {
    patch_value("abc"[1], 'x');
}
