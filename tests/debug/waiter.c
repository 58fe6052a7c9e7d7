/* A process that waits for a debugger, as a test does, and then does what the reason is about. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#define OURS __attribute__((section("ours"), noinline))

extern char __start_ours[], __stop_ours[];

/* runtime/debug/door.h */
unsigned long thimble_debug_door[10] = {0x526f6f44, 1, (unsigned long)__start_ours,
                                        (unsigned long)__stop_ours};

static volatile sig_atomic_t waited, is_over;

/* For the tests: the session is over. */
OURS static void on_end(int number) {
    (void)number;
    is_over = 1;
}

OURS static int is_traced(void) {
    char line[256];
    int tracer = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        sscanf(line, "TracerPid: %d", &tracer);
    if (status)
        fclose(status);
    return tracer != 0;
}

OURS static void thimble_wait(void) {
    const struct timespec pause = {0, 5000000};
    waited = 1;
    for (int i = 0; i < 4000 && !is_over && !is_traced(); i++)
        nanosleep(&pause, NULL);
}

OURS static void on_fault(int number) {
    if (waited)
        signal(number, SIG_DFL);
    else
        thimble_wait();
}

OURS static void on_time(int number) {
    (void)number;
    if (!waited)
        thimble_wait();
}

static int traced_test(int legs) {
    int seen = legs; /* first line */
    return seen + 1;
}

static int check(const char *reason, int legs) {
    int here = legs * 2;
    if (strcmp(reason, "breakpoint") == 0) {
        thimble_wait();
        __asm__ volatile("int3\n\tnop"); /* breakpoint */
        here++;                          /* behind */
    }
    if (strcmp(reason, "failed") == 0 || strcmp(reason, "exit") == 0)
        thimble_wait(); /* failed */
    if (strcmp(reason, "signal") == 0)
        *(volatile char *)NULL = 1; /* fault */
    if (strcmp(reason, "timeout") == 0)
        raise(SIGRTMAX - 1); /* late */
    if (strcmp(reason, "trace") == 0)
        thimble_wait();
    return here;
}

OURS static int run(const char *reason) {
    return check(reason, 4); /* run */
}

int main(int argc, char **argv) {
    (void)argc;
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
    signal(SIGUSR1, on_end);
    signal(SIGSEGV, on_fault);
    signal(SIGRTMAX - 1, on_time);
    int here = run(argv[1]);
    raise(SIGRTMAX - 1); /* without a stop */
    return traced_test(here) > 0 ? 9 : 0;
}
