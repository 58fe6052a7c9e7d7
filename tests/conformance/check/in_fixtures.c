// run: -j 1 -v
// run: -j 1 -v --isolate worker
// run: -j 1 -v --isolate none -k 'not block'
#include <thimble.h>
#include <stdlib.h>

static volatile int number = 3;

static int answer(void) {
    return 42;
}

static int one(void) {
    return 1;
}

static int two(void) {
    return 2;
}

static int feed(int amount) {
    return amount;
}

void setup_module(void) {
    patch(answer, one);
    mock_return(feed, 5);
    assert(feed(1) == 5);
    assert_exits(4) exit(4);
}

void teardown_module(void) {
    assert(answer() == 1);
    assert(feed(9) == 5);
    assert_exits(5) exit(5);
}

void setup(void) {
    assert(answer() == 1);
    assert_exits(3) {
        with_patch(answer, two) exit(answer() + 1);
    }
    assert_fails("number = 3") assert(number == 4);
}

void teardown(void) {
    assert_aborts() abort();
    assert_equal(mock_call_count(feed), 3);
}

struct legs {
    int count;
};

struct legs *fixture_legs(void) {
    struct legs *legs = malloc(sizeof *legs);
    assert_exits(2) {
        legs->count = 4;
        exit(2);
    }
    return legs;
}

void teardown_legs(struct legs *legs) {
    assert_fails("") expect(legs->count == 5);
    free(legs);
}

/* What a test tells a mock of the module's, and asks of it, is that test's. */
void test_first(struct legs *legs) {
    assert(legs->count == 4);
    patch(answer, two);
    assert(answer() == 2);
    assert_equal(mock_call_count(feed), 1);
    mock_return(feed, 7);
    assert(feed(2) == 7 && feed(3) == 7);
    assert_called_with(feed, 3);
}

void test_second(void) {
    assert(answer() == 1);
    assert_equal(mock_call_count(feed), 1);
    assert(feed(2) == 5 && feed(4) == 5);
    assert_called_with(feed, 4);
}

void test_in_a_block(void) {
    with_patch(answer, two) {
        assert(feed(1) == 5 && feed(1) == 5);
        assert(!"fails");
    }
}

void test_third(void) {
    assert(answer() == 1);
    assert(feed(2) == 5 && feed(4) == 5);
}
