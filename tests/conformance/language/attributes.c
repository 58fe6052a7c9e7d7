// not-modes: pedantic
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

extern int refused(int) __attribute__((error("never to be called")));
extern int warned(int) __attribute__((warning("better not")));

static __attribute__((pure)) int pure(const int *p) {
    return *p;
}

static __attribute__((const)) int constant(int x) {
    return x + 1;
}

static __attribute__((noinline, cold)) int cold(int x) {
    return x + 1;
}

static inline __attribute__((always_inline)) int at_once(int x) {
    return x + 1;
}

static inline __attribute__((always_inline, gnu_inline)) int guarded(int x) {
    if (__builtin_constant_p(x) && x > 1000)
        return refused(x);
    if (__builtin_constant_p(x) && x > 500)
        return warned(x);
    return cold(x);
}

static __attribute__((nonnull, returns_nonnull, malloc, alloc_size(2))) void *
allocate(const char *who, size_t size) {
    return who[0] ? calloc(1, size) : malloc(size);
}

static __attribute__((warn_unused_result)) int checked(int x) {
    return x;
}

static __attribute__((deprecated)) int old(int x) {
    return x;
}

static __attribute__((format(printf, 1, 2))) int formatted(const char *format, ...) {
    return (int)strlen(format);
}

static int five(int x) {
    return x - x + 5;
}

void test_they_stay_what_they_are(void) {
    int x = 3;
    assert(pure(&x) == 3 && constant(1) == 2 && cold(1) == 2 && at_once(1) == 2);
    assert(guarded(7) == 8);
    char *block = allocate("x", 10);
    assert(block[9] == 0);
    free(block);
    assert(checked(4) == 4 && formatted("%d", 5) == 2);
}

void test_they_can_be_replaced(void) {
    int x = 3;
    patch(constant, five);
    patch(cold, five);
    assert(constant(1) == 5 && cold(1) == 5);
    assert(guarded(7) == 5);
    mock_return(pure, 9);
    assert(pure(&x) == 9);
    mock_return(checked, 8);
    assert(checked(1) == 8);
    mock_return("attributes.c:at_once", 6);
    assert(at_once(1) == 6);
    mock_return(formatted, 1);
    assert(formatted("%s", "x") == 1);
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

void test_deprecated(void) {
    mock_return(old, 7);
    assert(old(1) == 7);
}
