// not-modes: pedantic
// error: 30: the argument 'grams' of feed: a 'char *' does not convert to a 'int': int feed(const char *name, int grams)
// error: 31: the argument 'grams' of feed: a 'char *' does not convert to a 'int': int feed(const char *name, int grams)
// error: 32: the argument 'grams' of feed: CLOSE takes numbers, not a 'char *': int feed(const char *name, int grams)
// error: 33: the argument 'name' of feed: CLOSE is for numbers, not for a 'const char *': int feed(const char *name, int grams)
// error: 34: the argument 'animal' of look: GT is for numbers, pointers and strings, not for a 'struct animal': int look(struct animal animal, int (*how)(void))
// error: 35: the argument 'grams' of feed: a 'struct animal *' does not convert to a 'int': int feed(const char *name, int grams)
// error: 39: the argument 'name' of feed: CONTAINS takes a string, not a 'int': int feed(const char *name, int grams)
// error: 40: the argument 'grams' of feed: STARTS_WITH is for strings, not for a 'int': int feed(const char *name, int grams)
// error: 41: the argument 'animal' of weigh: MATCHES is for strings, not for a 'struct animal *': int weigh(struct animal *animal, double *weight, void *more)
// error: 45: the argument 'grams' of feed: BYTES is for pointers, not for a 'int': int feed(const char *name, int grams)
// error: 46: the argument 'grams' of feed: SAME is for pointers, not for a 'int': int feed(const char *name, int grams)
// error: 47: the argument 'animal' of weigh: SAME takes a pointer, not a 'int': int weigh(struct animal *animal, double *weight, void *more)
// error: 48: the argument 'animal' of weigh: a 'int' does not convert to a 'struct animal': int weigh(struct animal *animal, double *weight, void *more)
// error: 49: the argument 'weight' of weigh: a 'struct animal' does not convert to a 'double': int weigh(struct animal *animal, double *weight, void *more)
// error: 50: the argument 'weight' of weigh: CONTAINS is for strings, not for a 'double': int weigh(struct animal *animal, double *weight, void *more)
// error: 51: the argument 'grams' of feed: POINTS_TO is for pointers to data, not for a 'int': int feed(const char *name, int grams)
// error: 52: the argument 'how' of look: POINTS_TO is for pointers to data, not for a 'int (*)(void)': int look(struct animal animal, int (*how)(void))
#include <thimble.h>

struct animal {
    int legs;
};

int feed(const char *name, int grams);
int weigh(struct animal *animal, double *weight, void *more);
int look(struct animal animal, int (*how)(void));

void test_numbers(struct animal *spot) {
    assert_called_with(feed, ANY, LT("x"));
    assert_called_with(feed, ANY, BETWEEN(1, "x"));
    assert_called_with(feed, ANY, CLOSE("x", 1));
    assert_called_with(feed, CLOSE(1, 1), ANY);
    assert_called_with(look, GT(1), ANY);
    assert_called_with(feed, ANY, NE(spot));
}

void test_strings(void) {
    assert_called_with(feed, CONTAINS(5), ANY);
    assert_called_with(feed, ANY, STARTS_WITH("x"));
    assert_called_with(weigh, MATCHES("x"), ANY, ANY);
}

void test_pointers(struct animal *spot) {
    assert_called_with(feed, ANY, BYTES("x", 1));
    assert_called_with(feed, ANY, SAME(spot));
    assert_called_with(weigh, SAME(1), ANY, ANY);
    assert_called_with(weigh, POINTS_TO(4), ANY, ANY);
    assert_called_with(weigh, ANY, POINTS_TO(*spot), ANY);
    assert_called_with(weigh, ANY, POINTS_TO(CONTAINS("x")), ANY);
    assert_called_with(feed, ANY, POINTS_TO(4));
    assert_called_with(look, ANY, POINTS_TO(4));
}
