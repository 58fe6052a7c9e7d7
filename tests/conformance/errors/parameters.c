#include <thimble.h>

struct database;

void test_nobody_provides_it(struct database *database) {
    assert(database);
}

void test_misspelled(const char *tmppath) {
    assert(tmppath);
}

void test_of_another_type(int tmp_path) {
    assert(tmp_path);
}

void test_misspelled_too(const char *tmp_path, struct capture *captured) {
    assert(tmp_path && captured);
}

/* Called, so it is a helper. */
static int test_helper(int x) {
    return x;
}

static void test_void_helper(int x) {
    assert(x);
}

void test_good(void) {
    assert(test_helper(1) == 1);
    test_void_helper(1);
}
