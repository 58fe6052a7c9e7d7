// not-modes: pedantic
// run: -s
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <thimble.h>

struct point {
    int x, y;
};

void test_print_repr_names_what_was_written(void) {
    int number = 5;
    const char *text = "a, b";
    struct point at = {1, 2};
    errno = ENOENT;
    print_repr(number, at.x + 1, text, ((struct point){3, 4}), ", \"(", errno, NULL, (char)',');
}

void test_repr_lives_until_the_test_ends(void) {
    const char *first = repr(1);
    for (int i = 0; i < 100000; i++)
        repr(i);
    const char *last = repr("last");
    printf("%s %s\n", first, last);
}

void test_repr_keeps_errno(void) {
    errno = 77;
    repr((struct point *)0x1234567);
    print_repr(errno);
}

void test_reprf(void) {
    struct point at = {1, 2};
    int count = reprf("%r is at %r, %d%% of %5.1f|%-6s|%c\n", "Spot", at, 50, 12.25, "ab", 'x');
    print_repr(count);
    reprf("%x %X %o %u %hhd %hx %ld %lld %zu %jd\n", -1, 255, 8, 7U, 300, 65537, -5L, -6LL, sizeof at,
          (__INTMAX_TYPE__)9);
    reprf("[%*d] [%-*d] [%.*s] [%+d] [%05d] [%8r] [%-8r]|\n", 5, 1, 5, 2, 2, "abc", 3, 4, 5, 6);
    reprf("%Lf %e %g %a %s %ls %p\n", 1.5L, 1.5f, 0.1, 1.0, (char *)NULL, L"wide", NULL);
    reprf("nothing to convert\n");
}

void test_a_format_that_is_no_literal(void) {
    const char *format = "%r %d\n";
    reprf(format, "ok", 5);
    reprf(format, "ok", "no number");
}

void test_too_few_values(void) {
    const char *format = "%r %r\n";
    reprf(format, 1);
}

void test_too_many_values(void) {
    const char *format = "%r\n";
    reprf(format, 1, 2);
}

void test_an_unknown_conversion(void) {
    const char *format = "%y\n";
    reprf(format, 1);
}
