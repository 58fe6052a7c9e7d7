/* A program, with breakpoints that it gets past. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

static int inner(int x) {
    errno = 7;
    breakpoint();
    return errno == 7 ? x : -1;
}

static void *in_thread(void *x) {
    printf("thread %d\n", inner(2));
    fflush(stdout);
    return x;
}

int main(void) {
    int status = -1;
    pthread_t thread;
    printf("main %d\n", inner(1));
    fflush(stdout);
    pthread_create(&thread, NULL, in_thread, NULL);
    pthread_join(thread, NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(inner(3));
    pid_t ended = wait(&status);
    printf("child %d, others %d\n", ended == child ? WEXITSTATUS(status) : -1, (int)wait(NULL));
    return 0;
}
