// plain: it frees what others made
// flags: -fno-optimize-sibling-calls
#include <stdlib.h>

void foreign_drop(void *block);
void foreign_use(void (*use)(void *), void *block);
void *foreign_take(size_t size);

void foreign_drop(void *block) {
    free(block);
}

void foreign_use(void (*use)(void *), void *block) {
    use(block);
}

void *foreign_take(size_t size) {
    return malloc(size);
}

void foreign_mistake(void);

void foreign_mistake(void) {
    void *volatile block = malloc(30);
    free(block);
    free(block);
}
