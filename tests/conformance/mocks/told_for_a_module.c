// run: -j 1
// run: -j 1 --isolate worker
// run: -j 1 --isolate none
#include <stdlib.h>
#include <thimble.h>

static int feed(int number) { return number; }
static int fill(int *to) { return (void)to, 0; }
static int ask(int number) { return number; }
static int watch(int number) { return number; }
static int answer(void) { return 42; }
static void leave(void) { exit(1); }

static int negative(int number) {
    return -number;
}

void setup_module(void) {
    mock_return_each(feed, 10, 20, 30, 40);
    assert(feed(0) == 10);
    mock_set(fill, "to", 5);
    mock_return(fill, 1);
    mock_effect(ask, negative);
    mock_learn(watch);
    watch(1);
    mock_exit(leave, 3);
    mock(answer);
}

static void check_all(void) {
    int filled = 0;
    assert(mock_call_count(feed) == 1);
    assert(feed(0) == 20 && feed(0) == 30);
    assert(fill(&filled) == 1 && filled == 5);
    assert(ask(3) == -3);
    assert(watch(2) == 2 && mock_call_count(watch) == 2);
    assert_exits(3)
        leave();
}

void test_first(void) {
    check_all();
}

void test_tells_them_something_else(void) {
    mock_return(feed, 7);
    mock_set(fill, "to", 6);
    mock_spy(ask);
    mock_return(watch, 8);
    mock_effect(leave, abort);
    int filled = 0;
    assert(feed(0) == 7 && fill(&filled) == 1 && filled == 6 && ask(3) == 3 && watch(4) == 8);
    assert_aborts()
        leave();
    mock_reset(ask);
    mock_learn(answer);
    assert(answer() == 42);
}

static int doubled(int number) {
    return 2 * number;
}

void test_patches_them(void) {
    patch(feed, doubled);
    assert(feed(4) == 8);
    mock(feed);
    assert(feed(4) == 20);
}

void test_the_same_again(void) {
    check_all();
    assert(answer() == 0);
    mock_learn(answer);
}
