// Functions that a call may name: of libc, built-in, renamed, inline, with attributes.
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INLINED __attribute__((always_inline))

int renamed(int x) __asm__("another_name");
int forbidden(void) __attribute__((error("not this one")));
int warned(void) __attribute__((warning("not this one either")));
int comes_back(void) __attribute__((returns_twice));
_Noreturn void leaves(int);
int declared_here_only(int);
void *memcpy(void *, const void *, size_t);
double sqrt(double);
int index_of(const char *);

static inline INLINED int at_once(int x) {
    return x;
}

static inline int small(int x) {
    return x;
}

inline int elsewhere(int x) {
    return x;
}

extern inline __attribute__((gnu_inline)) int gnu(int x) {
    return x;
}

extern int both(int);
inline int both(int x) {
    return x;
}

int late(int);
int late(int) INLINED;
inline int late(int x) {
    return x;
}

static int variadic(int count, ...) {
    va_list arguments;
    va_start(arguments, count);
    int first = va_arg(arguments, int);
    va_end(arguments);
    return first;
}

struct large {
    int values[40];
};

static struct large by_value(struct large large) {
    large.values[0]++;
    return large;
}

int everything(int n) {
    extern int declared_in_a_body(int);
    jmp_buf buffer;
    char text[20], *block = malloc((size_t)n);
    struct large large = {{0}};
    if (setjmp(buffer))
        longjmp(buffer, 1);
    n += renamed(1) + comes_back() + declared_here_only(2) + index_of("") + declared_in_a_body(3);
    n += at_once(1) + small(2) + elsewhere(3) + gnu(4) + both(5) + late(6) + variadic(1, 2);
    n += by_value(large).values[0] + by_value(by_value(large)).values[0];
    memcpy(text, "x", 2);
    __builtin_memcpy(text, "x", 2);
    memset(text, 0, sizeof text);
    strcpy(text, "x");
    n += (int)strlen(text) + abs(n) + (int)sqrt(n) + (int)fabs(1.0) + atoi(text);
    __builtin_printf("%s\n", text);
    printf("%s\n", text);
    snprintf(text, sizeof text, "%d", n);
    sscanf(text, "%d", &n);
    puts(__builtin_strchr("x", 'x'));
    int file = open("/dev/null", O_RDONLY);
    n += (int)read(file, text, sizeof text) + errno;
    free(block);
    block = __builtin_malloc(3);
    __builtin_free(block);
    if (__builtin_expect(n, 0))
        __builtin_abort();
    if (n > 3)
        __builtin_trap();
    if (n > 4)
        leaves(1);
    if (0)
        n += forbidden() + warned();
    return n + (int)__builtin_popcount(3) + (int)__builtin_labs(n);
}
