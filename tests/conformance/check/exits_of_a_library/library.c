// plain: an uninstrumented library
// library: library
#define _GNU_SOURCE
#include <err.h>
#include <stdlib.h>
#include <string.h>

void library_exit(int status);
void library_errx(int status);
void library_calls(void (*callback)(int), int status);
void library_abort(void);
void library_double_free(void);
void library_sorts_and_exits(void);

void library_exit(int status) {
    exit(status);
}

void library_errx(int status) {
    errx(status, "that was it");
}

void library_calls(void (*callback)(int), int status) {
    callback(status);
}

void library_abort(void) {
    abort();
}

void library_double_free(void) {
    char *volatile block = malloc(40);
    free(block);
    char *volatile again = block;
    free(again);
}

static int compare(const void *a, const void *b) {
    return a == b ? 0 : (exit(5), 1);
}

void library_sorts_and_exits(void) {
    int numbers[] = {3, 2, 1};
    qsort(numbers, 3, sizeof numbers[0], compare);
}
