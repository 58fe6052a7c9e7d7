// run: -j 1
// not-modes: pedantic
/* What a failed assert shows, shape by shape: the operands that were evaluated, as they are
 * written, in the order of the source. */
#include <assert.h>
#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum color { RED = 1, GREEN = 2, BLUE = 4 };

struct point {
    int x, y;
};

struct animal {
    const char *name;
    int legs;
    unsigned tame : 1;
    struct point place;
    struct {
        int age;
    };
    int meals[3];
    struct animal *next;
    int (*feed)(int);
};

static int feed_once(int grams) {
    return grams - 1;
}

static int sum(int a, int b) {
    return a + b;
}

static struct point place_of(const struct animal *animal) {
    return animal->place;
}

static int evaluated;
static int count(int value) {
    evaluated++;
    return value;
}

static struct animal jojo = {.name = "Jojo", .legs = 2, .place = {3, 4}, .age = 9};
static struct animal spot = {.name = "Spot", .legs = 4, .tame = 1, .place = {1, 2}, .age = 7,
                             .meals = {10, 20, 30}, .next = &jojo, .feed = feed_once};

#define LEGS_OF(animal) ((animal)->legs)
#define MOST 3

void test_numbers(void) {
    int fed = 1;
    assert(fed == 2);
}

void test_both_sides(void) {
    int fed = 1, hungry = 3;
    assert(fed >= hungry);
}

void test_signs(void) {
    int minus = -1;
    unsigned large = 4294967295u;
    assert((unsigned)minus != large);
}

void test_sizes(void) {
    short little = -7;
    unsigned char byte = 200;
    long long huge = -9223372036854775807LL;
    assert(little > 0 || byte < 100 || huge > 0);
}

void test_first_of_and(void) {
    int fed = 1;
    const char *name = "Jojo";
    assert(fed == 2 && strcmp(name, "Spot") == 0);
}

void test_second_of_and(void) {
    int fed = 2;
    const char *name = "Jojo";
    assert(fed == 2 && strcmp(name, "Spot") == 0);
}

void test_or_in_and(void) {
    int a = 1, b = 2, c = 3;
    assert((a == 2 || b == 2) && (b == 1 || c == 1));
}

void test_and_in_or(void) {
    int a = 1, b = 2, c = 3;
    assert((a == 2 && b == 2) || c == 1);
}

void test_not_of_comparison(void) {
    int a = 5;
    assert(!(a == 5));
}

void test_not_of_and(void) {
    int a = 5, b = 6;
    assert(!(a == 5 && b == 6));
}

void test_null(void) {
    const struct animal *nobody = jojo.next;
    assert(nobody != NULL && nobody->legs == 4);
}

void test_bare_pointer(void) {
    const char *word = NULL;
    assert(word);
}

void test_not_pointer(void) {
    const char *word = "here";
    assert(!word);
}

void test_two_strings(void) {
    const char *read = "the quick brown fox", *wanted = "the quick brown dog";
    assert(strcmp(read, wanted) == 0);
}

void test_arrays_of_char(void) {
    char read[8] = "Spit", wanted[] = "Spot";
    assert(!strcmp(read, wanted));
}

void test_start_of_strings(void) {
    const char *read = "Spot the dog";
    size_t length = 6;
    assert(strncmp(read, "Spot a dog", length) == 0);
}

void test_bytes(void) {
    unsigned char read[4] = {1, 2, 3, 4}, wanted[4] = {1, 2, 5, 4};
    assert(memcmp(read, wanted, sizeof read) == 0);
}

void test_character(void) {
    char letter = 'x';
    assert(letter == 'a' || letter == '\n');
}

void test_truth(void) {
    bool fed = false;
    assert(fed);
}

void test_enumeration(void) {
    enum color color = GREEN;
    assert(color == RED);
}

void test_flags(void) {
    unsigned flags = 6;
    assert((flags & 1) != 0);
}

void test_members(void) {
    const struct animal *animal = &spot;
    assert(animal->place.x == 1 && animal->next->name != NULL && animal->age == 8);
}

void test_bit_field(void) {
    assert(spot.tame == 0);
}

void test_element(void) {
    int i = 1;
    assert(spot.meals[i + 1] == 20);
}

void test_two_dimensions(void) {
    int board[2][2] = {{1, 2}, {3, 4}};
    int row = 1;
    assert(board[row][0] == 4);
}

void test_target(void) {
    int value = 6;
    int *where = &value;
    assert(*where == 7);
}

void test_call(void) {
    int a = 1;
    assert(sum(a, feed_once(3)) == 4);
}

void test_call_through_a_pointer(void) {
    int grams = 5;
    assert(spot.feed(grams) == 5);
}

void test_member_of_what_is_returned(void) {
    assert(place_of(&spot).y == 3);
}

void test_arithmetic(void) {
    int a = 2, b = 3;
    assert(a * b + 1 == 8);
}

void test_floating_point(void) {
    double sum = 0.1 + 0.2;
    float third = 1.0f / 3;
    assert(sum == 0.3 || third == 0.25f);
}

void test_assignment(void) {
    int got;
    assert((got = sum(2, 3)) == 6);
    (void)got;
}

void test_choice(void) {
    int a = 1;
    const char *word = "no";
    assert((a > 1 ? word : NULL) != NULL);
}

void test_cast(void) {
    double real = 3.9;
    assert((int)real == 4);
}

void test_changes_meanwhile(void) {
    int i = 0;
    assert(i++ == 0 && i == 2);
}

void test_evaluated_once(void) {
    assert(count(1) == 1 && count(2) == 2);
    assert(evaluated == 3);
}

void test_macro(void) {
    const struct animal *animal = &jojo;
    assert(LEGS_OF(animal) > MOST);
}

void test_several_lines(void) {
    int fed = 1,
        hungry = 2;
    assert(fed
           ==
           hungry);
}

void test_function(void) {
    int (*how)(int) = feed_once;
    assert(how == NULL);
}

void test_qualified(void) {
    volatile int changing = 4;
    _Atomic int shared = 5;
    assert(changing == 5 || shared == 6);
}

void test_comparison_compared(void) {
    int a = 1, b = 2;
    assert((a < b) == 0);
}

void test_a_statement(void) {
    assert(__extension__({
        int inner = 3;
        inner * 2;
    }) == 7);
}

void test_library_macro(void) {
    int letter = '7';
    assert(isalpha(letter) || toupper(letter) != letter);
}

void test_long_strings(void) {
    char read[200], wanted[200];
    memset(read, 'x', sizeof read);
    memset(wanted, 'x', sizeof wanted);
    read[199] = wanted[199] = '\0';
    wanted[150] = 'y';
    assert(strcmp(read, wanted) == 0);
}

void test_lines(void) {
    const char *read = "one\ntwo\nthree\n";
    int lines = 3;
    assert(lines == 3 && strcmp(read, "one\ntvo\nthree\n") == 0);
}
