// plain: marks mean nothing then, and nobody is to be warned of them
// flags: -I$THIMBLE_PREFIX/include -pedantic -Werror -Wattributes -Wshadow -Wundef
// link: none
// shell: true
#include <thimble.h>

TAG("slow") TAG("food") TIMEOUT(5) void test_feeds(void);

TAG("slow") TAG("food") TIMEOUT(5) void test_feeds(void) {
}

SKIP("why") XFAIL("why") static void test_nothing(void) {
}

void thimble_called(void);

thimble_TAG("slow") thimble_TIMEOUT(0.5) thimble_SKIP("why") thimble_XFAIL("why") void thimble_called(void) {
    test_nothing();
}
