// link: program
// run:
// shell: THIMBLE_BREAKPOINT=0 ./tests
/* breakpoint() in a program without a terminal, also where it has forked: no debugger, which is
 * said once. */
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

static int next(int x) {
    errno = x;
    breakpoint();
    return errno + 1;
}

int main(void) {
    int status = -1;
    printf("%d\n", next(next(1)));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        _exit(next(3));
    if (wait(&status) == child && WIFEXITED(status))
        printf("%d\n", WEXITSTATUS(status));
    return 0;
}
