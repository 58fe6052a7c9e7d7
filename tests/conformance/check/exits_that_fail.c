// run: -j 1
#include <thimble.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static volatile int number = 2;

static int helper(void) {
    assert_exits(3) {
        number = 2;
    }
    return 1;
}

void test_does_not_exit(void) {
    assert_exits(3) {
        number = 2;
    }
}

void test_does_not_exit_in_a_helper(void) {
    helper();
}

void test_exits_with_another_status(void) {
    assert_exits(EXIT_SUCCESS) exit(number);
}

void test_another_status_of_many_bits(void) {
    assert_exits(number) exit(-1);
}

void test_break(void) {
    assert_exits(3) {
        if (number == 2)
            break;
        exit(3);
    }
    assert(!"not reached");
}

void test_continue(void) {
    for (int i = 0; i < 2; i++)
        assert_exits(3) {
            if (number == 2)
                continue;
            exit(3);
        }
}

static int returns(void) {
    assert_exits(3) {
        if (number == 2)
            return 5;
        exit(3);
    }
    return 0;
}

void test_return(void) {
    assert(returns() == 5);
}

void test_goto(void) {
    assert_exits(3) {
        if (number == 2)
            goto out;
        exit(3);
    }
out:
    assert(!"not reached");
}

/* An assert within is what failed. */
void test_an_assert_within(void) {
    assert_exits(3) {
        assert(number == 3);
        exit(3);
    }
}

void test_another_signal_within(void) {
    assert_exits(3) raise(SIGTERM);
}

/* The inner one has caught it. */
void test_the_inner_block_fails(void) {
    assert_exits(3) {
        assert_exits(4) exit(3);
    }
}

void test_the_outer_block_fails(void) {
    assert_exits(3) {
        assert_exits(4) exit(4);
    }
}

static void *exits(void *unused) {
    exit(3);
    return unused;
}

void test_another_thread_exits(void) {
    pthread_t thread;
    assert_exits(3) {
        pthread_create(&thread, NULL, exits, NULL);
        pthread_join(thread, NULL);
    }
}

static int one(void) {
    return 1;
}

static int answer(void) {
    return 42;
}

static void teardown(void) {
    if (answer() != 42)
        _exit(9);
}

/* What it left is undone. */
void test_a_patch_within_is_undone(void) {
    with_patch(answer, one) {
        assert_exits(3) number = answer() + 1;
    }
}

void test_exits_behind_a_block(void) {
    assert_exits(3) exit(3);
    exit(4);
}
