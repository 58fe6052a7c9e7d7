#include <string.h>
#include <thimble.h>

static void open_door(int number) {
    (void)number;
}
static void feed(const char *name) {
    (void)name;
}
static void close_door(int number) {
    (void)number;
}

static void work(void) {
    for (int i = 0; i < 3; i++) {
        open_door(i);
        feed("Spot");
        close_door(i);
    }
}

void test_order_across_mocks(void) {
    static const char *const names[] = {"open_door", "feed", "close_door"};
    mock(open_door);
    mock(feed);
    mock(close_door);
    work();
    const struct thimble_call *calls = mock_calls_all();
    for (int i = 0; i < 9; i++)
        assert(strcmp(calls[i].function, names[i % 3]) == 0);
    assert(!calls[9].function);
    assert(call_argument(int, &calls[6], "number") == 2);
    assert(strcmp(call_argument(char *, &calls[7], "name"), "Spot") == 0);
}

void test_nothing(void) {
    assert(!mock_calls_all()[0].function);
    mock(feed);
    assert(!mock_calls_all()[0].function);
}

void test_of_this_test_only(void) {
    mock(feed);
    mock(close_door);
    work();
    const struct thimble_call *calls = mock_calls_all();
    assert(strcmp(calls[0].function, "feed") == 0);
    assert(strcmp(calls[5].function, "close_door") == 0);
    assert(!calls[6].function);
}
