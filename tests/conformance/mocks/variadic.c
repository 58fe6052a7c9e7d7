// not-modes: pedantic
// run: -j 1
#include <complex.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <thimble.h>

struct pair {
    double a;
    long b;
};
struct floats {
    float a, b, c;
};
struct large {
    long words[4];
};
struct aligned {
    long double weight;
    char letter;
};

static double total(int count, ...) {
    double sum = 0;
    va_list arguments;
    va_start(arguments, count);
    while (count--)
        sum += va_arg(arguments, double);
    va_end(arguments);
    return sum;
}

/* i: int, d: double, L: long double, p: a pair, f: floats, l: a large one, a: aligned, c: complex */
static struct large describe(char *to, const char *kinds, ...) {
    struct large answer = {{0, 0, 0, (long)strlen(kinds)}};
    va_list arguments;
    va_start(arguments, kinds);
    for (; *kinds; kinds++) {
        if (*kinds == 'i') {
            to += sprintf(to, "%d ", va_arg(arguments, int));
        } else if (*kinds == 'd') {
            to += sprintf(to, "%g ", va_arg(arguments, double));
        } else if (*kinds == 'L') {
            to += sprintf(to, "%Lg ", va_arg(arguments, long double));
        } else if (*kinds == 'p') {
            struct pair pair = va_arg(arguments, struct pair);
            to += sprintf(to, "{%g %ld} ", pair.a, pair.b);
        } else if (*kinds == 'f') {
            struct floats floats = va_arg(arguments, struct floats);
            to += sprintf(to, "{%g %g %g} ", (double)floats.a, (double)floats.b, (double)floats.c);
        } else if (*kinds == 'l') {
            struct large large = va_arg(arguments, struct large);
            to += sprintf(to, "{%ld %ld} ", large.words[0], large.words[3]);
        } else if (*kinds == 'a') {
            struct aligned aligned = va_arg(arguments, struct aligned);
            to += sprintf(to, "{%Lg %c} ", aligned.weight, aligned.letter);
        } else if (*kinds == 'c') {
            double complex number = va_arg(arguments, double complex);
            to += sprintf(to, "%g+%gi ", creal(number), cimag(number));
        }
    }
    va_end(arguments);
    return answer;
}

static int no_prototype();
static int no_prototype(a, b, c)
    int a;
    double b;
    const char *c;
{
    return a + (int)b + c[0];
}

static int count_of(const char *format, ...) {
    return (int)strlen(format);
}

static int write_log(const char *path, int mode) {
    return mode < 0 ? open(path, O_RDONLY) : open(path, O_CREAT | O_WRONLY, mode);
}

static int flags_of(int file, int *owner) {
    return owner ? fcntl(file, F_SETFD, owner) : fcntl(file, F_DUPFD, 10);
}

void test_printf(void) {
    mock_return(printf, 5);
    assert(printf("%s %d %.1f %c\n", "Spot", 3, 2.5, 'x') == 5);
    assert(printf("nothing\n") == 5);
    assert(mock_call_count(printf) == 2);
    assert_any_call(printf, "%s %d %.1f %c\n", "Spot", 3, 2.5, 'x');
    assert_called_with(printf, "nothing\n");
}

void test_a_spy_of_printf(struct capture *capture) {
    mock_spy(printf);
    assert(printf("%s %d %.2f %Lg %c %d %d %d %g\n", "Spot", 3, 2.5, 1.5L, 'x', 1, 2, 3, 9.5) > 0);
    fflush(stdout);
    assert_equal(captured_stdout(capture), "Spot 3 2.50 1.5 x 1 2 3 9.5\n");
    assert_called_once_with(printf, ANY, "Spot", 3, 2.5, 1.5L, 'x', 1, 2, 3, 9.5);
}

void test_open_with_and_without_a_mode(void) {
    mock_return_each(open, 7, 8);
    assert(write_log("log", 0600) == 7 && write_log("log", -1) == 8);
    assert_any_call(open, "log", O_CREAT | O_WRONLY, 0600);
    assert_called_with(open, "log", O_RDONLY);
}

void test_a_spy_of_open(const char *tmp_path) {
    char path[4096];
    mock_spy(open);
    mock_spy(snprintf);
    assert(snprintf(path, sizeof path, "%s/%s", tmp_path, "log") > 0);
    int file = write_log(path, 0600);
    assert(file >= 0 && close(file) == 0);
    assert_called_once_with(open, path, O_CREAT | O_WRONLY, 0600);
    assert_called_once_with(snprintf, ANY, sizeof path, "%s/%s", tmp_path, "log");
}

void test_fcntl_with_a_number_and_a_pointer(void) {
    int owner = 5;
    mock_return(fcntl, 3);
    assert(flags_of(1, NULL) == 3 && flags_of(2, &owner) == 3);
    assert_any_call(fcntl, 1, F_DUPFD, 10);
    assert_called_with(fcntl, 2, F_SETFD, &owner);
}

void test_more_than_registers_hold(void) {
    mock_spy(total);
    assert(total(0) == 0);
    assert(total(12, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0) == 78);
    assert_called_with(total, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
}

void test_structs_by_value(void) {
    char to[200];
    struct pair pair = {1.5, 2};
    struct floats floats = {1, 2, 3};
    struct large large = {{1, 2, 3, 4}};
    struct aligned aligned = {2.5L, 'x'};
    double complex number = 1 + 2 * I;
    mock_spy(describe);
    assert(describe(to, "ipidlLfac", 1, pair, 2, 3.5, large, 4.5L, floats, aligned, number).words[3] == 9);
    assert_equal((const char *)to, "1 {1.5 2} 2 3.5 {1 4} 4.5 {1 2 3} {2.5 x} 1+2i ");
    assert_called_once_with(describe, ANY, "ipidlLfac", 1, pair, 2, 3.5, large, 4.5L, floats, aligned, number);
    /* Not all of a pair is left for it: it is on the stack, and what comes next is in the register. */
    assert(describe(to, "iiipi", 1, 2, 3, pair, 4).words[3] == 5);
    assert_equal((const char *)to, "1 2 3 {1.5 2} 4 ");
    assert_called_with(describe, ANY, "iiipi", 1, 2, 3, pair, 4);
    /* What is aligned leaves a word of the stack out. */
    assert(describe(to, "iiiiLi", 1, 2, 3, 4, 5.5L, 6).words[3] == 6);
    assert_equal((const char *)to, "1 2 3 4 5.5 6 ");
    assert_called_with(describe, ANY, "iiiiLi", 1, 2, 3, 4, 5.5L, 6);
    assert(describe(to, "ddddddddpdi", 1., 2., 3., 4., 5., 6., 7., 8., pair, 9., 4).words[3] == 11);
    assert_equal((const char *)to, "1 2 3 4 5 6 7 8 {1.5 2} 9 4 ");
    assert_called_with(describe, ANY, "ddddddddpdi", 1, 2, 3, 4, 5, 6, 7, 8, pair, 9, 4);
}

static struct large fake_describe(char *to, const char *kinds, ...) {
    va_list arguments;
    va_start(arguments, kinds);
    strcpy(to, va_arg(arguments, char *));
    va_end(arguments);
    return (struct large){{1, 2, 3, (long)strlen(kinds)}};
}

void test_an_effect(void) {
    char to[20];
    mock_effect(describe, fake_describe);
    assert(describe(to, "kinds", "effect", 2).words[3] == 5);
    assert_equal((const char *)to, "effect");
    assert_called_once_with(describe, ANY, "kinds", "effect", 2);
}

void test_without_a_prototype(void) {
    mock_return(no_prototype, 4);
    assert(no_prototype(1, 2.5, "three") == 4);
    assert_called_once_with(no_prototype, 1, 2.5, "three");
    mock_spy(no_prototype);
    assert(no_prototype(1, 2.5, "three") == 1 + 2 + 't');
}

void test_calls_through_a_pointer_are_no_seams(void) {
    int (*pointer)(const char *, ...) = count_of;
    mock_return(count_of, 9);
    assert(pointer("four", 1) == 4 && count_of("x", 1) == 9);
    mock_return(pointer, 8);
    assert(pointer("six", 1, "two") == 8);
    assert(mock_call_count(pointer) == 1);
}

void test_another_number(void) {
    mock(count_of);
    count_of("%d %s\n", 3, "Spot");
    assert_called_with(count_of, "%d %s\n", 4, "Spot");
}

void test_more_than_there_is_room_for(void) {
    struct large large = {{1, 2, 3, 4}};
    mock(count_of);
    count_of("llllll", large, large, large, large, large, large);
    count_of("lllllll", large, large, large, large, large, large, large);
}

void test_afterwards_all_is_real(void) {
    assert(total(2, 1.0, 2.0) == 3 && count_of("four") == 4);
}
