#include "check.h"

#include <string.h>

#include "allocators.h"

static struct options options;
static const struct allocator_attributes none, libcs = {.from_libc = true};

static bool is_libcs(const char *symbol, bool returns_pointer, struct allocator *out) {
    memset(out, 0, sizeof *out);
    return allocators_find(&options, symbol, symbol, false, returns_pointer, &libcs, out);
}

static void check_one(const char *symbol, bool returns_pointer, struct allocator wanted, int line) {
    struct allocator is;
    bool found = is_libcs(symbol, returns_pointer, &is);
    check(found && is.kind == wanted.kind && is.size == wanted.size && is.count == wanted.count &&
              is.block == wanted.block && is.result == wanted.result && is.text == wanted.text &&
              is.size_unknown == wanted.size_unknown && is.zero_succeeds == wanted.zero_succeeds,
          __FILE__, line, symbol);
}

#define NEW(...) ((struct allocator){.kind = THIMBLE_ALLOCATES, __VA_ARGS__})
#define MOVE(...) ((struct allocator){.kind = THIMBLE_RESIZES, .block = 1, __VA_ARGS__})
#define DROP ((struct allocator){.kind = THIMBLE_RELEASES, .block = 1})
#define TEXT .text = true, .size_unknown = true
#define CHECK_ONE(symbol, returns_pointer, ...)                                                    \
    check_one((symbol), (returns_pointer), __VA_ARGS__, __LINE__)

static void check_libcs(void) {
    CHECK_ONE("malloc", true, NEW(.size = 1));
    CHECK_ONE("__builtin_malloc", true, NEW(.size = 1));
    CHECK_ONE("calloc", true, NEW(.count = 1, .size = 2));
    CHECK_ONE("realloc", true, MOVE(.size = 2));
    CHECK_ONE("reallocarray", true, MOVE(.count = 2, .size = 3));
    CHECK_ONE("free", false, DROP);
    CHECK_ONE("cfree", false, DROP);
    CHECK_ONE("aligned_alloc", true, NEW(.size = 2));
    CHECK_ONE("memalign", true, NEW(.size = 2));
    CHECK_ONE("posix_memalign", false, NEW(.size = 3, .result = 1, .zero_succeeds = true));
    CHECK_ONE("valloc", true, NEW(.size = 1));
    CHECK_ONE("strdup", true, NEW(TEXT));
    CHECK_ONE("__strdup", true, NEW(TEXT));
    CHECK_ONE("strndup", true, NEW(TEXT));
    CHECK_ONE("wcsdup", true, NEW(.size_unknown = true));
    CHECK_ONE("asprintf", false, NEW(.result = 1, TEXT));
    CHECK_ONE("__vasprintf_chk", false, NEW(.result = 1, TEXT));
    CHECK_ONE("getline", false, NEW(.result = 1, TEXT));
    CHECK_ONE("__getdelim", false, NEW(.result = 1, TEXT));
    struct allocator is;
    CHECK(!is_libcs("getcwd", true, &is));
    CHECK(!is_libcs("realpath", true, &is));
    CHECK(!is_libcs("memcpy", true, &is));
    CHECK(!is_libcs("", true, &is));
}

static void check_the_programs(void) {
    struct allocator is;
    /* Names alone do not make an allocator. */
    CHECK(!allocators_find(&options, "getline", "getline", false, false, &none, &is));
    CHECK(!allocators_find(&options, "valloc", "valloc", false, false, &none, &is));
    CHECK(!allocators_find(&options, "malloc", "malloc", true, true, &none, &is));
    CHECK(allocators_find(&options, "malloc", "malloc", false, true, &none, &is));
    CHECK(!allocators_find(&options, "xmalloc", "xmalloc", false, true, &none, &is));

    struct allocator_attributes says = {.returns_new = true, .size = 2, .count = 1};
    CHECK(allocators_find(&options, "xcalloc", "xcalloc", true, true, &says, &is));
    CHECK(is.kind == THIMBLE_ALLOCATES && is.size == 2 && is.count == 1 && !is.size_unknown);
    CHECK(!allocators_find(&options, "xcalloc", "xcalloc", true, false, &says, &is));
    says = (struct allocator_attributes){.size = 1};
    CHECK(allocators_find(&options, "xmalloc", "xmalloc", false, true, &says, &is));
    CHECK(is.size == 1 && !is.size_unknown);
    says = (struct allocator_attributes){.returns_new = true};
    CHECK(allocators_find(&options, "pool_new", "pool_new", false, true, &says, &is));
    CHECK(!is.size && is.size_unknown && !is.release);
    says.release = "pool_end";
    CHECK(allocators_find(&options, "pool_new", "pool_new", false, true, &says, &is));
    CHECK_TEXT(is.release, "pool_end");
    says = (struct allocator_attributes){.released = 2};
    CHECK(allocators_find(&options, "pool_end", "pool_end", false, false, &says, &is));
    CHECK(is.kind == THIMBLE_RELEASES && is.block == 2);
    CHECK(!allocators_find(&options, "pool_grow", "pool_grow", false, true, &says, &is));
    /* What is free's anyway needs no pair. */
    says = (struct allocator_attributes){.from_libc = true, .release = "free"};
    CHECK(allocators_find(&options, "strdup", "strdup", false, true, &says, &is) && !is.release);
}

static void set(const char *key, const char *value) {
    char error[256];
    CHECK(options_set(&options, key, value, error, sizeof error));
}

static void check_option(void) {
    struct allocator is;
    set("allocator", "pool_array:3,2:free=pool_free");
    set("allocator", "pool_grow:2:realloc=1");
    CHECK(allocators_find(&options, "pool_array", "pool_array", true, true, &none, &is));
    CHECK(is.kind == THIMBLE_ALLOCATES && is.size == 3 && is.count == 2);
    CHECK_TEXT(is.release, "pool_free");
    CHECK(allocators_find(&options, "pool_free", "pool_free", false, false, &none, &is));
    CHECK(is.kind == THIMBLE_RELEASES && is.block == 1);
    CHECK(allocators_find(&options, "pool_grow", "pool_grow", false, true, &none, &is));
    CHECK(is.kind == THIMBLE_RESIZES && is.block == 1 && is.size == 2);
    set("allocs", "off");
    CHECK(!allocators_find(&options, "pool_array", "pool_array", true, true, &none, &is));
    CHECK(!is_libcs("malloc", true, &is));
}

static void check_element(struct allocator allocator, struct element_hints hints,
                          enum element wanted, int line) {
    check(allocators_element(&allocator, &hints) == wanted, __FILE__, line, "element");
}

#define CHECK_ELEMENT(allocator, wanted, ...)                                                      \
    check_element((allocator), (struct element_hints){__VA_ARGS__}, (wanted), __LINE__)

static void check_elements(void) {
    struct allocator text = NEW(TEXT), new = NEW(.size = 1);
    CHECK_ELEMENT(text, ELEMENT_CHAR, .to_char = true);
    CHECK_ELEMENT(text, ELEMENT_CHAR, .measured = true);
    /* struct animal *animal = malloc(n); the pointer says more than a sizeof. */
    CHECK_ELEMENT(new, ELEMENT_TARGET, .to_char = false);
    CHECK_ELEMENT(new, ELEMENT_TARGET, .measured = true);
    /* char *buffer = malloc(n), and of sizeof(struct animal). */
    CHECK_ELEMENT(new, ELEMENT_TARGET, .to_char = true);
    CHECK_ELEMENT(new, ELEMENT_MEASURED, .to_char = true, .measured = true);
    /* return malloc(n) from a function that returns void *, likewise. */
    CHECK_ELEMENT(new, ELEMENT_UNKNOWN, .to_void = true);
    CHECK_ELEMENT(new, ELEMENT_MEASURED, .to_void = true, .measured = true);
    CHECK_ELEMENT(new, ELEMENT_UNKNOWN, .to_function = true);
}

static void check_sizes(void) {
    struct allocator one = NEW(.size = 1), two = NEW(.count = 1, .size = 2);
    struct allocator reversed = NEW(.count = 3, .size = 1), text = NEW(.size = 1, .text = true);
    struct allocator unknown = NEW(.size = 1, .size_unknown = true), none = NEW(.size = 0);
    CHECK(allocators_size_known(&one, 1) && allocators_size_known(&one, 2));
    CHECK(!allocators_size_known(&one, 0));
    CHECK(allocators_size_known(&two, 2) && !allocators_size_known(&two, 1));
    CHECK(allocators_size_known(&reversed, 3) && !allocators_size_known(&reversed, 2));
    CHECK(!allocators_size_known(&text, 1) && !allocators_size_known(&unknown, 1));
    CHECK(!allocators_size_known(&none, 1));
    CHECK(allocators_asked_by(&two, 1, 2) && allocators_asked_by(&two, 2, 2));
    CHECK(allocators_asked_by(&one, 1, 2) && !allocators_asked_by(&one, 2, 2));
    struct allocator copied = NEW(TEXT), printed = NEW(.result = 1, TEXT);
    CHECK(allocators_asked_by(&copied, 2, 2) && !allocators_asked_by(&printed, 3, 3));
}

void check_allocators(void) {
    options_init(&options);
    check_libcs();
    check_the_programs();
    check_option();
    check_elements();
    check_sizes();
    options_free(&options);
}
