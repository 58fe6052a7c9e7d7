// not-modes: pedantic
// run: -s -q
// The examples of docs/repr.md.
#include <stdio.h>
#include <stdlib.h>
#include <thimble.h>

enum color { RED = 1, GREEN = 2, BLUE = 4 };
struct animal {
    char name[8];
    double kilos;
    enum color color;
    struct animal *friend;
};
static struct animal zoo[3] = {{"Spot", 12.5, RED | BLUE, NULL}, {"Jojo", 80, GREEN, &zoo[0]}};

void test_looks(void) {
    struct animal *visitor = malloc(sizeof *visitor);
    *visitor = (struct animal){"Kim", 0.1, 7, zoo};
    print_repr(zoo[0], visitor, &zoo[1].kilos);
    free(visitor);
    print_repr(visitor);
    reprf("%r weighs %.1f kg\n", zoo[0].name, zoo[0].kilos);
}

void test_numbers_and_strings(void) {
    print_repr(5, "5", (char)'\a', 5UL, 0.1f, (enum color)(RED | BLUE), (enum color)9);
}

typedef struct {
    long cents;
} money;

const char *repr_money(const money *money) {
    static char text[32];
    snprintf(text, sizeof text, "EUR(%ld.%02ld)", money->cents / 100, money->cents % 100);
    return text;
}

void test_speaks_for_itself(void) {
    money price = {1250};
    print_repr(price);
}
