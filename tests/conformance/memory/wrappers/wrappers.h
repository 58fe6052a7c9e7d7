#ifndef WRAPPERS_H
#define WRAPPERS_H

#include <stdlib.h>

struct animal {
    const char *name;
    long weight;
};

struct allocator {
    void *(*allocate)(void *state, size_t size);
    void *state;
};

static inline void *in_a_header(size_t count, size_t size) {
    size_t total = count * size;
    return malloc(total ? total : 1);
}

void *elsewhere(size_t size);
void *elsewhere_again(void *block, size_t size);
struct animal *knows_its_type(size_t count);
struct allocator own_allocator(void);
char *text_of(size_t length);

#endif
