// not-modes: sanitize pedantic lto thinlto
// run: -j 1
// run: -j 1 --isolate worker
// Releases in code that was compiled without the plugin.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

void foreign_drop(void *block);
void foreign_use(void (*use)(void *), void *block);
void *foreign_take(size_t size);
void foreign_mistake(void);

void test_foreign_code_frees_twice(void) {
    char *text = strdup("Spot");
    foreign_drop(text);
    foreign_drop(text);
}

void test_foreign_code_frees_ours(void) {
    char *text = strdup("Spot");
    free(text);
    foreign_drop(text);
}

void test_we_free_what_foreign_code_freed(void) {
    void *block = foreign_take(20);
    foreign_drop(block);
    foreign_use(free, block);
}

static void drop(void *block) {
    free(block);
}

void test_called_by_foreign_code(void) {
    void *block = foreign_take(20);
    foreign_use(drop, block);
    foreign_use(drop, block);
}

void test_all_of_it_elsewhere(void) {
    foreign_mistake();
}

void test_right(void) {
    foreign_drop(strdup("Spot"));
    free(foreign_take(20));
    foreign_use(drop, foreign_take(20));
    FILE *file = fopen("/dev/null", "r");
    fclose(file);
}
