// run: -j 1
// libs: -ldl -rdynamic
#include "zoo.h"
#include <dlfcn.h>
#include <thimble.h>
#include <unistd.h>

static int ten(int animal) {
    return animal * 10;
}

static int hundred(int animal) {
    return animal * 100;
}

void test_only_that_file(void) {
    patch_in("evening.c", feed, ten);
    assert(morning() == 1 && evening() == 20 && feed(3) == 3);
    patch_in("src/morning.c", feed, hundred);
    assert(morning() == 100 && evening() == 20 && feed(3) == 3);
}

void test_nothing_is_left(void) {
    assert(morning() == 1 && evening() == 2 && feed(3) == 3);
}

void test_the_newest_wins_in_each_file(void) {
    patch_in("evening.c", feed, ten);
    with_patch(feed, hundred) {
        assert(morning() == 100 && evening() == 200);
    }
    assert(morning() == 1 && evening() == 20);
    patch(feed, hundred);
    assert(morning() == 100 && evening() == 200);
    patch_in("evening.c", feed, ten);
    assert(morning() == 100 && evening() == 20);
}

void test_over_and_under_a_mock(void) {
    mock_return(feed, 5);
    patch_in("evening.c", feed, ten);
    assert(morning() == 5 && evening() == 20);
    assert(mock_call_count(feed) == 1);
    mock_return(feed, 6);
    assert(morning() == 6 && evening() == 6);
}

void test_the_real_one_is_real(void) {
    patch_in("evening.c", feed, ten);
    assert(real(feed)(4) == 4);
}

void test_a_library_that_is_loaded_later(void) {
    patch_in("evening.c", feed, ten);
    patch(feed, hundred);
    patch_in("evening.c", feed, ten);
    void *library = dlopen("./plugin.so", RTLD_NOW);
    assert(library);
    int (*later)(void);
    *(void **)&later = dlsym(library, "later");
    assert(later() == 700);
    patch_in("plugin.c", feed, ten);
    assert(later() == 70 && morning() == 100);
}

void test_a_file_that_does_not_call_it(void) {
    patch_in("morning.c", getppid, getpid);
}

void test_a_file_that_is_not_there(void) {
    patch_in("evenings.c", feed, ten);
}

void test_a_folder_that_is_not_there(void) {
    patch_in("lib/morning.c", feed, ten);
}

void test_a_header(void) {
    patch_in("zoo.h", feed, ten);
}

void test_no_file_at_all(void) {
    patch_in("", feed, ten);
}

void test_nobody_calls_it(void) {
    patch_in("morning.c", night, morning);
}

void test_another_file_calls_something_like_it(void) {
    patch_in("evening.c", "fed", ten);
}

void test_a_pointer_is_one_for_all_files(void) {
    int (*pointer)(int) = feed;
    patch_in("evening.c", pointer, ten);
}
