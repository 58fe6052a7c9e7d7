// not-modes: pedantic
// run: -s -q
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct point {
    int x, y;
};
struct node {
    int value;
    struct node *next;
};
struct operations {
    int (*compare)(const char *, const char *);
    void (*end)(void);
    int (*twice)(int);
};
struct point spot;
static struct point spots[5];
static int numbers[10];
static struct cell {
    char mark;
    struct point at;
    union {
        int number;
        float real;
    };
} board[8][8];

static int twice(int number) {
    return 2 * number;
}

void test_null(void) {
    struct node *none = NULL;
    print_repr(none, NULL, (void (*)(void))0);
}

void test_to_numbers(void) {
    int number = 5, *pointer = &number, **twice = &pointer;
    double real = 0.5, *to_real = &real;
    _Bool yes = 1, *to_bool = &yes;
    print_repr(pointer, twice, to_real, to_bool);
}

void test_to_what_has_a_name(void) {
    static struct point inner;
    struct point *pointers[] = {&spot, &spots[0], &spots[3], &inner};
    void *any = &spots[2];
    print_repr(pointers, &numbers[3], any);
    print_repr(&spot.y, &board[1][2], &board[1][2].at, &board[7][7].at.y, &board[0][1].real,
               &board[3], &board);
    print_repr((struct point *)(void *)((char *)&spots + 4), (char (*)[4])(void *)&spot);
}

void test_functions(void) {
    struct operations operations = {strcmp, abort, twice};
    print_repr(twice, &twice, operations, malloc, (void *)twice);
}

void test_lists(void) {
    struct node third = {3, NULL}, second = {2, &third}, first = {1, &second};
    print_repr(&first);
}

void test_cycles(void) {
    struct node second = {2, NULL}, first = {1, &second};
    second.next = &first;
    print_repr(&first);
    second.next = &second;
    print_repr(&first);
}

void test_depth(void) {
    struct node nodes[10] = {{0, NULL}};
    for (int i = 1; i < 10; i++)
        nodes[i] = (struct node){i, &nodes[i - 1]};
    print_repr(&nodes[9]);
    repr_set_depth(0);
    const char *name = "Spot";
    print_repr(&nodes[9], nodes[0], name, &name);
    repr_set_depth(10);
    print_repr(&nodes[9]);
}

void test_depth_and_limit_end_with_the_test(void) {
    struct node second = {2, NULL}, first = {1, &second};
    print_repr(&first);
}

void test_a_heap_block(void) {
    struct node *node = malloc(sizeof *node);
    *node = (struct node){7, NULL};
    void *any = node, *inside = &node->next;
    print_repr(node, any, inside);
    free(node);
    print_repr(node, any, inside);
}

void test_freed_by_realloc(void) {
    char *text = malloc(8), *before = text;
    strcpy(text, "Spot");
    print_repr(text);
    text = realloc(text, 1000000);
    print_repr(text, before);
    free(text);
}
