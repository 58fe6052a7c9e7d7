// flags: -D_GNU_SOURCE
// run:
// run: -v --isolate none
// shell: THIMBLE_BREAKPOINT=0 ./tests -v
// shell: THIMBLE_BREAKPOINT=0 ./tests -v --isolate none -k thread
// shell: ./tests --pdb
// shell: ./tests --trace --debugger lldb-19 -q
// shell: ./tests --pdb --trace --debugger emacs -j 2
// shell: ./tests --pdb --debugger '' -k thread
// shell: ./tests --pdb --list
// shell: ./tests --debugger
// shell: ./tests --pdb=gdb
// shell: ./tests --help | sed -n '/^Debugging/,/^$/p'
/* Without a terminal there is no debugger: that is said once, and the results stay what they
 * are. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <thimble.h>

static int stops(void) {
    sigset_t before, after;
    sigemptyset(&before);
    sigaddset(&before, SIGUSR1);
    sigprocmask(SIG_BLOCK, &before, NULL);
    sigprocmask(SIG_BLOCK, NULL, &before);
    errno = 7;
    breakpoint();
    sigprocmask(SIG_BLOCK, NULL, &after);
    int same = 1;
    for (int i = 1; i < 32; i++)
        same &= sigismember(&before, i) == sigismember(&after, i);
    return same && errno == 7;
}

static void *in_thread(void *result) {
    *(int *)result = stops();
    return NULL;
}

void test_goes_on(struct capture *capture) {
    assert(stops() && stops());
    assert_equal(captured_stderr(capture), "");
}

void test_in_a_thread(void) {
    pthread_t thread;
    int result = 0;
    pthread_create(&thread, NULL, in_thread, &result);
    pthread_join(thread, NULL);
    assert(result);
}

void test_fails(void) {
    int before = 1;
    breakpoint();
    assert(before == 2);
}
