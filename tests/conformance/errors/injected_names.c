// not-modes: pedantic
// error: 33: feed has no argument 'gram', did you mean 'grams'?: int feed(const char *name, int grams)
// error: 34: feed has no argument 'weight': int feed(const char *name, int grams)
// error: 35: feed has no argument '3': int feed(const char *name, int grams)
// error: 36: the argument 'grams' of feed is spoken of twice: int feed(const char *name, int grams)
// error: 37: an argument without a name stands behind an arg(): those in their order come first: int feed(const char *name, int grams)
// error: 38: the argument 'name' of feed is spoken of twice: int feed(const char *name, int grams)
// error: 39: the argument 'grams' of feed: a 'char *' does not convert to a 'int': int feed(const char *name, int grams)
// error: 40: feed has no argument 'nam', did you mean 'name'?: int feed(const char *name, int grams)
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

/* Names. */
void test_names(void) {
    assert_called_with(feed, arg("gram", 3));
    assert_called_with(feed, arg("weight", 3));
    assert_called_with(feed, arg("3", 3));
    assert_called_with(feed, arg("grams", 3), arg("2", 3));
    assert_called_with(feed, arg("grams", 3), "Spot");
    assert_called_with(feed, "Spot", arg("name", "Jojo"));
    assert_called_with(feed, arg("grams", "3"));
    assert_has_calls(feed, call(arg("name", "Spot")), call(arg("nam", "Jojo")));
}
