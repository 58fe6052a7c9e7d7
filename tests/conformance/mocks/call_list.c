// run: -j 1
#include <string.h>
#include <thimble.h>

enum color { RED, GREEN };
struct point {
    int x, y;
};
struct box {
    int id;
};

static void feed(const char *name, int grams, double weight) {
    (void)name, (void)grams, (void)weight;
}
static void paint(struct point at, enum color color, const struct point *corners, char **names) {
    (void)at, (void)color, (void)corners, (void)names;
}
static void send(const void *data, unsigned long size) {
    (void)data, (void)size;
}

void test_the_list_ends(void) {
    mock(feed);
    const struct thimble_call *calls = mock_calls(feed);
    assert(!calls[0].function);
    feed("Spot", 3, 2.5);
    feed("Jojo", 4, 2.5);
    assert(!calls[0].function);
    calls = mock_calls(feed);
    assert(strcmp(calls[0].function, "feed") == 0 && strcmp(calls[1].function, "feed") == 0);
    assert(calls[0].count == 3);
    assert(!calls[2].function && !calls[2].record);
}

void test_arguments(void) {
    char name[] = "Spot";
    mock(feed);
    feed(name, 3, 2.5);
    strcpy(name, "Jojo");
    const struct thimble_call *calls = mock_calls(feed);
    assert(strcmp(call_argument(const char *, &calls[0], "name"), "Spot") == 0);
    assert(call_argument(char, &calls[0], "name") == 'S');
    assert(call_argument(int, &calls[0], "grams") == 3);
    assert(call_argument(int, &calls[0], "2") == 3);
    assert(call_argument(double, calls, "weight") == 2.5);
    assert(call_argument(long, calls, "grams") == 3L);
    assert(call_argument(unsigned char, calls, "grams") == 3);
    assert(call_argument(double, calls, "grams") == 3.0);
    assert(call_argument(float, calls, "weight") == 2.5f);
}

void test_pointers(void) {
    struct point corners[2] = {{1, 2}, {3, 4}};
    char *names[] = {"Spot", "Jojo"};
    mock(paint);
    paint(corners[1], GREEN, corners, names);
    memset(corners, 0, sizeof corners);
    const struct thimble_call *calls = mock_calls(paint);
    assert(call_argument(struct point, calls, "at").y == 4);
    assert(call_argument(enum color, calls, "color") == GREEN);
    assert(call_argument(struct point, calls, "corners").x == 1);
    assert(call_argument(const struct point *, calls, "corners") == corners);
    assert(call_argument(struct point[2], calls, "corners")[1].x == 3);
    assert(call_argument(char **, calls, "names") == names);
    assert(strcmp(call_argument(char *, calls, "names"), "Spot") == 0);
}

void test_bytes(void) {
    struct point there = {5, 6};
    mock(send);
    send("hello", 5);
    send(&there, sizeof there);
    there.x = 0;
    const struct thimble_call *calls = mock_calls(send);
    assert(strcmp(call_argument(const char *, &calls[0], "data"), "hello") == 0);
    assert(call_argument(char[5], &calls[0], "data")[4] == 'o');
    assert(call_argument(struct point, &calls[1], "data").x == 5);
    assert(call_argument(const void *, &calls[1], "data") == &there);
}

void test_they_stay_when_the_mock_is_reset(void) {
    mock(feed);
    feed("Spot", 3, 2.5);
    const struct thimble_call *calls = mock_calls(feed);
    mock(send);
    for (int i = 0; i < 10000; i++)
        send("hello", 5);
    assert(call_argument(int, calls, "grams") == 3);
}

/* Where no compiler can tell. */

static const struct thimble_call *fed(void) {
    mock(feed);
    feed("Spot", 300, 2.5);
    return mock_calls(feed);
}

void test_an_unknown_name(void) {
    (void)call_argument(int, fed(), "gram");
}

void test_another_type(void) {
    (void)call_argument(struct point, fed(), "grams");
}

void test_another_pointer(void) {
    (void)call_argument(const struct point *, fed(), "name");
}

void test_a_type_that_does_not_hold_it(void) {
    (void)call_argument(signed char, fed(), "grams");
}

void test_another_pointee(void) {
    struct point there = {1, 2};
    mock(paint);
    paint(there, RED, &there, NULL);
    (void)call_argument(struct box, mock_calls(paint), "corners");
}

void test_a_null_pointer(void) {
    struct point there = {1, 2};
    mock(paint);
    paint(there, RED, NULL, NULL);
    (void)call_argument(struct point, mock_calls(paint), "corners");
}

void test_a_wild_pointer(void) {
    struct point there = {1, 2};
    mock(paint);
    paint(there, RED, (struct point *)8, NULL);
    (void)call_argument(struct point, mock_calls(paint), "corners");
}

void test_more_than_is_kept(void) {
    mock(send);
    send("hello", 5);
    (void)call_argument(char[65], mock_calls(send), "data");
}

void test_behind_the_end(void) {
    (void)call_argument(int, &fed()[1], "grams");
}

void test_not_mocked(void) {
    (void)mock_calls(feed);
}
