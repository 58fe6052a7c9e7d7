// link: plain
// not-modes: pedantic
/* What a rewriter may trip over; it has to print the same with and without the flag. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __clang__ /* which does not know it */
#pragma GCC diagnostic ignored "-Wformat-truncation"
#endif

static int count;

static int next(void) {
    return ++count;
}

static int show(const char *name, int value) {
    return printf("%s %d\n", name, value);
}

static void *identity(void *p) {
    return p;
}

static int apply(int (*f)(void)) {
    return f();
}

static jmp_buf back;

static int jumps(void) {
    volatile int rounds = 0;
    int value = setjmp(back);
    rounds = rounds + 1;
    if (value < 3)
        longjmp(back, value + 1);
    return rounds;
}

static int variadic(const char *format, ...) {
    char text[100];
    va_list arguments, copy;
    va_start(arguments, format);
    va_copy(copy, arguments);
    int first = vsnprintf(text, sizeof(text), format, arguments);
    int second = vsnprintf(text, sizeof(text), format, copy);
    va_end(copy);
    va_end(arguments);
    return first == second ? first : -1;
}

struct large {
    int values[100];
};

static struct large make(int seed) {
    struct large large;
    for (int i = 0; i < 100; i++)
        large.values[i] = seed + i;
    return large;
}

static struct large pass(struct large large) {
    large.values[0]++;
    return large;
}

static int stack_block(int n) {
    char *block = __builtin_alloca((size_t)n);
    memset(block, 1, (size_t)n);
    return block[n - 1];
}

static int __attribute__((const)) square(int x) {
    return x * x;
}

static inline __attribute__((always_inline)) int at_once(int x) {
    return next() + x;
}

static const char *name_of(int x) {
    static const char *const names[] = {"zero", "one"};
    return x >= 0 && x < 2 ? names[x] : "many";
}

static volatile int sink;

static void nothing(void) {
}

static int compare(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static int through_void(void) {
    return (nothing(), (void)next(), next());
}

static _Bool truth(int x) {
    return x;
}

static unsigned char narrow(int x) {
    return (unsigned char)x;
}

static int aliased(void) {
    return 12;
}
extern int alias(void) __attribute__((alias("aliased")));

int main(void) {
    show("next", next());
    show("comma", (next(), next()) * 100 + (next() != 0 && next() == 5));
    show("pointer", apply(next) + (*next)() + (&next)() + (**next)());
    show("jumps", jumps());
    show("variadic", variadic("%d %s %f", 5, "text", 1.5));
    show("large", pass(make(next())).values[0]);
    show("chain", pass(pass(make(1))).values[0] + make(2).values[99]);
    show("alloca", stack_block(100));
    show("square", square(3) + square(3));
    show("inline", at_once(1));
    show(name_of(1), *(int *)identity(&count));
    show("void", through_void());
    show("bool", truth(256) + narrow(257));
    show("conditional", (count > 5 ? next : rand)() > 0);
    show("alias", alias());
    show("cast", (int)(long)identity((void *)(long)next()));
    show("builtin", __builtin_strlen("abc") == 3 && __builtin_abs(-next()) > 0);
    int numbers[] = {3, 1, 2};
    qsort(numbers, 3, sizeof(int), compare);
    show("sorted", numbers[0] * 100 + numbers[1] * 10 + numbers[2]);
    sink = next();
    for (int i = 0, n = next(); i < n % 3; i++, next())
        show("loop", i + next());
    next();
    (void)next();
    return show("end", count) > 0 ? count : 0;
}
