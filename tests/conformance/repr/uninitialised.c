// compilers: clang
// not-modes: sanitize lto thinlto pedantic
// flags: -fsanitize=memory
// libs: -fsanitize=memory
// run: -s -q
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct padded {
    char c;
    int i;
    const char *name;
    struct padded *next;
};

/* Padding was never written to, nor was what stands behind the string's end. */
void test_padding(void) {
    struct padded first, *second = malloc(sizeof *second);
    char text[64];
    strcpy(text, "Spot");
    first.c = 'x';
    first.i = 5;
    first.name = text;
    first.next = second;
    second->c = 'y';
    second->i = 6;
    second->name = "Jojo";
    second->next = NULL;
    print_repr(first, second);
    free(second);
}

void test_nothing_at_all(void) {
    struct padded nothing, *pointer = &nothing;
    nothing.name = NULL;
    nothing.next = NULL;
    assert(strlen(repr(pointer)) > 0);
}
