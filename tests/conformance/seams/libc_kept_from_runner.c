// run: -j 1
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thimble.h>
#include <time.h>
#include <unistd.h>

/* Each of these would take the runner down if it were called by it. */
static void mock_everything(void) {
    mock(malloc);
    mock(calloc);
    mock(realloc);
    mock(free);
    mock_return(write, -1);
    mock_return(read, -1);
    mock_return(time, -1);
    mock_return(clock_gettime, -1);
    mock_return(fork, -1);
    mock_return(waitpid, -1);
    mock(mmap);
    mock(_exit);
    mock(abort);
    mock_return(close, -1);
    mock(strdup);
    mock(vsnprintf);
    mock(fflush);
    mock(getenv);
}

/* Calls them so that there are seams. */
static void use_everything(void) {
    struct timespec now;
    va_list none;
    memset(&none, 0, sizeof(none));
    char *block = realloc(calloc(1, 1), 1);
    free(block);
    free(malloc(1));
    free(strdup("x"));
    (void)!write(1, "x", 1);
    (void)!read(0, &now, 1);
    time(NULL);
    clock_gettime(CLOCK_REALTIME, &now);
    waitpid(fork(), NULL, 0);
    close((int)(long)mmap(NULL, 1, 0, 0, -1, 0));
    fflush(NULL);
    (void)!getenv("X");
    vsnprintf(NULL, 0, " ", none);
}

void test_passes_all_the_same(void) {
    mock_everything();
    use_everything();
    assert_called_once_with(write, 1, "x", 1);
    assert(mock_call_count(malloc) == 1);
}

void test_fails_as_usual(void) {
    mock_everything();
    assert(malloc(1) != NULL);
}

void test_a_check_fails_as_usual(void) {
    mock_everything();
    (void)!write(1, "text", 4);
    assert_called_once_with(write, 1, "other", 5);
}

void test_never_called(void) {
    static volatile int never;
    if (never == 1)
        _exit(1);
    if (never == 2)
        abort();
}
