// not-modes: pedantic
// error: 40: the argument 'name' of feed: a 'int' does not convert to a 'const char *': int feed(const char *name, int grams)
// error: 41: the argument 'name' of feed: a 'int' does not convert to a 'const char *': int feed(const char *name, int grams)
// error: 42: the argument 'grams' of feed: a 'char *' does not convert to a 'int': int feed(const char *name, int grams)
// error: 43: the argument 'grams' of feed: a 'struct animal *' does not convert to a 'int': int feed(const char *name, int grams)
// error: 44: the argument 'grams' of feed: a 'struct animal' does not convert to a 'int': int feed(const char *name, int grams)
// error: 45: argument 1 of clean: a 'struct animal *' does not convert to a 'struct cage *': int clean(struct cage *, const struct animal *who, unsigned char times)
// error: 46: the argument 'who' of clean: a 'struct cage *' does not convert to a 'const struct animal *': int clean(struct cage *, const struct animal *who, unsigned char times)
// error: 47: argument 1 of paint: a 'char *' does not convert to a 'enum size': int paint(enum size, double, _Bool)
// error: 48: argument 1 of each: a 'int (*)(void)' does not convert to a 'visit': int each(visit, void *)
// error: 49: argument 2 of zoo.open: a 'struct animal' does not convert to a 'int': int zoo.open(const char *, int)
// error: 54: the argument 'times' of clean: 300 does not fit a 'unsigned char': int clean(struct cage *, const struct animal *who, unsigned char times)
// error: 55: the argument 'times' of clean: -129 does not fit a 'unsigned char': int clean(struct cage *, const struct animal *who, unsigned char times)
// error: 56: the argument 'grams' of feed: 2.5 does not fit a 'int': int feed(const char *name, int grams)
// error: 57: the argument 'grams' of feed: 5000000000 does not fit a 'int': int feed(const char *name, int grams)
// error: 58: the argument 'grams' of feed: -5000000000 does not fit a 'int': int feed(const char *name, int grams)
#include <thimble.h>

struct animal {
    int legs;
};
struct cage {
    int bars;
};
enum size { SMALL, LARGE };

int feed(const char *name, int grams);
int clean(struct cage *, const struct animal *who, unsigned char times);
int paint(enum size, double, _Bool);
int log_line(const char *format, ...);
int rest(void);
typedef int (*visit)(struct animal);
int each(visit, void *);
struct zoo {
    int (*open)(const char *path, int mode);
} zoo;

/* What C would not convert. */
void test_types(struct animal spot, struct cage cage, int number) {
    assert_called_with(feed, 5, 3);
    assert_called_with(feed, number, 3);
    assert_called_with(feed, "Spot", "3");
    assert_called_with(feed, "Spot", &spot);
    assert_called_with(feed, "Spot", spot);
    assert_called_with(clean, &spot, &spot, 1);
    assert_called_with(clean, &cage, &cage, 1);
    assert_called_with(paint, "large", 1, 1);
    assert_called_with(each, rest, &spot);
    assert_has_calls(zoo.open, call("zoo.db", 1), call("zoo.db", spot));
}

/* What the parameter cannot hold. */
void test_ranges(void) {
    assert_called_with(clean, NULL, NULL, 300);
    assert_called_with(clean, NULL, NULL, -129);
    assert_called_with(feed, "Spot", 2.5);
    assert_called_with(feed, "Spot", 5000000000);
    assert_called_with(feed, "Spot", EQ(-5000000000));
}
