/* A program without Thimble: it dies, or does not, as its first argument says. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void third(char *place) {
    *place = 1; /* third */
}

static void second(char *place, int depth) {
    third(place + depth); /* second */
}

static void first(char *place) {
    int depth = 0;
    second(place, depth); /* first */
}

static size_t measure(const char *name) {
    size_t extra = 7;
    return strlen(name) + extra; /* measure */
}

static int deeper(int level) {
    volatile char much[4096];
    much[0] = (char)level;
    return deeper(level + 1) + much[0]; /* deeper */
}

static int repeat_input(void) {
    int c;
    while ((c = getchar()) != EOF)
        putchar(c);
    return 3;
}

static void spin(void) {
    puts("spinning");
    fflush(stdout);
    for (volatile int round = 0;; round++) /* spin */
        continue;
}

static int stop(void) {
    int seen = 1;
    signal(SIGUSR1, SIG_IGN);
    raise(SIGUSR1);                  /* which is nobody's business */
    __asm__ volatile("int3\n\tnop"); /* stop */
    seen++;                          /* behind */
    return seen;
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    char *volatile nowhere = NULL;
    if (strcmp(what, "crash") == 0)
        first(nowhere);
    if (strcmp(what, "libc") == 0)
        return (int)measure(nowhere);
    if (strcmp(what, "abort") == 0)
        abort(); /* abort */
    if (strcmp(what, "alarm") == 0)
        raise(SIGALRM); /* alarm */
    if (strcmp(what, "overflow") == 0)
        return deeper(1);
    if (strcmp(what, "spin") == 0)
        spin();
    if (strcmp(what, "stop") == 0)
        return stop();
    if (strcmp(what, "variables") == 0)
        printf("%s %s %s\n", argv[2], getenv("VICTIM"), getenv("COLUMNS"));
    return repeat_input();
}
