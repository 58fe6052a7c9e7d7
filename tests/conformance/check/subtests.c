// run: -j 1 -v
// run: -j 1 --format=json
#include <thimble.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int steps;

void test_all_pass(void) {
    steps = 0;
    for (int i = 0; i < 3; i++)
        subtest("%d legs", i) {
            steps++;
        }
    assert(steps == 3);
}

void test_some_fail(void) {
    steps = 0;
    for (int i = 0; i < 4; i++)
        subtest("%d %s", i, "legs") {
            assert(i % 2 == 0);
            steps++;
        }
    assert(steps == 2);
    expect(steps == 3);
}

static void check(int number) {
    assert(number == 1);
}

void test_in_a_helper(void) {
    subtest("one") check(1);
    subtest("two") check(2);
}

void test_expects_belong_to_it(void) {
    subtest("first") {
        expect(steps == 100);
        expect(steps == 101);
    }
    subtest("second") {
        expect(steps == 102);
        assert(steps == 103);
    }
}

void test_nested(void) {
    subtest("outer") {
        subtest("passes") steps = 1;
        subtest("fails") assert(steps == 2);
        expect(steps == 3);
    }
    subtest("other") {
        subtest("fails") assert(steps == 4);
    }
}

void test_skipped(void) {
    subtest("first") {
        skip("no time");
    }
    subtest("second") {
        skip_if(steps > 1000, "not now");
        skip_if(steps < 1000, "later");
    }
    subtest("third") steps = 1;
}

void test_left_in_all_ways(void) {
    for (int i = 0; i < 3; i++) {
        subtest("%d", i) {
            if (i == 0)
                break;
            if (i == 1)
                continue;
            goto out;
        }
    }
out:
    subtest("odd\n\tname \001\002 %s", "100%") check(2);
}

void test_exits_within_are_the_tests(void) {
    subtest("fails") expect(steps == 100);
    assert_exits(3) {
        subtest("exits") exit(3);
    }
    subtest("waits for an exit") {
        assert_exits(3) exit(4);
    }
    subtest("exits") {
        expect(steps == 200);
        exit(3);
    }
}

void test_a_crash_within(void) {
    subtest("dies") {
        expect(steps == 200);
        raise(SIGTERM);
    }
}

void test_in_assert_fails(void) {
    assert_fails("steps == 100") {
        subtest("fails") assert(steps == 100);
    }
}

static void *in_thread(void *unused) {
    subtest("in a thread") assert(steps == 300);
    return unused;
}

void test_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, in_thread, NULL);
    pthread_join(thread, NULL);
}

void test_in_a_process(void) {
    if (fork() == 0) {
        subtest("in a process") assert(steps == 400);
        _exit(0);
    }
    wait(NULL);
}

void test_xfail_within(void) {
    subtest("one") xfail("known");
}
