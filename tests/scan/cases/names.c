// What is a test, a helper or a fixture, by name, type and place.
#include "names.h"
#include <thimble.h>

struct list;

void test_plain(void) {
}

static void test_static(void) {
}

void test_without_prototype() {
}

int test_returns(void) {
    return 0;
}

void test_variadic(int count, ...) {
    (void)count;
}

typedef void function(void);
function test_declared;

void test_declared_by_typedef(void);

typedef void nothing;
nothing test_returns_a_typedef(void) {
}

void test_with_a_path(const char *tmp_path) {
    (void)tmp_path;
}

typedef const char *string;
void test_with_a_typedef(string tmp_path) {
    (void)tmp_path;
}

void test_with_capture(struct capture *capture) {
    (void)capture;
}

void test_with_both(const char *const tmp_path, struct capture *capture) {
    (void)tmp_path;
    (void)capture;
}

static int test_then_block(struct list *list) {
    return list != 0;
}

static void test_helper(struct list *list, int n) {
    (void)list;
    (void)n;
}

static void test_used_by_address(int n) {
    (void)n;
}

static void test_used_in_a_table(unsigned long n, const char *const *names, int (*compare)(void)) {
    (void)n;
    (void)names;
    (void)compare;
}

static void (*const table[])(unsigned long, const char *const *,
                             int (*)(void)) = {test_used_in_a_table};

inline void test_inline(void) {
}

static inline void test_static_inline(void) {
}

#define TEST(name) void test_##name(void)

TEST(by_a_macro) {
    test_then_block(0);
    test_helper(0, 1);
    void (*pointer)(int) = test_used_by_address;
    pointer(1);
    table[0](1, 0, 0);
}

#line 1000 "elsewhere.c"
void test_in_a_generated_file(void) {
}

void setup(void) {
}

static void teardown_module(void) {
}

int fixture_number(void) {
    return 3;
}

void setup_declared_only(void);

static int not_a_fixture(void) {
    test_static();
    test_static_inline();
    teardown_module();
    return sizeof(&test_plain) == 3;
}

int use(void) {
    return not_a_fixture();
}
