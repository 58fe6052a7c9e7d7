// not-modes: sanitize
// run: -s -j 1 --frames 3
// shell: "$THIMBLE_PREFIX"/bin/thimble memory zoo.dump | grep Total
/* What a debugger asks about memory. */
#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <unistd.h>

extern struct thimble_debug_door {
    uint64_t magic, version, text_start, text_end, question, question_size, answer, stack, room,
        room_size;
} thimble_debug_door;

/* What is taken from the heap meanwhile would be seen. */
static const char *answer(void) {
    size_t before, after, peak;
    errno = ENOSPC;
    tracker_reset_peak();
    tracker_traced(&before, NULL);
    const char *told = ((const char *(*)(void))(uintptr_t)thimble_debug_door.answer)();
    tracker_traced(&after, &peak);
    assert(errno == ENOSPC && before == after && peak == before);
    return told;
}

__attribute__((format(printf, 1, 2))) static void ask(const char *format, ...) {
    char *question = (char *)(uintptr_t)thimble_debug_door.question;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(question, thimble_debug_door.question_size, format, arguments);
    va_end(arguments);
    printf("> %s\n", question);
    printf("%s\n", answer());
    fflush(stdout);
}

/* Threads by a word. */
__attribute__((noinline)) static void ask_where(const void *address, int thread) {
    char *question = (char *)(uintptr_t)thimble_debug_door.question, id[16];
    snprintf(question, 100, "where\t%p", address);
    const char *told = answer(), *function = strstr(told, ", a function of ");
    if (function) {
        printf("%.*s\n", (int)(function - told) + 12, told);
        return;
    }
    snprintf(id, sizeof(id), "%d", thread);
    const char *at = strstr(told, id);
    at = thread ? at : NULL;
    printf("%.*s%s%s\n", at ? (int)(at - told) : 1000, told, at ? "THREAD" : "",
           at ? at + strlen(id) : "");
    fflush(stdout);
}

struct animal {
    const char *name;
    int legs;
};

static int counts[4];

__attribute__((noinline)) static struct animal *animals(size_t count) {
    struct animal *all = calloc(count, sizeof(*all));
    all[0] = (struct animal){"Spot", 4};
    return all;
}

void test_objects(void) {
    ask("objects\tstruct animal");
    tracker_start(1);
    struct animal *one = animals(1), *two = animals(2);
    void *more[60];
    char *word = strdup("a \"word\"");
    for (int i = 0; i < 60; i++)
        more[i] = malloc(sizeof(long));
    ask("objects\tstruct *");
    ask("objects\tchar");
    ask("objects\tstruct zebra");
    char *question = (char *)(uintptr_t)thimble_debug_door.question;
    strcpy(question, "objects\tlong*");
    const char *end = strstr(answer(), "\n...");
    printf("%s\n", end ? end : "no end");
    ask("snapshot");
    ask("snapshot\tzoo.dump");
    ask("snapshot\tno/zoo.dump");
    for (int i = 0; i < 60; i++)
        free(more[i]);
    free(one), free(two), free(word);
    tracker_stop();
}

/* The stack, without the lines that depend on the compiler. */
static void show_first_lines(const void *address) {
    char *question = (char *)(uintptr_t)thimble_debug_door.question;
    snprintf(question, 100, "where\t%p", address);
    char *told = strdup(answer()), *rest = told, *line;
    while ((line = strsep(&rest, "\n"))) {
        const char *in = strstr(line, " in ");
        if (strncmp(line, "  from 0x", 9) == 0)
            printf("  from ADDRESS%s\n", in && strstr(in, "test_") ? in : " in another");
        else
            puts(line);
    }
    free(told);
}

void test_where(void) {
    int local;
    struct animal *two = animals(2);
    show_first_lines(&two[1].legs);
    free(two);
    show_first_lines(two);
    ask_where(&counts[1], 0);
    ask_where(counts, 0);
    ask_where((const char *)(uintptr_t)test_objects + 1, 0);
    ask_where(&local, getpid());
    ask_where((void *)16, 0);
    ask("where\t0x");
    ask("where\thome");
    assert(counts[1] == 0);
}

static struct {
    pthread_barrier_t barrier;
    const void *local;
    int thread;
} other;

static void *wait_there(void *unused) {
    int local;
    other.local = &local;
    other.thread = gettid();
    pthread_barrier_wait(&other.barrier);
    ask_where(&local, gettid());
    pthread_barrier_wait(&other.barrier);
    pthread_barrier_wait(&other.barrier);
    return unused;
}

void test_where_in_a_thread(void) {
    pthread_t thread;
    pthread_barrier_init(&other.barrier, NULL, 2);
    pthread_create(&thread, NULL, wait_there, NULL);
    pthread_barrier_wait(&other.barrier);
    pthread_barrier_wait(&other.barrier);
    do /* it may be on its way to where it waits */
        snprintf((char *)(uintptr_t)thimble_debug_door.question, 100, "where\t%p", other.local);
    while (!strstr(answer(), "stack"));
    ask_where(other.local, other.thread);
    pthread_barrier_wait(&other.barrier);
    pthread_join(thread, NULL);
}

/* What an answer leaves behind hides no leak. */
void test_leak(void) {
    char *question = (char *)(uintptr_t)thimble_debug_door.question;
    snprintf(question, 100, "where\t%p", (void *)animals(1));
    memcpy((char *)(uintptr_t)thimble_debug_door.room, &(void *){animals(1)}, sizeof(void *));
    answer();
}
