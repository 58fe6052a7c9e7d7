// link: plain
// run: 1 2
// run:
// shell: (./tests fails; true) 2>&1 | grep -o 'without_runtime.c:[0-9]*:\|Assertion.*failed'
// shell: nm tests | grep -c ' [TtDdBb] thimble_'
#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int length(const char *text) {
    return (int)strlen(text);
}

#ifdef __THIMBLE__
static void test_length(void) {
    assert(length("four") == 4);
}
#endif

static void goodbye(void) {
    printf("goodbye\n");
}

int main(int argc, char **argv) {
    char *copy = strdup("a copy");
    int *numbers = calloc(10, sizeof(int));
    numbers = realloc(numbers, 20 * sizeof(int));
    atexit(goodbye);
    printf("%d arguments, %d characters, %d\n", argc - 1, length(copy), numbers[3]);
    free(numbers);
    free(copy);
    for (int i = 1; i < argc; i++)
        puts(argv[i]);
    fflush(stdout);
    assert(argc > 0 && strcmp(argv[argc - 1], "fails") != 0); /* libc's own word of it */
    return argc == 1 ? 3 : 0;
}
