// not-modes: pedantic
// run: -j 1
#include <complex.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <thimble.h>

struct small {
    double a;
    long b;
};
struct large {
    char name[40];
    long double weight;
};
struct zoo {
    int (*count)(struct zoo *, int);
    int animals;
};

static int add(int a, int b) { return a + b; }
static struct small swap(struct small s) { return (struct small){(double)s.b, (long)s.a}; }
static struct large grow(struct large l, float by) { l.weight *= by; return l; }
static long double half(long double x) { return x / 2; }
static double complex turn(double complex z) { return z * I; }
static float complex turn_float(float complex z) { return z * I; }
static long double complex turn_wide(long double complex z) { return z * I; }
static signed char minus(signed char c) { return (signed char)-c; }
static _Bool is_not(_Bool b) { return !b; }
static __int128 twice(__int128 x) { return 2 * x; }
static int inline_one(int x);
static inline int inline_one(int x) { return x + 1; }
static int count(struct zoo *zoo, int more) { return zoo->animals + more; }
static int fake_add(int a, int b) { return a * b; }
static int failing(void) { errno = EILSEQ; return -1; }

void test_what_comes_back_is_untouched(void) {
    struct small small = swap((struct small){1.5, 7});
    struct large first = {"Spot", 3.5L};
    mock_spy(add);
    mock_spy(swap);
    mock_spy(grow);
    mock_spy(half);
    mock_spy(turn);
    mock_spy(turn_float);
    mock_spy(turn_wide);
    mock_spy(minus);
    mock_spy(is_not);
    mock_spy(twice);
    mock_spy(inline_one);
    assert(add(-3, 1) == -2);
    small = swap((struct small){2.5, 9});
    assert(small.a == 9.0 && small.b == 2);
    struct large large = grow(first, 2.0f);
    assert(strcmp(large.name, "Spot") == 0 && large.weight == 7.0L);
    assert(half(0.3L) == 0.3L / 2);
    assert(turn(1 + 2 * I) == -2 + I && turn_float(1 + 2 * I) == -2 + I);
    assert(turn_wide(1 + 2 * I) == -2 + I);
    assert(minus(5) == -5 && minus(-128) == -128);
    assert(is_not(0) == 1 && is_not(1) == 0);
    assert(twice((__int128)3 << 90) == (__int128)6 << 90);
    assert(inline_one(4) == 5);
    assert_called_once_with(add, -3, 1);
    assert_called_once_with(half, 0.3L);
    assert_called_with(minus, -128);
    assert_called_once_with(inline_one, 4);
}

void test_errno_is_the_real_one_s(void) {
    mock_spy(open);
    mock_spy(failing);
    errno = 0;
    assert(open("/nowhere/at all", O_RDONLY) == -1 && errno == ENOENT);
    assert(failing() == -1 && errno == EILSEQ);
    mock_spy(add);
    errno = EAGAIN;
    assert(add(1, 2) == 3 && errno == EAGAIN);
}

void test_of_the_library(void) {
    mock_spy(strtol);
    mock_spy(getpid);
    mock_spy(malloc);
    char *end, *block = malloc(3);
    assert(strtol("12x", &end, 10) == 12 && *end == 'x');
    assert(getpid() > 0 && block);
    assert_called_once_with(strtol, "12x", &end, 10);
    assert_called_once_with(malloc, 3);
    free(block);
}

void test_a_pointer_is_spied_on(void) {
    struct zoo zoo = {count, 5};
    mock_spy(zoo.count);
    assert(zoo.count(&zoo, 2) == 7);
    assert_called_once_with(zoo.count, &zoo, 2);
    patch(zoo.count, NULL ? count : zoo.count);
    assert(zoo.count(&zoo, 3) == 8);
}

void test_under_a_patch_the_real_one_is_called(void) {
    patch(add, fake_add);
    mock_spy(add);
    assert(add(3, 4) == 7);
}

void test_the_last_thing_told_wins(void) {
    mock_return(add, 1);
    mock_spy(add);
    assert(add(3, 4) == 7);
    mock_return(add, 2);
    assert(add(3, 4) == 2);
    mock_spy("spies.c:add");
    assert(add(3, 4) == 7 && mock_call_count(add) == 3);
}

static void leave(int status) {
    exit(status);
}

static int fake_add_calls;

static void *thread(void *data) {
    pthread_exit(data);
}

void test_what_never_returns(void) {
    mock_spy(exit);
    mock_spy(leave);
    mock_spy(_exit);
    assert_exits(5)
        leave(5);
    assert_called_once_with(leave, 5);
    assert_called_once_with(exit, 5);
    assert_exits(6)
        _exit(6);
    assert_called_once_with(_exit, 6);
    mock_spy(abort);
    assert_aborts()
        abort();
    assert(mock_call_count(abort) == 1);
}

void test_a_thread_that_leaves_through_a_spy(void) {
    pthread_t id;
    void *result = NULL;
    mock_spy(pthread_exit);
    assert(pthread_create(&id, NULL, thread, &fake_add_calls) == 0 && pthread_join(id, &result) == 0);
    assert(result == &fake_add_calls);
    assert_called_once_with(pthread_exit, &fake_add_calls);
}

void test_a_null_pointer(void) {
    struct zoo zoo = {NULL, 0};
    mock_spy(zoo.count);
}

void test_afterwards_all_is_real(void) {
    assert(add(3, 4) == 7);
    assert_exits(5)
        leave(5);
}
