// not-modes: sanitize
// run: --timeout 10 -j 1
#define _GNU_SOURCE
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int depth;

static int descend(void) {
    volatile char frame[4096];
    frame[0] = (char)depth++;
    return depth < 0 ? frame[0] : descend() + frame[0];
}

void test_overflows_its_stack(void) {
    assert(descend() == 0);
}

void test_closes_all_descriptors(void) {
    for (int fd = 0; fd < 1000; fd++)
        close(fd);
    assert(depth == 1);
}

void test_floods_its_output(void) {
    static char line[1000];
    memset(line, 'x', sizeof(line) - 1);
    for (int i = 0; i < 10000; i++)
        puts(line);
}

void test_kills_its_group(void) {
    kill(0, SIGKILL);
    pause();
}

void test_returns_in_a_child(void) {
    if (fork() > 0)
        wait(NULL);
}

void test_leaves_a_child_behind(void) {
    if (fork() == 0)
        for (;;)
            pause();
}

void test_writes_over_its_arguments(void) {
    extern char **environ;
    environ = NULL;
    assert(getenv("PATH") == NULL);
}

void test_still_runs(void) {
}
