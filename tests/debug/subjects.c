/* What tests/debug/sessions debugs. A comment at a line's end names it. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <time.h>
#include <unistd.h>

/* lldb 14 has no name for an inlined function's frame but that of the function around it. */
#define NOT_INLINED __attribute__((noinline))

struct animal {
    char name[16];
    int meals;
};

/* ---- A breakpoint in a loop ---- */

NOT_INLINED static double square(double value) {
    double result = value * value; /* in square */
    return result;                 /* end of square */
}

NOT_INLINED double root_mean_square(const double *values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
        breakpoint();             /* breakpoint */
        sum += square(values[i]); /* sum */
        printf("%d: %g\n", i, sum); /* told */
    }
    return sqrt(sum / count); /* end of the loop */
}

void test_root_mean_square(void) {
    const double values[] = {3, 4, 5};
    double result = root_mean_square(values, 3); /* call */
    assert(result > 4.08 && result < 4.09);      /* result */
}

/* ---- A failed assert, three deep, in a thread ---- */

NOT_INLINED static void check_meals(struct animal *animal, int at_most) {
    int left = at_most - animal->meals;
    assert(left >= 0); /* too many meals */
    printf("%s may eat %d\n", animal->name, left);
}

NOT_INLINED static void check_animal(struct animal *animal) {
    int at_most = (int)strlen(animal->name);
    check_meals(animal, at_most); /* check_meals */
    printf("%s is well\n", animal->name);
}

static void *keeper(void *data) {
    struct animal *animals = data;
    int number = 1;
    check_animal(&animals[number]); /* check_animal */
    printf("%d\n", number);
    return NULL;
}

void test_keeper(void) {
    struct animal animals[] = {{"Jojo", 1}, {"Nessie", 9}};
    pthread_t thread;
    pthread_create(&thread, NULL, keeper, animals);
    pthread_join(thread, NULL); /* join */
}

/* ---- A crash in libc ---- */

NOT_INLINED size_t measure(const char *name) {
    size_t length = strlen(name); /* strlen */
    return length + 1;
}

void test_crash_in_libc(void) {
    const char *name = (const char *)(uintptr_t)(getpid() & 0); /* null, but who knows */
    int before = 7;
    size_t length = measure(name); /* measure */
    assert(length == (size_t)before);
}

/* ---- A stack overflow ---- */

int depth_of(volatile char *below, int level) {
    volatile char here[4096];
    here[0] = (char)level;
    return depth_of(here, level + 1) + below[0]; /* deeper */
}

void test_stack_overflow(void) {
    volatile char here = 0;
    assert(depth_of(&here, 1) == 0); /* depth_of */
}

/* ---- A mock's check, an exit, a timeout ---- */

static void feed(struct animal *animal, time_t when) {
    animal->meals = (int)(when % 10);
}

void test_mock(void) {
    struct animal *animal = calloc(1, sizeof(struct animal)); /* calloc */
    strcpy(animal->name, "Jojo");
    mock_return(time, 1234);
    mock(feed);
    feed(animal, time(NULL));
    assert_called_once_with(feed, animal, 4321); /* check */
    free(animal);
}

NOT_INLINED static void give_up(int status) {
    printf("giving up\n");
    exit(status); /* exit */
}

void test_exit(void) {
    give_up(3); /* give up */
}

TIMEOUT(0.3)
void test_timeout(void) {
    int naps = 0;
    for (;;) {
        usleep(1000); /* nap */
        naps++;
    }
}

/* ---- One that passes ---- */

void test_trace(void) {
    volatile int legs = 4; /* first line */
    legs += 4;    /* second line */
    assert(legs == 8);
}
