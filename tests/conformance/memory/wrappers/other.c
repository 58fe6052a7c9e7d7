#include "wrappers.h"

void *elsewhere(size_t size) {
    void *block = malloc(size);
    if (!block)
        abort();
    return block;
}

void *elsewhere_again(void *block, size_t size) {
    return realloc(block, size);
}

struct animal *knows_its_type(size_t count) {
    return elsewhere(count * sizeof(struct animal));
}

static void *allocate(void *state, size_t size) {
    (void)state;
    return elsewhere(size);
}

struct allocator own_allocator(void) {
    return (struct allocator){allocate, NULL};
}

char *text_of(size_t length) {
    char *text = malloc(length + 1);
    text[0] = '\0';
    return text;
}
