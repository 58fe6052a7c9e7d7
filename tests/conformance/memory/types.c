// flags: -fplugin-arg-thimble-report=$BUILD/report.json
// link: none
// modes: O0 O2
// shell: grep -o '"function": "[^}]*' report.json
#include <stdio.h>
#include <stdlib.h>

/* What a block holds, where the pointer to it does not tell: the sizeof among the
 * arguments does. */
struct point {
    int x, y;
};

struct line {
    struct point from, to;
    char name[8];
};

#define NEW(T) malloc(sizeof(T))
#define NEW_AS(T) ((T *)calloc(1, sizeof(T)))

void *one(void);
void *many(size_t count);
void *by_macro(void);
void *by_macro_with_cast(void);
void *of_a_value(const struct line *line);
void *of_count_and_size(size_t count);
void *in_bytes(size_t size);
void *behind_a_sizeof(size_t size);
void *returned_as(size_t size);
long as_a_variable_is_used(size_t size);
void as_it_is_passed(size_t size);
int as_what_gets_it(struct line **line);
void *aligned(size_t size);

void *one(void) {
    return malloc(sizeof(struct point));
}

void *many(size_t count) {
    return malloc(count * sizeof(struct line));
}

void *by_macro(void) {
    return NEW(struct point);
}

void *by_macro_with_cast(void) {
    return NEW_AS(struct line);
}

void *of_a_value(const struct line *line) {
    void *copy = malloc(sizeof(*line));
    return copy;
}

void *of_count_and_size(size_t count) {
    return calloc(count, sizeof(long));
}

/* Nothing tells. */
void *in_bytes(size_t size) {
    return malloc(size);
}

/* This sizeof is about something else. */
void *behind_a_sizeof(size_t size) {
    return sizeof(int) > 2 ? malloc(size) : calloc(size, 1);
}

void *returned_as(size_t size) {
    struct point *points = malloc(size);
    return points;
}

long as_a_variable_is_used(size_t size) {
    void *block = malloc(size), *same = block;
    const struct line *line = same;
    return line->to.x;
}

static void take(struct point *point) {
    point->x = 1;
}

void as_it_is_passed(size_t size) {
    take(malloc(size));
}

int as_what_gets_it(struct line **line) {
    return posix_memalign((void **)line, 64, 100);
}

void *aligned(size_t size) {
    void *block;
    return posix_memalign(&block, 64, size) ? NULL : block;
}

FILE *as_declared(void);
FILE *as_declared(void) {
    return fopen("nowhere", "r");
}
