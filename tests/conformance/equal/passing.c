// run: -j 1
#define _GNU_SOURCE 1
#include <complex.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <wchar.h>

/* What is equal, and how often it is evaluated: everything here passes. */

enum color { RED, GREEN, BLUE };

struct point {
    int x, y;
};

struct padded {
    char small;
    long large;
    struct point at;
};

struct animal {
    char name[8];
    const char *sound;
    double weight;
    unsigned tame : 1, legs : 3;
    int temper : 4;
    struct animal *friend;
};

struct flexible {
    int count;
    int data[];
};

union word {
    unsigned number;
    unsigned char bytes[4];
};

void test_numbers_of_other_types(void) {
    unsigned char byte = 97;
    float single = 0.5f;
    double complex z = 2;
    enum color color = BLUE;
    _Bool yes = 1;
    assert_equal('a', byte);
    assert_equal(byte, 97ULL);
    assert_equal(single, 0.5);
    assert_equal(0.5L, single);
    assert_equal(z, 2);
    assert_equal(2.0, z);
    assert_equal(color, 2L);
    assert_equal(yes, 1);
    assert_equal(-1, -1LL);
    assert_equal(4294967295U, 4294967295LL);
    assert_equal(18446744073709551615ULL, 18446744073709551615ULL);
    assert_equal(9007199254740993LL, 9007199254740993LL);
}

void test_zeros_and_infinities(void) {
    double zero = 0;
    assert_equal(-zero, zero);
    assert_equal(-zero, 0);
    assert_equal(INFINITY, (double)INFINITY);
}

void test_strings(void) {
    char array[16] = "Spot", same[5] = "Spot", bare[4] = {'S', 'p', 'o', 't'};
    const char *pointer = array;
    char *copy = strdup("Spot");
    memcpy(array + 5, "garbage", 7);
    assert_equal(array, same);
    assert_equal(array, "Spot");
    assert_equal(pointer, copy);
    assert_equal(bare, "Spot");
    assert_equal(copy, bare);
    assert_equal("", "");
    assert_equal(L"wide", (wchar_t[]){L'w', L'i', L'd', L'e', 0});
    free(copy);
}

void test_null(void) {
    const char *none = NULL;
    struct animal *nobody = NULL;
    int *nothing = NULL;
    assert_equal(none, NULL);
    assert_equal(NULL, nobody);
    assert_equal(nothing, (int *)0);
    assert_equal(NULL, NULL);
}

void test_pointers_to_equal_things(void) {
    int a = 3, b = 3, *p = &a, *q = &b;
    const int **none = NULL;
    assert_equal(p, q);
    assert_equal(&p, &q);
    assert_equal(&a, q);
    assert_equal(none, none);
    assert_equal((void *)p, p);
    assert_equal(&test_null, test_null);
    assert_equal(strcmp, strcmp);
}

static void fill(void *object, int byte, size_t size) {
    memset(object, byte, size);
}

void test_padding_does_not_count(void) {
    struct padded a, b;
    fill(&a, 0, sizeof a);
    fill(&b, 255, sizeof b);
    a.small = b.small = 1;
    a.large = b.large = -2;
    a.at.x = b.at.x = a.at.y = b.at.y = 3;
    assert_equal(&a, &b);
    struct padded many[3], more[3];
    fill(many, 1, sizeof many);
    fill(more, 2, sizeof more);
    for (int i = 0; i < 3; i++) {
        many[i].small = more[i].small = (char)i;
        many[i].large = more[i].large = i;
        many[i].at.x = more[i].at.x = many[i].at.y = more[i].at.y = i;
    }
    assert_equal(many, more);
}

void test_structs(void) {
    char sound[] = "Woof";
    struct animal jojo = {"Jojo", "Miau", 4.5, 1, 4, -3, NULL}, other = jojo;
    struct animal spot = {"Spot", "Woof", 12.5, 0, 4, 7, &jojo};
    struct animal same = {"Spot", sound, 12.5, 0, 4, 7, &other};
    assert_equal(spot, same);
    assert_equal(&spot, &same);
    assert_equal(*&spot, *&same);
}

void test_arrays(void) {
    int a[2][3] = {{1, 2, 3}, {4, 5, 6}}, b[2][3] = {{1, 2, 3}, {4, 5, 6}};
    const char *names[] = {"Spot", "Jojo"};
    char *copies[] = {strdup("Spot"), strdup("Jojo")};
    int *p = a[0];
    assert_equal(a, b);
    assert_equal(a[1], b[1]);
    assert_equal(p, b[0]);
    assert_equal(((int[]){1, 2, 3}), a[0]);
    assert_equal(names[1], copies[1]);
    assert_equal((const char *const *)names, (const char *const *)copies);
    free(copies[0]);
    free(copies[1]);
}

void test_circles(void) {
    struct animal a = {"Spot", "Woof", 1, 0, 0, 0, NULL}, b = a, c = a, d = a, e = a;
    a.friend = &a; /* one of length 1 beside one of 2, and one of 3 */
    b.friend = &c;
    c.friend = &b;
    d.friend = &e;
    e.friend = &a;
    assert_equal(&a, &b);
    assert_equal(a, c);
    assert_equal(d, b);
    assert_equal(b, d);
}

void test_unions(void) {
    union word a = {.number = 0x01020304}, b = {.bytes = {4, 3, 2, 1}};
    assert_equal(a, b);
}

void test_a_flexible_array_does_not_count(void) {
    struct flexible *a = calloc(1, sizeof *a + 2 * sizeof(int));
    struct flexible *b = calloc(1, sizeof *b + 2 * sizeof(int));
    a->count = b->count = 2;
    a->data[1] = 1;
    assert_equal(a, b);
    free(a);
    free(b);
}

static int counter;

static int next(void) {
    return ++counter;
}

void test_operands_are_evaluated_once(void) {
    assert_equal(next(), 1);
    expect_equal(next(), 2);
    expect(next() == 3);
    assert_close(next(), 4, 0);
    assert_equal(counter, 4);
}

void test_errno_stays(void) {
    errno = 7;
    assert_equal("a", "a");
    assert_equal(errno, 7);
}

void test_large_arrays(void) {
    enum { COUNT = 2500000 };
    static int a[COUNT], b[COUNT];
    for (int i = 0; i < COUNT; i++)
        a[i] = b[i] = i;
    assert_equal(a, b);
}

void test_a_long_list(void) {
    enum { COUNT = 100000 };
    static struct animal a[COUNT], b[COUNT];
    for (int i = 1; i < COUNT; i++) {
        a[i - 1].friend = &a[i];
        b[i - 1].friend = &b[i];
    }
    assert_equal(&a[0], &b[0]);
}
