// libs: -l:library.so
#include <thimble.h>

void library_exit(int status);
void library_errx(int status);
void library_underscore_exit(int status);
void library_calls(void (*callback)(int), int status);
void library_abort(void);
void library_double_free(void);
void library_sorts_and_exits(void);

static void exits(int status) {
    library_exit(status);
}

void test_exits_of_a_library(void) {
    int rounds = 0;
    for (int i = 1; i <= 10; i++) {
        assert_exits(i) {
            rounds += i;
            library_exit(i);
        }
    }
    assert(rounds == 55);
    assert_exits(3) library_errx(3);
    assert_exits(4) library_calls(exits, 4);
    assert_exits(5) library_sorts_and_exits();
}

void test_aborts_of_a_library(void) {
    assert_aborts() library_abort();
    assert_aborts() library_double_free();
}
