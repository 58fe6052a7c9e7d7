// flags: -Wconversion
// link: none
// shell: echo compiled
/* All that is right compiles without a word. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <thimble.h>

struct animal {
    const char *name;
    unsigned legs : 3;
};
enum size { SMALL, LARGE = -1 };
struct opaque;
typedef unsigned char byte;
union either {
    int *number;
    const char *text;
} __attribute__((transparent_union));

int feed(const char *name, int grams);
int many(int a, unsigned b, long c, char d, signed char e, byte f, short g, _Bool h, enum size i, double j,
         const struct animal *k, void *l);
int log_line(const char *format, ...);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
int old_style();
#pragma GCC diagnostic pop
int rest(void);
int bytes(unsigned char *bytes, const int8_t *numbers, size_t count);
int either(union either, char **lines, void **anything, const char *const *words);
int visit(int (*each)(const struct animal *, void *), void *closure);
int take(struct animal);
int fill(char *text, int *count, struct animal *animal, void *rest, char **line, struct opaque *opaque);
struct opaque *open_zoo(const char *path);
byte small(void);
_Bool truth(void);
float ratio(void);
char *name_of(const struct animal *);
int read_numbers(int *numbers, int (*matrix)[3]);
struct zoo {
    int (*open)(const char *path, int mode);
    struct {
        void (*close)(void);
    } inner[2];
};

static int is_even(int x) {
    return x % 2 == 0;
}

static _Bool has_name(const struct animal *animal) {
    return animal->name != NULL;
}

static int visitor(const struct animal *animal, void *closure) {
    return animal != closure;
}

void test_arguments(struct animal spot, const struct animal *constant, int number, double real, void *anything) {
    char text[10] = "abc", *pointer = text;
    const char *const name = text;
    unsigned char raw[4] = {0};
    enum size size = SMALL;
    struct animal animals[2] = {spot, spot};
    struct opaque *zoo = NULL;
    byte tiny = 3;
    assert_called_with(feed, "Spot", 3);
    assert_called_with(feed, text, -3);
    assert_called_with(feed, pointer, 'x');
    assert_called_with(feed, name, LARGE);
    assert_called_with(feed, NULL, 0);
    assert_called_with(feed, 0, 3.0);
    assert_called_with(feed, raw, tiny);
    assert_called_with(feed, anything, spot.legs);
    assert_called_with(feed, ANY, size);
    assert_called_with(feed, "Spot", 4000000000);
    assert_called_with(feed, "Spot", real);
    assert_called_with(rest);
    assert_called_with(many, 1, -1, number, 200, 255, -128, 65535, 2, 7, -1, &spot, &spot);
    assert_called_with(many, 1, 4294967295u, -1L, 'x', -1, 255, -1, anything, LARGE, 1, animals, constant);
    assert_called_with(log_line, "%d %s", 3, "x");
    assert_called_with(log_line, "x");
    assert_called_with(log_line, "%p", &spot, spot, 3.5, ANY);
    assert_called_with(old_style, 1, "x", spot);
    assert_called_with(old_style);
    assert_called_with(bytes, text, raw, 4);
    assert_called_with(either, &number, &pointer, &anything, &name);
    assert_called_with(either, "x", NULL, &pointer, NULL);
    assert_called_with(visit, visitor, &number);
    assert_called_with(visit, &visitor, number ? &number : NULL);
    assert_called_with(take, spot);
    assert_called_with(take, ((struct animal){"Spot", 4}));
    assert_called_with(open_zoo, zoo ? "x" : "y");
}

void test_calls(void) {
    assert_has_calls(rest, call());
    assert_has_calls(feed, call("Spot", 3), call(ANY, 4), call(arg("name", "Jojo")));
    assert_has_calls_any_order(log_line, call("x"), call("y", 3));
    assert_has_calls(old_style, call(), call(1));
    assert_called_with(log_line, "x", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                       23, 24, 25, 26, 27, 28, 29, 30);
    mock_return_each(rest, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
                     26, 27, 28, 29, 30, 31, 32);
}

void test_matchers(struct animal *spot, int *numbers) {
    assert_called_with(feed, STARTS_WITH("S"), BETWEEN(1, 5));
    assert_called_with(feed, CONTAINS("S"), LT(1000000000000));
    assert_called_with(feed, MATCHES("^S"), GT(2.5));
    assert_called_with(feed, LT("m"), NE(3));
    assert_called_with(feed, EQ("x"), CLOSE(3, 0.5));
    assert_called_with(feed, SAME("x"), WHERE(is_even));
    assert_called_with(feed, POINTS_TO('x'), ANY);
    assert_called_with(feed, POINTS_TO("x"), ANY);
    assert_called_with(feed, BYTES("x", 1), ANY);
    assert_called_with(name_of, WHERE(has_name));
    assert_called_with(name_of, POINTS_TO(*spot));
    assert_called_with(name_of, SAME(spot));
    assert_called_with(bytes, BYTES(spot, sizeof *spot), NULL, ANY);
    assert_called_with(read_numbers, POINTS_TO(3), ANY);
    assert_called_with(read_numbers, POINTS_TO(BETWEEN(1, 5)), NULL);
    assert_called_with(read_numbers, numbers, ANY);
    assert_called_with(visit, ANY, POINTS_TO(*spot));
    assert_called_with(feed, arg("grams", LT(5)), arg("name", STARTS_WITH("S")));
    assert_called_with(feed, arg("2", 5));
    assert_called_with(feed, "x", arg("grams", 5));
    assert_called_with(read_numbers, POINTS_TO(((int[]){1, 2})), ANY);
    assert_called_with(log_line, arg("3", 5));
    assert_called_with(printf, arg("1", "x"));
}

void test_results(struct animal spot, const struct animal *constant, int number, const char *text) {
    struct opaque *zoo = NULL;
    struct animal *list[2] = {&spot, NULL};
    int numbers[3] = {1, 2, 3};
    byte raw[2] = {1, 2};
    struct zoo functions = {0};
    mock_return(small, 255);
    mock_return(small, -1);
    mock_return(small, 3.0);
    mock_return(small, number);
    mock_return(truth, 2);
    mock_return(truth, &spot);
    mock_return(ratio, 0.1);
    mock_return(ratio, 3);
    mock_return(name_of, "Spot");
    mock_return(name_of, text);
    mock_return(name_of, NULL);
    mock_return(open_zoo, zoo);
    mock_return(open_zoo, (void *)&spot);
    mock_return(functions.open, -1);
    mock_return(old_style, 3);
    mock_return_each(small, 1, 'x', raw[0]);
    mock_return_array(small, raw, 2);
    mock_return_array(small, numbers, 3);
    mock_return_array(name_of, &text, 1);
    mock_error(open_zoo, ENOENT, NULL);
    mock_error(feed, EIO, -1);
    mock_set(fill, "text", "abc");
    mock_set(fill, "text", text);
    mock_set(fill, "text", 'x');
    mock_set(fill, "count", 3);
    mock_set(fill, "count", numbers);
    mock_set(fill, "count", spot.legs);
    mock_set(fill, "animal", spot);
    mock_set(fill, "animal", *constant);
    mock_set(fill, "rest", spot);
    mock_set(fill, "rest", "abc");
    mock_set(fill, "animal", BYTES(&spot, sizeof spot));
    mock_set(fill, "line", "abc");
    mock_set(fill, "line", NULL);
    mock_set(fill, "6", BYTES(text, 1));
    mock_set(read_numbers, "matrix", numbers);
    mock_set(fread, "ptr", "abc");
    mock_set(old_style, "x", 3);
    mock_struct(&functions);
    assert(list[0]);
}
