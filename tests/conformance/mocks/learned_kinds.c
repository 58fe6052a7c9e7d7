// run: -j 1
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <thimble.h>

enum color { RED, GREEN };
struct point {
    int x, y;
};
struct animal {
    const char *name;
    struct point at;
    struct animal *friend;
};
struct hidden;

static void numbers(char c, unsigned char byte, long n, float f, double d, bool yes, enum color color) {
    (void)c, (void)byte, (void)n, (void)f, (void)d, (void)yes, (void)color;
}
static void values(struct point at, struct animal who) {
    (void)at, (void)who;
}
static void pointers(const char *text, const struct point *at, const struct animal *who, char **names, const void *data) {
    (void)text, (void)at, (void)who, (void)names, (void)data;
}
static void others(FILE *file, struct hidden *it, void (*then)(void), int *number) {
    (void)file, (void)it, (void)then, (void)number;
}
static void tick(void) {
}
static void count(int i) {
    (void)i;
}
static int variadic(const char *format, ...) {
    return format[0];
}

static void work(void) {
    struct animal spot = {"Spot", {1, 2}, NULL}, jojo = {"Jo\"jo", {3, 4}, &spot};
    char *names[] = {"Spot", NULL};
    int number = 5;
    numbers('x', 200, -3, 2.5f, 0.1, true, GREEN);
    numbers('\0', 0, 1L << 40, -0.0f, 1e100, false, (enum color)7);
    values(spot.at, spot);
    values(jojo.at, jojo);
    pointers("one\n\ttwo", &spot.at, &spot, names, "text");
    pointers(NULL, NULL, &jojo, NULL, NULL);
    pointers("", (struct point *)8, NULL, &names[1], &number);
    others(stderr, (struct hidden *)&number, tick, &number);
    tick();
    variadic("%d %s", 3, "Spot");
    variadic("x");
}

void test_learns(void) {
    mock_learn(numbers);
    mock_learn(values);
    mock_learn(pointers);
    mock_learn(others);
    mock_learn(tick);
    mock_learn(variadic);
    work();
}

/* What it printed. */
void test_pasted(void) {
    mock(numbers);
    mock(values);
    mock(pointers);
    mock(others);
    mock(tick);
    mock(variadic);
    work();
    assert_has_calls(variadic,
                     call("%d %s", 3, "Spot"),
                     call("x"));
    assert_has_calls(tick,
                     call());
    assert_has_calls(others,
                     call(stderr, ANY, ANY, POINTS_TO(5)));
    assert_has_calls(pointers,
                     call("one\n\ttwo", POINTS_TO((struct point){.x = 1, .y = 2}), POINTS_TO((struct animal){.name = "Spot", .at = {.x = 1, .y = 2}, .friend = NULL}), POINTS_TO("Spot"), "text"),
                     call(NULL, NULL, ANY, NULL, NULL),
                     call("", ANY, NULL, POINTS_TO(NULL), ANY));
    assert_has_calls(values,
                     call(((struct point){.x = 1, .y = 2}), ((struct animal){.name = "Spot", .at = {.x = 1, .y = 2}, .friend = NULL})),
                     call(((struct point){.x = 3, .y = 4}), ANY));
    assert_has_calls(numbers,
                     call('x', 200, -3L, 2.5f, 0.1, true, GREEN),
                     call('\0', 0, 1099511627776L, -0.0f, 1e100, false, (enum color)7));
}

void test_learns_much(void) {
    mock_learn(count);
    for (int i = 0; i < 40; i++)
        count(i);
}
