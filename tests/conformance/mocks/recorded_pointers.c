// run: -j 1
#define _DEFAULT_SOURCE 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <thimble.h>
#include <wchar.h>

struct point {
    int x, y;
};
struct animal {
    const char *name;
    struct point at;
    struct animal *friend;
};
struct large {
    int numbers[20];
    char name[8];
};
struct huge {
    char bytes[5000];
};
struct hidden;

static void keep(const struct animal *who, const struct point *where) {
    (void)who, (void)where;
}
static void weigh(struct animal who) {
    (void)who;
}
static void measure(const struct large *one, const struct huge *other) {
    (void)one, (void)other;
}
static void say(const wchar_t *text, const unsigned char *bytes) {
    (void)text, (void)bytes;
}
static void hide(const struct hidden *it, void (*then)(void), void **place) {
    (void)it, (void)then, (void)place;
}
static void print(FILE *file, const char *text) {
    (void)file, (void)text;
}
static void nothing(void) {
}

_Bool equal_large(const struct large *a, const struct large *b);
_Bool equal_large(const struct large *a, const struct large *b) {
    return a->numbers[0] == b->numbers[0];
}

void test_structs_are_kept_as_they_were(void) {
    char name[] = "Spot";
    struct animal spot = {name, {1, 2}, NULL}, same = {"Spot", {1, 2}, NULL};
    mock(keep);
    keep(&spot, &spot.at);
    strcpy(name, "Jojo");
    spot.at.x = 100;
    assert_called_once_with(keep, &same, &same.at);
    assert_called_once_with(keep, &spot, &spot.at);
    assert_called_once_with(keep, POINTS_TO(same), POINTS_TO((struct point){1, 2}));
}

void test_heap_and_stack_that_is_gone(void) {
    mock(keep);
    for (int i = 0; i < 3; i++) {
        struct animal *spot = malloc(sizeof *spot);
        char *name = malloc(10);
        strcpy(name, "Spot");
        *spot = (struct animal){name, {i, 2}, NULL};
        keep(spot, &spot->at);
        memset(name, 'x', 9);
        free(name);
        free(spot);
    }
    assert_has_calls(keep, call(POINTS_TO(((struct animal){"Spot", {0, 2}, NULL})), ANY),
                     call(ANY, POINTS_TO(((struct point){1, 2}))),
                     call(POINTS_TO(((struct animal){"Spot", {2, 2}, NULL})), ANY));
}

void test_strings_in_a_struct_by_value(void) {
    char name[] = "Spot";
    struct animal spot = {name, {1, 2}, NULL};
    mock(weigh);
    weigh(spot);
    strcpy(name, "Jojo");
    assert_called_once_with(weigh, ((struct animal){"Spot", {1, 2}, NULL}));
}

void test_a_type_says_itself_what_is_equal(void) {
    struct large one = {{1}, "one"}, other = {{1}, "other"};
    mock(measure);
    measure(&one, NULL);
    one.numbers[0] = 2;
    assert_called_once_with(measure, &other, NULL);
}

void test_wild_pointers(void) {
    char *page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mock(keep);
    mock(weigh);
    mock(print);
    mock(say);
    keep((struct animal *)8, (struct point *)page);
    assert_called_once_with(keep, (struct animal *)8, (struct point *)page);
    weigh((struct animal){page, {1, 2}, (struct animal *)16});
    assert_called_once_with(weigh, ((struct animal){page, {1, 2}, (struct animal *)16}));
    print(NULL, page);
    assert_called_once_with(print, NULL, page);
    say((wchar_t *)4, (unsigned char *)page);
    assert_called_once_with(say, (wchar_t *)4, (unsigned char *)page);
    munmap(page, 4096);
}

void test_an_end_that_is_not_there(void) {
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + 4096, 4096);
    memset(pages, 'x', 4096);
    mock(print);
    print(NULL, pages + 4090);
    assert_called_once_with(print, NULL, STARTS_WITH("xxxxxx"));
    mock(keep);
    keep((struct animal *)(pages + 4096 - 16), NULL);
    assert_called_once_with(keep, (struct animal *)(pages + 4096 - 16), NULL);
    munmap(pages, 4096);
}

void test_wide_strings(void) {
    wchar_t text[] = L"Spot";
    const unsigned char bytes[] = "bytes";
    mock(say);
    say(text, bytes);
    text[0] = L'X';
    assert_called_once_with(say, L"Spot", bytes);
    assert_called_once_with(say, L"Spot", "bytes");
}

void test_a_string_that_is_long(void) {
    static char text[5000];
    memset(text, 'x', sizeof text - 1);
    mock(print);
    print(stdout, text);
    assert_called_once_with(print, stdout, text);
    text[4200] = '\0';
    assert_called_once_with(print, stdout, text);
    text[4000] = '\0';
    assert_fails("print(") {
        assert_called_once_with(print, stdout, text);
    }
}

void test_of_others_the_address(void) {
    void *place = NULL;
    mock(hide);
    hide((struct hidden *)&place, nothing, &place);
    assert_called_once_with(hide, (struct hidden *)&place, nothing, &place);
    assert_called_once_with(hide, ANY, ANY, POINTS_TO(NULL));
    mock(print);
    print(stderr, "x");
    assert_called_once_with(print, stderr, "x");
    assert_called_once_with(print, SAME(stderr), "x");
}

/* How they read. */

void test_how_they_read(void) {
    struct animal jojo = {"Jojo", {3, 4}, NULL}, spot = {"Spot", {1, 2}, &jojo};
    mock(keep);
    keep(&spot, &spot.at);
    keep(NULL, (struct point *)8);
    spot.name = "Otto";
    assert_called_with(keep, &jojo, &jojo.at);
}

void test_how_a_struct_by_value_reads(void) {
    mock(weigh);
    weigh((struct animal){"Jojo", {3, 4}, (struct animal *)8});
    assert_called_with(weigh, ((struct animal){"Jojo", {3, 5}, NULL}));
}

void test_how_large_ones_read(void) {
    static struct large large = {{1, 2, 3}, "large"};
    static struct huge huge;
    mock(measure);
    measure(&large, &huge);
    assert_called_with(measure, NULL, &huge);
}

void test_how_texts_read(void) {
    mock(say);
    say(L"Sp\u00f6t", (const unsigned char *)"bytes");
    say(NULL, (const unsigned char *)"\1");
    assert_called_with(say, L"Spot", NULL);
}

void test_how_others_read(void) {
    mock(hide);
    mock(print);
    hide((struct hidden *)8, nothing, NULL);
    print(stderr, NULL);
    assert_called_once_with(hide, ANY, nothing, NULL);
    assert_called_with(print, stdout, NULL);
}

void test_how_functions_read(void) {
    mock(hide);
    hide((struct hidden *)8, nothing, NULL);
    assert_called_with(hide, ANY, NULL, NULL);
}

void test_what_is_too_large(void) {
    static struct huge huge;
    mock(measure);
    assert_called_with("recorded_pointers.c:measure", ANY, POINTS_TO(huge));
}

void test_what_is_not_known(void) {
    mock(hide);
    assert_called_with("recorded_pointers.c:hide", POINTS_TO(1), ANY, ANY);
}
