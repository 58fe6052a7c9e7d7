// flags: -D_GNU_SOURCE
// run: -j 1 --timeout 20
// run: -j 1 --timeout 20 --isolate none
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <thimble.h>

/* A signal's handler jumps out of whatever is going on: nothing stays locked, and all that was
 * begun is undone. */

static int feed(int animal) {
    return animal;
}

static int nine(int animal) {
    return 9 + 0 * animal;
}

static int (*counter)(int) = feed;
static int limit = 1;
static sigjmp_buf out;

static void jump(int signal) {
    siglongjmp(out, signal);
}

static void interrupt_in(long microseconds) {
    const struct itimerval timer = {{0, 0}, {0, microseconds}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

void test_jumps_out_of_patch(void) {
    const struct sigaction action = {.sa_handler = jump};
    sigaction(SIGALRM, &action, NULL);
    for (volatile int i = 0; i < 300; i++)
        if (!sigsetjmp(out, 1)) {
            interrupt_in(20 + i);
            for (;;) {
                patch(feed, nine);
                patch_in("asynchronous.c", "feed", nine);
                patch(counter, nine);
                with_patch(feed, nine) {
                    patch_value(limit, 9);
                }
            }
        }
    patch(feed, nine);
    assert(feed(1) == 9);
}

void test_nothing_is_left(void) {
    assert(feed(1) == 1 && counter == feed && limit == 1);
    with_patch(feed, nine) {
        assert(feed(1) == 9);
    }
}
