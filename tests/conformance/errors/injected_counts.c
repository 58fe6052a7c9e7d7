// not-modes: pedantic
// error: 33: feed takes 2 arguments, not 1: int feed(const char *name, int grams)
// error: 34: feed takes 2 arguments, not 3: int feed(const char *name, int grams)
// error: 35: rest takes 0 arguments, not 1: int rest(void)
// error: 36: log_line takes at least 1 argument, not 0: int log_line(const char *format, ...)
// error: 37: feed takes 2 arguments, not 1: int feed(const char *name, int grams)
// error: 38: feed takes 2 arguments, not 0: int feed(const char *name, int grams)
// error: 39: zoo.open takes 2 arguments, not 1: int zoo.open(const char *, int)
// error: 40: feed takes 2 arguments, not 1: int feed(const char *name, int grams)
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

/* Too few, too many. */
void test_count(struct animal spot) {
    assert_called_with(feed, "Spot");
    assert_called_once_with(feed, "Spot", 3, 4);
    assert_any_call(rest, 1);
    assert_called_with(log_line);
    assert_has_calls(feed, call("Spot", 3), call("Jojo"));
    assert_has_calls_any_order(feed, call());
    assert_called_with(zoo.open, "zoo.db");
    assert_called_with(feed, spot);
}
