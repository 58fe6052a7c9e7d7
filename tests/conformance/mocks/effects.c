// not-modes: pedantic
// run: -j 1
#include <errno.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct point {
    double x, y, z;
};

static int feed(const char *name, int times) { return name[0] + times; }
static struct point move(struct point from, float by, long double much) { return (void)by, (void)much, from; }
static long sum(int a, int b, int c, int d, int e, int f, int g, int h, double i, struct point j, int k, char l) {
    return a + b + c + d + e + f + g + h + (long)i + (long)j.z + k + l;
}
static void quit(int status) { exit(status); }
static void note(const char *text) { (void)text; }

static int fed;

static int fake_feed(const char *name, int times) {
    fed += times;
    return strcmp(name, "Spot") == 0 ? 7 : 8;
}

static struct point fake_move(struct point from, float by, long double much) {
    return (struct point){from.x + by, from.y * 2, (double)much};
}

static long fake_sum(int a, int b, int c, int d, int e, int f, int g, int h, double i, struct point j, int k, char l) {
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + (long)(9 * i) + (long)(10 * j.z) + 11 * k + 12 * l;
}

static int fail_with_errno(const char *name, int times) {
    (void)name, (void)times;
    errno = EMFILE;
    return -1;
}

static jmp_buf out;
static void jump(const char *text) {
    (void)text;
    longjmp(out, 1);
}

static int real_once_more(const char *name, int times) {
    return real(feed)(name, times) + 1000;
}

void test_an_effect_is_recorded_and_called(void) {
    mock_effect(feed, fake_feed);
    assert(feed("Spot", 3) == 7 && feed("Jojo", 4) == 8);
    assert(fed == 7 && mock_call_count(feed) == 2);
    assert_called_with(feed, "Jojo", 4);
}

void test_structs_and_many_arguments_go_through(void) {
    struct point from = {1, 2, 3};
    mock_effect(move, fake_move);
    struct point to = move(from, 0.5f, 8.25L);
    assert(to.x == 1.5 && to.y == 4 && to.z == 8.25);
    mock_effect(sum, fake_sum);
    assert(sum(1, 1, 1, 1, 1, 1, 1, 1, 1.0, from, 1, 1) == 36 + 9 + 30 + 11 + 12);
    assert_called_with(sum, 1, 1, 1, 1, 1, 1, 1, 1, 1, from, 1, 1);
}

void test_errno_is_as_the_effect_leaves_it(void) {
    mock_effect(feed, fail_with_errno);
    errno = 0;
    assert(feed("Spot", 1) == -1 && errno == EMFILE);
    mock_return(feed, 5);
    errno = EAGAIN;
    assert(feed("Spot", 1) == 5 && errno == EAGAIN);
}

void test_an_effect_may_jump(void) {
    mock_effect(note, jump);
    if (setjmp(out) == 0) {
        note("x");
        assert(0);
    }
    assert_called_once_with(note, "x");
}

void test_an_effect_may_call_the_real_one(void) {
    mock_effect(feed, real_once_more);
    assert(feed("A", 1) == 'A' + 1001);
    assert(mock_call_count(feed) == 1);
}

void test_the_last_thing_told_wins(void) {
    mock_return(feed, 1);
    mock_effect(feed, fake_feed);
    assert(feed("Spot", 0) == 7);
    mock_return(feed, 2);
    assert(feed("Spot", 0) == 2);
}

void test_by_its_name_in_a_string(void) {
    mock_effect("effects.c:feed", fake_feed);
    assert(feed("Spot", 3) == 7);
}

void test_of_another_type(void) {
    mock_effect("feed", quit);
    feed("Spot", 3);
}

void test_a_null_pointer(void) {
    mock_effect(feed, (int (*)(const char *, int))0);
}

void test_afterwards_all_is_real(void) {
    assert(feed("A", 1) == 'A' + 1);
    note("x");
    assert_exits(3)
        quit(3);
}
