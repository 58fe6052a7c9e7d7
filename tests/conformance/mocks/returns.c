// not-modes: pedantic
// run: -j 1
#include <complex.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct point {
    int x, y;
};
struct big {
    long words[5];
    double last;
};
enum color { RED, GREEN, BLUE };

static unsigned char byte(void) { return 1; }
static int number(int x) { return x; }
static const char *text(void) { return "real"; }
static double real_number(void) { return 1; }
static long double wide(void) { return 1; }
static float complex wave(void) { return 1; }
static _Bool flag(void) { return 0; }
static enum color paint(void) { return RED; }
static struct point where(void) { return (struct point){0, 0}; }
static struct big all(void) { return (struct big){{0}, 0}; }
static int (*handler(void))(int) { return NULL; }
static __int128 huge(void) { return 1; }
static void nothing(void) { }

void test_one_after_another(void) {
    int numbers[] = {10, 20, 30};
    mock_return_each(number, 1, 'a', -3L);
    assert(number(0) == 1 && number(0) == 'a' && number(0) == -3);
    mock_return_array(number, numbers, 3);
    numbers[0] = 99; /* they were copied */
    assert(number(0) == 10 && number(0) == 20 && number(0) == 30);
    assert(mock_call_count(number) == 6);
}

void test_of_every_type(void) {
    struct point points[] = {{1, 2}, {3, 4}};
    struct big big = {{1, 2, 3, 4, 5}, 6.5};
    mock_return_each(byte, 0, 255, 7.0);
    assert(byte() == 0 && byte() == 255 && byte() == 7);
    mock_return_each(text, "one", NULL, (char *)"two");
    assert(strcmp(text(), "one") == 0 && text() == NULL && strcmp(text(), "two") == 0);
    mock_return_each(real_number, 1, 2.5f, 3.5L);
    assert(real_number() == 1.0 && real_number() == 2.5 && real_number() == 3.5);
    mock_return_each(wide, 1, 2.5L);
    assert(wide() == 1.0L && wide() == 2.5L);
    mock_return_each(wave, 1, 2 + 3 * I);
    assert(wave() == 1.0f && wave() == 2 + 3 * I);
    mock_return_each(flag, 1, 0, &big);
    assert(flag() && !flag() && flag());
    mock_return_each(paint, GREEN, BLUE, 0);
    assert(paint() == GREEN && paint() == BLUE && paint() == RED);
    mock_return_array(where, points, 2);
    assert(where().y == 2 && where().x == 3);
    mock_return(all, big);
    assert(all().words[4] == 5 && all().last == 6.5);
    mock_return_each(handler, number, NULL);
    assert(handler() == number && handler() == NULL);
    mock_return_each(huge, -1, (__int128)5 << 70);
    assert(huge() == -1 && huge() == (__int128)5 << 70);
}

void test_the_last_thing_told_wins(void) {
    mock_return(number, 1);
    mock_return_each(number, 2, 3);
    assert(number(0) == 2);
    mock_return(number, 4);
    assert(number(0) == 4 && number(0) == 4);
    mock(number); /* tells it nothing */
    assert(number(0) == 4);
    mock_reset(number);
    assert(number(0) == 4 && mock_call_count(number) == 1);
    mock_return_each(number, 5);
    mock_reset(number);
    assert(number(0) == 5);
}

void test_several_at_once(void) {
    mock_all(number, text, nothing, where);
    nothing();
    assert(number(1) == 0 && text() == NULL && where().x == 0);
    assert(mock_call_count(number) == 1 && mock_call_count(nothing) == 1);
}

static int minus(int x) { return -x; }

void test_a_patch_over_a_mock_and_the_other_way_round(void) {
    mock_return(number, 1);
    patch(number, minus);
    assert(number(5) == -5 && mock_call_count(number) == 0);
    mock(number); /* comes to the front again, with what it was told */
    assert(number(5) == 1 && mock_call_count(number) == 1);
    with_patch(number, minus) {
        assert(number(5) == -5);
        mock_return(number, 2);
        assert(number(5) == 2);
    }
    assert(number(5) == 2);
}

void test_past_the_end(void) {
    mock_return_each(number, 1, 2);
    for (int i = 0; i < 3; i++)
        number(i);
}

void test_past_the_end_of_none(void) {
    mock_return_array(number, (int *)NULL, 0);
    number(1);
}

void test_a_value_out_of_range(void) {
    mock_return("byte", 256);
}

void test_a_value_out_of_range_that_only_the_run_knows(void) {
    volatile int large = 256;
    mock_return(byte, large);
}

void test_one_of_them_out_of_range(void) {
    mock_return_each("byte", 1, 2, 300);
}

void test_an_element_out_of_range(void) {
    static const int numbers[] = {1, -200};
    mock_return_array(byte, numbers, 2);
}

void test_a_string_for_a_number(void) {
    mock_return("number", "three");
}

void test_a_number_for_a_struct(void) {
    mock_return("where", 5);
}

void test_of_a_function_that_returns_nothing(void) {
    mock_return("nothing", 1);
}

void test_each_of_a_function_that_returns_nothing(void) {
    mock_return_each("nothing", 1, 2);
}

void test_of_a_function_that_never_returns(void) {
    mock_return("abort", 1);
    abort();
}

void test_an_array_that_is_none(void) {
    mock_return_array("number", 5, 1);
}

void test_an_array_that_is_too_short(void) {
    mock_return_array(number, (int *)16, 3);
}

void test_afterwards_all_is_real(void) {
    nothing();
    assert(number(5) == 5 && byte() == 1 && strcmp(text(), "real") == 0 && paint() == RED);
}
