#include <thimble.h>
#include <stdlib.h>
#include <string.h>

static volatile int grams = 3;
static volatile int steps;

static int feed(int amount) {
    return amount;
}

static void check_weight(int weight) {
    assert(weight > 5);
}

void test_an_assert(void) {
    steps = 0;
    assert_fails("assert(grams == 4)") {
        assert(grams == 4);
        steps++;
    }
    assert(steps == 0);
}

void test_any_text(void) {
    assert_fails("") assert(grams == 4);
    assert_fails("failures.c:27: assert(grams") assert(grams == 4);
    assert_fails("grams = 3") assert(grams == 4);
    assert_fails("weight = 3") check_weight(grams);
}

void test_in_the_code_under_test(void) {
    assert_fails("weight > 5") check_weight(feed(grams));
}

/* It goes on behind these. */
void test_expects(void) {
    steps = 0;
    assert_fails("grams == 5") {
        expect(grams == 4);
        steps++;
        expect(grams == 5);
        steps++;
        expect_equal(grams, 6);
        steps++;
    }
    assert(steps == 3);
}

void test_other_checks(void) {
    assert_fails("they differ by 2") assert_close(grams, 5, 1);
    assert_fails("assert_equal(grams, 5)") assert_equal(grams, 5);
    mock(feed);
    assert_fails("calls: none") assert_called_once_with(feed, 3);
    assert_fails("check_weight is not mocked") assert_called_with(check_weight, 3);
}

void test_blocks_within(void) {
    assert_fails("the block did not exit") {
        assert_exits(3) steps = 1;
    }
    assert_fails("exited with 4, not with 3") {
        assert_exits(3) exit(4);
    }
    assert_exits(4) {
        assert_fails("grams") {
            exit(4);
        }
    }
    assert_fails("nothing failed in the block") {
        assert_fails("grams") steps = 2;
    }
    assert_fails("outer") {
        assert_fails("grams") assert(grams == 4);
        assert(!"outer");
    }
}

void test_many_times(void) {
    for (int i = 0; i < 1000; i++)
        assert_fails("grams = 3") {
            char *block = malloc(100);
            memset(block, 0, 100);
            assert(grams == 4);
            free(block);
        }
}

void test_a_long_text(void) {
    static char text[20000];
    memset(text, 's', sizeof text - 1);
    assert_fails("ssss") assert_equal(text, "y");
}
