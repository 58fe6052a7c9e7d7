// run: -j 1
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <thimble.h>

struct point {
    int x, y;
};

static int get(unsigned char *byte, long *number, double *real, struct point *point) {
    return (void)byte, (void)number, (void)real, (void)point, 5;
}
static int name_of(int id, char *_name, char **shared) {
    return (void)_name, (void)shared, id;
}
static int fill(int numbers[3], float *reals, void *anything, const char *input) {
    return (void)numbers, (void)reals, (void)anything, (void)input, 0;
}
static int scan(const char *input, ...) {
    return (void)input, 0;
}
static int by_value(struct point point, int (*callback)(int)) {
    return (void)callback, point.x;
}
static int doubled(int *to) {
    return *to *= 2;
}
static void end(int *status) {
    exit(*status);
}

void test_values_convert(void) {
    unsigned char byte = 1;
    long number = 1;
    double real = 1;
    struct point point = {1, 1};
    mock_set(get, "byte", 200);
    mock_set(get, "number", 'a');
    mock_set(get, "real", 7);
    mock_set(get, "point", ((struct point){3, 4}));
    mock_return(get, 9);
    assert(get(&byte, &number, &real, &point) == 9);
    assert(byte == 200 && number == 'a' && real == 7.0 && point.x == 3 && point.y == 4);
    assert(get(NULL, NULL, NULL, NULL) == 9);
}

void test_by_place_and_the_last_one_wins(void) {
    long number = 1;
    unsigned char byte = 1;
    mock_set(get, "2", 5);
    mock_set(get, "byte", 2);
    mock_set(get, "number", 6);
    assert(get(&byte, &number, NULL, NULL) == 0);
    assert(number == 6 && byte == 2);
    mock_set(get, "1", 3);
    mock_return_each(get, 1, 2);
    assert(get(&byte, &number, NULL, NULL) == 1);
    assert(number == 6 && byte == 3);
}

void test_strings_and_arrays_all_of_them(void) {
    char name[16] = "xxxxxxxxxx", *shared = NULL, bytes[8] = "yyyyyyy";
    int numbers[3] = {0, 0, 0};
    float reals[2] = {0, 0};
    const char *spot = "Spot";
    static const int more[] = {1, 2, 3};
    mock_set(name_of, "name", "Jojo");
    mock_set(name_of, "shared", "shared");
    name_of(1, name, &shared);
    assert(strcmp(name, "Jojo") == 0 && name[5] == 'x' && strcmp(shared, "shared") == 0);
    mock_set(name_of, "name", spot);
    name_of(1, name, NULL);
    assert(strcmp(name, "Spot") == 0 && name[5] == 'x');
    mock_set(name_of, "name", 'c');
    name_of(1, name, NULL);
    assert(strcmp(name, "cpot") == 0);
    mock_set(fill, "numbers", more);
    mock_set(fill, "reals", more[1]);
    mock_set(fill, "anything", BYTES("abc", 3));
    fill(numbers, reals, bytes, "");
    assert(numbers[0] == 1 && numbers[2] == 3 && reals[0] == 2.0f && reals[1] == 0);
    assert(strcmp(bytes, "abcyyyy") == 0);
}

void test_the_value_is_copied_now(void) {
    char text[] = "Jojo", name[8] = "";
    int number = 5, numbers[3];
    mock_set(name_of, "name", text);
    mock_set(fill, "anything", number);
    strcpy(text, "Spot");
    number = 6;
    name_of(1, name, NULL);
    fill(NULL, NULL, numbers, "");
    assert(strcmp(name, "Jojo") == 0 && numbers[0] == 5);
}

static int times_three(int *to) {
    return *to *= 3;
}

void test_besides_what_else_it_does(void) {
    int n = 5;
    mock_effect(doubled, times_three);
    mock_set(doubled, "to", 1);
    assert(doubled(&n) == 15 && n == 1);
    mock_spy(doubled);
    assert(doubled(&n) == 2 && n == 1);
    mock_exit(end, 3);
    mock_set(end, "status", 7);
    assert_exits(3)
        end(&n);
    assert(n == 7);
}

void test_behind_the_dots(void) {
    int n = 0;
    double real = 0;
    char word[8] = "xxxxxx";
    mock_return(scan, 3);
    mock_set(scan, "2", 42);
    mock_set(scan, "3", 2.5);
    mock_set(scan, "4", "Jo");
    assert(scan("%d %lf %s", &n, &real, word) == 3);
    assert(n == 42 && real == 2.5 && strcmp(word, "Jo") == 0 && word[3] == 'x');
    assert(scan("%d", &n) == 3);
    mock_set(scan, "4", BYTES(&n, 1));
    scan("", NULL, NULL, word);
    assert(word[0] == 42 && word[1] == 'o');
}

void test_of_the_library(void) {
    time_t now;
    char buffer[8] = "";
    mock_set(time, "1", 1000);
    time(&now);
    assert(now == 1000);
    mock_set(read, "2", "hello");
    mock_return(read, 5);
    assert(read(0, buffer, sizeof buffer) == 5 && strcmp(buffer, "hello") == 0);
}

void test_a_name_that_it_does_not_have(void) {
    mock_set("get", "nubmer", 1);
}

void test_a_place_that_it_does_not_have(void) {
    mock_set("get", "5", 1);
}

void test_no_pointer(void) {
    mock_set("name_of", "id", 1);
}

void test_a_struct_is_no_pointer(void) {
    mock_set("by_value", "point", 1);
}

void test_a_function(void) {
    mock_set("by_value", "callback", 1);
    by_value((struct point){1, 2}, NULL);
}

void test_something_constant(void) {
    mock_set("fill", "input", "text");
}

void test_a_value_out_of_range(void) {
    mock_set("get", "byte", 256);
}

void test_an_element_of_another_type(void) {
    static const char *const words[] = {"a", "b"};
    mock_set("fill", "numbers", words);
}

void test_another_matcher(void) {
    mock_set("get", "number", ANY);
}

void test_bytes_that_are_not_there(void) {
    mock_set("fill", "anything", BYTES((char *)16, 4));
}

void test_a_string_that_is_not_there(void) {
    mock_set("fill", "anything", (char *)16);
}

void test_a_wild_target(void) {
    mock_set("get", "number", 5);
    get(NULL, (long *)64, NULL, NULL);
}

void test_a_constant_target(void) {
    mock_set("name_of", "name", "Spot");
    name_of(1, (char *)(size_t)"Jojo", NULL);
}

void test_no_pointer_behind_the_dots(void) {
    mock_set(scan, "2", 5);
    scan("", 1);
}

void test_a_value_out_of_range_behind_the_dots(void) {
    short n = 0;
    mock_set(scan, "2", 70000);
    scan("%hd", &n);
}
