/* Variables are what the code made them, at every level of optimization. */
#include <thimble.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>

struct pair {
    int a;
    double b;
};

static void __attribute__((noinline)) leave(int status) {
    exit(status);
}

void test_scalars(void) {
    int count = 1, unchanged = 5;
    double ratio = 0.5;
    const char *name = "before";
    assert_exits(3) {
        for (int i = 0; i < 10; i++) {
            count += i;
            ratio *= 2;
        }
        name = "inside";
        leave(3);
        count = -1;
    }
    assert(count == 46 && unchanged == 5);
    assert(ratio == 512);
    assert_equal(name, "inside");
}

static int changes_its_parameter(int parameter, long other) {
    assert_exits(3) {
        parameter *= 7;
        other++;
        leave(3);
    }
    return parameter + (int)other;
}

void test_parameters(void) {
    assert(changes_its_parameter(3, 4) == 26);
}

void test_structs_and_arrays(void) {
    struct pair pair = {1, 2};
    int numbers[4] = {0};
    struct pair *at = &pair;
    assert_signals(SIGUSR1) {
        pair.a = 10;
        at->b = 20;
        for (int i = 0; i < 4; i++)
            numbers[i] = i * i;
        at = NULL;
        raise(SIGUSR1);
    }
    assert(pair.a == 10 && pair.b == 20);
    assert(numbers[3] == 9 && !at);
}

void test_nested(void) {
    int outer = 0, middle = 0, inner = 0;
    assert_exits(1) {
        outer++;
        assert_aborts() {
            middle++;
            assert_fails("inner") {
                inner++;
                assert(!"inner");
            }
            inner++;
            abort();
        }
        middle++;
        leave(1);
    }
    assert(outer == 1 && middle == 2 && inner == 2);
}

void test_in_a_loop(void) {
    int sum = 0, rounds = 0;
    for (int i = 0; i < 1000; i++) {
        int square = 0;
        assert_exits(i) {
            square = i * i;
            rounds++;
            leave(i);
        }
        sum += square % 10;
    }
    assert(rounds == 1000);
    assert(sum == 4500);
}

void test_subtests(void) {
    int failed = 0, steps = 0;
    assert_fails("steps == 100") {
        for (int i = 0; i < 5; i++) {
            subtest("%d", i) {
                steps += 2;
                failed++;
                assert(steps == 100);
                failed = 0;
            }
        }
    }
    assert(steps == 10 && failed == 5);
}

static inline int caught(int status) {
    int got = 0;
    assert_exits(status) {
        got = status + 1;
        leave(status);
    }
    return got;
}

void test_inlined(void) {
    int total = 0;
    for (int i = 0; i < 5; i++)
        total += caught(i);
    assert(total == 15);
}

static int with_goto(int n) {
    int tries = 0;
again:
    assert_exits(2) {
        tries++;
        if (tries < n)
            exit(2);
        leave(2);
    }
    if (tries < n)
        goto again;
    return tries;
}

void test_goto_back(void) {
    assert(with_goto(4) == 4);
}
