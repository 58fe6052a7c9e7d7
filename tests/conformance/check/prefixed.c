#define THIMBLE_PREFIXED_ONLY
#include <thimble.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* These names are the program's own. */
static int subtest = 1, skip = 2, xfail = 3;

static int assert_exits(int skip_if) {
    return skip_if + subtest + skip + xfail;
}

void test_prefixed(void) {
    int steps = 0;
    thimble_assert_exits(3) exit(3);
    thimble_assert_aborts() abort();
    thimble_assert_signals(SIGUSR1) raise(SIGUSR1);
    thimble_assert_fails("steps == 1") assert(steps == 1);
    thimble_assert_errno(EBADF, close(-1));
    thimble_subtest("%d", 5) steps++;
    thimble_skip_if(steps == 2, "no");
    assert(assert_exits(4) == 10);
}

void test_skipped(void) {
    thimble_skip("why");
}

void test_known(void) {
    thimble_xfail("why");
}

/* Blocks stand wherever a statement can. */
void test_statements(void) {
    int steps = 0;
    if (steps == 0)
        thimble_assert_exits(1) exit(1);
    else
        steps = 100;
    thimble_assert_exits(1) for (;;) {
        if (++steps == 10)
            exit(1);
    }
    thimble_assert_exits(1) {
        thimble_assert_exits(2) exit(steps == 10 ? 2 : 1);
        exit(1);
    }
}
