// not-modes: pedantic
// error: 30: the argument 'name' of feed: WHERE takes a function that takes a 'const char *' and returns an int or bool, not a 'int (*)(int)': int feed(const char *name, int grams)
// error: 31: the argument 'grams' of feed: WHERE takes a function that takes a 'int' and returns an int or bool, not a 'double (*)(int)': int feed(const char *name, int grams)
// error: 32: the argument 'grams' of feed: WHERE takes a function that takes a 'int' and returns an int or bool, not a 'int (*)(const char *)': int feed(const char *name, int grams)
// error: 33: the argument 'grams' of feed: WHERE takes a function, not a 'int': int feed(const char *name, int grams)
// error: 34: the argument 'grams' of feed: WHERE takes a function that takes a 'int' and returns an int or bool, not a 'int (*)(const char *)': int feed(const char *name, int grams)
#include <thimble.h>

struct animal {
    int legs;
};

int feed(const char *name, int grams);
int weigh(struct animal *animal, double *weight, void *more);
int look(struct animal animal, int (*how)(void));

static int is_even(int x) {
    return x % 2 == 0;
}

static double half(int x) {
    return x / 2.0;
}

static int is_empty(const char *text) {
    return !*text;
}

void test_where(void) {
    assert_called_with(feed, WHERE(is_even), ANY);
    assert_called_with(feed, ANY, WHERE(half));
    assert_called_with(feed, ANY, WHERE(is_empty));
    assert_called_with(feed, ANY, WHERE(5));
    assert_any_call(feed, arg("grams", WHERE(is_empty)));
}
