// not-modes: pedantic
// run: -s -q
#include <stdio.h>
#include <string.h>
#include <thimble.h>

struct animal {
    const char *name;
    int grams;
};
struct zoo {
    struct animal first;
    struct animal *second;
    struct animal more[2];
};
typedef struct {
    int value;
} money;
struct node {
    int value;
    struct node *next;
};
struct silent {
    int x;
};
struct broken {
    int x;
};
union either {
    int number;
    float real;
};

const char *repr_animal(const struct animal *animal) {
    static char text[100];
    snprintf(text, sizeof text, "animal_named(%s)", repr(animal->name));
    return text;
}

static const char *repr_money(const money *money) {
    static char text[100];
    snprintf(text, sizeof text, "EUR(%d)", money->value);
    return text;
}

/* Of the same type: by its fields there. */
static const char *repr_node(const struct node *node) {
    return repr(*node);
}

static const char *repr_silent(const struct silent *silent) {
    (void)silent;
    return NULL;
}

static const char *repr_broken(const struct broken *broken) {
    (void)broken;
    return (const char *)0x1234567;
}

static const char *repr_either(const union either *either) {
    return either->number == 1 ? "ONE" : "MANY";
}

void test_it_speaks_for_its_type(void) {
    struct animal spot = {"Spot", 3}, jojo = {"Jojo", 4}, *pointer = &spot;
    struct zoo zoo = {spot, &jojo, {{"Kim", 5}, {"Lu", 6}}};
    print_repr(spot, pointer, zoo, (money){7}, (union either){1});
    print_repr(repr(spot));
}

void test_one_that_prints_its_own_type_ends(void) {
    struct node second = {2, NULL}, first = {1, &second};
    print_repr(first);
}

void test_one_that_says_nothing(void) {
    print_repr((struct silent){1}, (struct broken){2});
}

void test_what_cannot_be_read_is_not_handed_over(void) {
    struct animal *wild = (struct animal *)0x1234567, *null = NULL;
    print_repr(wild, null);
}
