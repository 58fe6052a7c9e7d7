#include "allocators.h"

#include "naming.h"
#include <string.h>

struct known {
    const char *name;
    struct allocator is;
};

/* libc's. What only sometimes returns a block for the caller to free is none:
 * realpath and getcwd with a buffer, open_memstream before its stream is closed. */
static const struct known libc[] = {
    {"malloc", {.kind = THIMBLE_ALLOCATES, .size = 1}},
    {"free", {.kind = THIMBLE_RELEASES, .block = 1}},
    {"calloc", {.kind = THIMBLE_ALLOCATES, .count = 1, .size = 2}},
    {"realloc", {.kind = THIMBLE_RESIZES, .block = 1, .size = 2}},
    {"reallocarray", {.kind = THIMBLE_RESIZES, .block = 1, .count = 2, .size = 3}},
    {"aligned_alloc", {.kind = THIMBLE_ALLOCATES, .size = 2}},
    {"memalign", {.kind = THIMBLE_ALLOCATES, .size = 2}},
    {"posix_memalign", {.kind = THIMBLE_ALLOCATES, .size = 3, .result = 1, .zero_succeeds = true}},
    {"valloc", {.kind = THIMBLE_ALLOCATES, .size = 1}},
    {"pvalloc", {.kind = THIMBLE_ALLOCATES, .size = 1}},
    {"cfree", {.kind = THIMBLE_RELEASES, .block = 1}},
    {"free_sized", {.kind = THIMBLE_RELEASES, .block = 1}},
    {"free_aligned_sized", {.kind = THIMBLE_RELEASES, .block = 1}},
    {"strdup", {.kind = THIMBLE_ALLOCATES, .text = true, .size_unknown = true}},
    {"strndup", {.kind = THIMBLE_ALLOCATES, .text = true, .size_unknown = true}},
    {"wcsdup", {.kind = THIMBLE_ALLOCATES, .size_unknown = true}},
    {"asprintf", {.kind = THIMBLE_ALLOCATES, .result = 1, .text = true, .size_unknown = true}},
    {"vasprintf", {.kind = THIMBLE_ALLOCATES, .result = 1, .text = true, .size_unknown = true}},
    {"getline", {.kind = THIMBLE_ALLOCATES, .result = 1, .text = true, .size_unknown = true}},
    {"getdelim", {.kind = THIMBLE_ALLOCATES, .result = 1, .text = true, .size_unknown = true}},
    {"canonicalize_file_name", {.kind = THIMBLE_ALLOCATES, .text = true, .size_unknown = true}},
    {"get_current_dir_name", {.kind = THIMBLE_ALLOCATES, .text = true, .size_unknown = true}},
    {"tempnam", {.kind = THIMBLE_ALLOCATES, .text = true, .size_unknown = true}},
};

static const struct allocator *find_in_libc(const char *symbol) {
    const char *name = naming_canonical(symbol);
    for (size_t i = 0; i < sizeof libc / sizeof *libc; i++)
        if (strcmp(libc[i].name, name) == 0)
            return &libc[i].is;
    return NULL;
}

/* Programs replace malloc itself, and declare it by hand. What puts the block's
 * address into an argument has to be libc's own. */
static bool is_really_libcs(const struct allocator *known, bool returns_pointer,
                            const struct allocator_attributes *attributes) {
    if (known->kind == THIMBLE_RELEASES)
        return true;
    return known->result ? attributes->from_libc : returns_pointer;
}

static bool find_in_options(const struct options *options, const char *name,
                            struct allocator *out) {
    for (size_t i = 0; i < options->allocator_count; i++) {
        const struct allocator_option *option = &options->allocators[i];
        if (strcmp(option->name, name) == 0) {
            *out = (struct allocator){
                .kind = option->resized ? THIMBLE_RESIZES : THIMBLE_ALLOCATES,
                .size = option->size,
                .count = option->count,
                .block = option->resized,
                .release = option->release,
            };
            return true;
        }
        if (option->release && strcmp(option->release, name) == 0) {
            *out = (struct allocator){.kind = THIMBLE_RELEASES, .block = 1};
            return true;
        }
    }
    return false;
}

bool allocators_find(const struct options *options, const char *name, const char *symbol,
                     bool internal, bool returns_pointer,
                     const struct allocator_attributes *attributes, struct allocator *out) {
    if (!options->allocs)
        return false;
    if (find_in_options(options, name, out))
        return true;
    const struct allocator *known = internal ? NULL : find_in_libc(symbol);
    if (known && is_really_libcs(known, returns_pointer, attributes)) {
        *out = *known;
        return true;
    }
    /* What returns a pointer may resize as well as release. */
    if (attributes->released && !returns_pointer) {
        *out = (struct allocator){.kind = THIMBLE_RELEASES, .block = attributes->released};
        return true;
    }
    if (!returns_pointer || (!attributes->returns_new && !attributes->size))
        return false;
    *out = (struct allocator){
        .kind = THIMBLE_ALLOCATES,
        .size = attributes->size,
        .count = attributes->count,
        .size_unknown = !attributes->size,
        .release = attributes->release,
    };
    return true;
}

/* void * and char * are what allocators return and are passed on as, whatever the block
 * is for: then a sizeof among the arguments says more. */
enum element allocators_element(const struct allocator *allocator,
                                const struct element_hints *hints) {
    if (allocator->text)
        return ELEMENT_CHAR;
    if (hints->measured && (hints->to_void || hints->to_char))
        return ELEMENT_MEASURED;
    if (hints->to_void || hints->to_function)
        return ELEMENT_UNKNOWN;
    return ELEMENT_TARGET;
}

bool allocators_size_known(const struct allocator *allocator, unsigned argument_count) {
    if (allocator->size_unknown || allocator->text || !allocator->size)
        return false;
    return allocator->size <= argument_count && allocator->count <= argument_count;
}

bool allocators_asked_by(const struct allocator *allocator, unsigned position,
                         unsigned argument_count) {
    if (allocators_size_known(allocator, argument_count))
        return position == allocator->size || position == allocator->count;
    return !allocator->text || !allocator->result;
}
