// error: 6: TAG stands in front of setup, which is no test
// error: 9: SKIP stands in front of test_returns, which is no test: it does not return void
// error: 13: XFAIL stands in front of test_helper, which is no test: nobody provides the parameter 'x' of test_helper: thimble knows const char *tmp_path and struct capture *capture; the unit uses it as a helper
#include <thimble.h>

TAG("slow") static void setup(void) {
}

SKIP("why") int test_returns(void) {
    return 1;
}

XFAIL("why") static void test_helper(int x) {
    assert(x);
}

/* A declaration alone says nothing yet. */
TAG("slow") void test_elsewhere(void);

TIMEOUT(5) void test_good(void);

void test_good(void) {
    test_helper(1);
}
