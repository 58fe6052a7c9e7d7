// error: 12: nobody provides the parameter 'tmppath' of test_misspelled: thimble knows const char *tmp_path and struct capture *capture; did you mean 'tmp_path'?
// error: 16: the parameter 'tmp_path' of test_of_another_type is a 'int': thimble provides const char *tmp_path
// error: 20: nobody provides the parameter 'captured' of test_misspelled_too: thimble knows const char *tmp_path and struct capture *capture; did you mean 'capture'?
#include <thimble.h>

struct database;
/* Another file may provide it. */
static void test_somebody_provides_it(struct database *database) {
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
