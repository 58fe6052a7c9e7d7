// run: -j 1
#include <stdbool.h>
#include <string.h>
#include <thimble.h>

enum color { RED, GREEN };
struct point {
    int x, y;
};

static void take(const char *name, int grams, double weight) {
    (void)name, (void)grams, (void)weight;
}
static void send(const void *data, unsigned long size) {
    (void)data, (void)size;
}
static void place(struct point at, enum color color, const struct point *where) {
    (void)at, (void)color, (void)where;
}
static void sum(const int *numbers, int count) {
    (void)numbers, (void)count;
}
static void feed_all(char **names, unsigned char byte) {
    (void)names, (void)byte;
}

static bool is_even(int n) {
    return n % 2 == 0;
}
static bool is_short(const char *text) {
    return strlen(text) < 5;
}
static bool is_diagonal(const struct point *point) {
    return point->x == point->y;
}
static bool is_right(struct point point) {
    return point.x > 0;
}
static bool is_large(double number) {
    return number > 100;
}

void test_values_in_matchers(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, EQ("Spot"), EQ(3), EQ(2.5));
    assert_called_once_with(take, NE("Jojo"), NE(4), NE(2.25));
    assert_called_once_with(take, ANY, ANY, ANY);
}

void test_order(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, LT("Tim"), LT(4), LT(2.75));
    assert_called_once_with(take, GT("Jojo"), GT(2), GT(-1));
    assert_called_once_with(take, BETWEEN("A", "Spot"), BETWEEN(3, 3), BETWEEN(2.5f, 3));
    assert_called_once_with(take, ANY, LT(3.5), GT(2));
    assert_called_once_with(take, ANY, LT(5000000000), ANY);
    assert_called_once_with(take, ANY, CLOSE(5, 2), CLOSE(2.6, 0.11));
}

void test_text(void) {
    mock(take);
    take("Spot the dog", 3, 2.5);
    assert_called_once_with(take, CONTAINS("the"), ANY, ANY);
    assert_called_once_with(take, CONTAINS(""), ANY, ANY);
    assert_called_once_with(take, STARTS_WITH("Spot"), ANY, ANY);
    assert_called_once_with(take, MATCHES("^S[a-z]{3} (the|a) dog$"), ANY, ANY);
    assert_called_once_with(take, MATCHES("the"), ANY, ANY);
}

void test_bytes(void) {
    static const char zeros[] = {1, 0, 2, 0, 3};
    mock(send);
    send(zeros, sizeof zeros);
    assert_called_once_with(send, BYTES("\1\0\2", 3), 5);
    assert_called_once_with(send, BYTES(zeros, sizeof zeros), 5);
    mock(take);
    take(zeros, 5, 0);
    assert_called_once_with(take, BYTES(zeros, sizeof zeros), ANY, ANY);
}

void test_a_void_pointer_and_a_string(void) {
    char buffer[] = "hello world";
    mock(send);
    send("hello", 6);
    assert_called_with(send, "hello", 6);
    send(buffer, 5);
    memset(buffer, 'x', sizeof buffer - 1);
    assert_called_with(send, "hello", 5);
    assert_called_with(send, CONTAINS("wor"), ANY);
}

void test_a_void_pointer_and_a_struct(void) {
    struct point there = {1, 2}, same = {1, 2};
    mock(send);
    send(&there, sizeof there);
    there.x = 5;
    assert_called_once_with(send, &same, sizeof same);
    assert_called_once_with(send, POINTS_TO(same), ANY);
    assert_called_once_with(send, &there, ANY);
    assert_called_once_with(send, SAME(&there), ANY);
}

void test_addresses(void) {
    struct point there = {1, 2}, same = {1, 2};
    mock(place);
    place(same, RED, &there);
    assert_called_once_with(place, ANY, ANY, SAME(&there));
    assert_called_once_with(place, ANY, ANY, &same);
    assert_called_once_with(place, ANY, ANY, NE(NULL));
    place(same, RED, NULL);
    assert_called_with(place, ANY, ANY, SAME(NULL));
}

void test_what_it_points_to(void) {
    struct point there = {1, 2};
    int numbers[] = {1, 2, 3};
    char *names[] = {"Spot", "Jojo"};
    char character = 'c';
    mock(place);
    place(there, GREEN, &there);
    there.x = 9;
    assert_called_once_with(place, ((struct point){1, 2}), GREEN, POINTS_TO((struct point){1, 2}));
    assert_called_once_with(place, ANY, GT(RED), POINTS_TO(WHERE(is_right)));
    mock(sum);
    sum(numbers, 3);
    assert_called_once_with(sum, POINTS_TO(1), 3);
    assert_called_once_with(sum, POINTS_TO(LT(2)), 3);
    assert_called_once_with(sum, POINTS_TO(numbers), 3);
    assert_called_once_with(sum, POINTS_TO(((int[]){1, 2, 3})), 3);
    mock(feed_all);
    feed_all(names, 200);
    assert_called_once_with(feed_all, POINTS_TO("Spot"), 200);
    assert_called_once_with(feed_all, POINTS_TO(STARTS_WITH("Sp")), 200);
    mock(take);
    take("text", 1, 1);
    assert_called_once_with(take, POINTS_TO("text"), ANY, ANY);
    assert_called_once_with(take, POINTS_TO('t'), ANY, ANY);
    take(&character, 1, 1);
}

void test_predicates(void) {
    struct point there = {4, 4};
    mock(take);
    take("Spot", 4, 1000);
    assert_called_once_with(take, WHERE(is_short), WHERE(is_even), WHERE(is_large));
    assert_called_once_with(take, ANY, WHERE(is_even), ANY);
    mock(place);
    place(there, RED, &there);
    there.x = 5;
    assert_called_once_with(place, WHERE(is_right), ANY, WHERE(is_diagonal));
}

void test_null_is_no_text(void) {
    mock(take);
    take(NULL, 0, 0);
    assert_called_once_with(take, NULL, 0, 0);
    assert_called_once_with(take, NE("x"), ANY, ANY);
    assert_fails("CONTAINS(\"\")") {
        assert_called_once_with(take, CONTAINS(""), ANY, ANY);
    }
}

/* What none of them accepts. */

void test_other_values(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, NE("Spot"), LT(3), GT(2.5));
}

void test_other_ranges(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, BETWEEN("T", "Z"), BETWEEN(4, 5), CLOSE(3, 0.25));
}

void test_other_texts(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, CONTAINS("cat"), ANY, ANY);
}

void test_another_beginning(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, STARTS_WITH("pot"), ANY, ANY);
}

void test_another_expression(void) {
    mock(take);
    take("Spot", 3, 2.5);
    assert_called_once_with(take, MATCHES("^[a-z]+$"), ANY, ANY);
}

void test_other_bytes(void) {
    mock(send);
    send("\1\2\3", 3);
    assert_called_once_with(send, BYTES("\1\2\4", 3), 3);
}

void test_another_string(void) {
    mock(send);
    send("hello world", 11);
    assert_called_once_with(send, "hello", ANY);
}

void test_another_pointee(void) {
    struct point there = {1, 2};
    mock(place);
    place(there, RED, &there);
    assert_called_once_with(place, ANY, ANY, POINTS_TO((struct point){1, 3}));
}

void test_another_predicate(void) {
    mock(take);
    take("Spot the dog", 3, 2.5);
    assert_called_once_with(take, WHERE(is_short), WHERE(is_even), ANY);
}

/* What they are of no use with, where no compiler can tell. */

void test_no_text(void) {
    mock(take);
    assert_called_with("matchers.c:take", ANY, CONTAINS("3"), ANY);
}

void test_no_string(void) {
    mock(take);
    assert_called_with("matchers.c:take", STARTS_WITH(3), ANY, ANY);
}

void test_no_expression(void) {
    mock(take);
    assert_called_with("matchers.c:take", MATCHES("(Spot"), ANY, ANY);
}

void test_no_order(void) {
    struct point there = {1, 2};
    mock(place);
    assert_called_with("matchers.c:place", LT(there), ANY, ANY);
}

void test_no_number(void) {
    mock(take);
    assert_called_with("matchers.c:take", ANY, GT("3"), ANY);
}

void test_no_tolerance(void) {
    mock(take);
    assert_called_with("matchers.c:take", ANY, ANY, CLOSE(1, -1));
}

void test_no_pointer(void) {
    mock(take);
    assert_called_with("matchers.c:take", ANY, SAME(NULL), ANY);
}

void test_no_bytes(void) {
    mock(send);
    assert_called_with("matchers.c:send", BYTES(3, 3), ANY);
}

void test_too_many_bytes(void) {
    static char bytes[100];
    mock(send);
    assert_called_with("matchers.c:send", BYTES(bytes, sizeof bytes), ANY);
}

void test_another_type_of_pointee(void) {
    mock(place);
    assert_called_with("matchers.c:place", ANY, ANY, POINTS_TO(3));
}

void test_another_type_of_array(void) {
    double numbers[] = {1, 2};
    mock(sum);
    assert_called_with("matchers.c:sum", POINTS_TO(numbers), ANY);
}

void test_a_predicate_of_another_type(void) {
    mock(take);
    assert_called_with("matchers.c:take", WHERE(is_diagonal), ANY, ANY);
}

void test_no_predicate(void) {
    mock(take);
    assert_called_with("matchers.c:take", WHERE(take), ANY, ANY);
}

void test_a_matcher_in_a_matcher(void) {
    mock(take);
    assert_called_with("matchers.c:take", NE(ANY), ANY, ANY);
}

void test_a_value_out_of_range(void) {
    mock(feed_all);
    assert_called_with("matchers.c:feed_all", ANY, EQ(256));
}
