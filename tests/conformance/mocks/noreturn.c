// not-modes: pedantic
// run: -j 1
#include <err.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <thimble.h>

static jmp_buf out;

static __attribute__((noreturn)) void die(const char *why, int status) {
    (void)why;
    _exit(status);
}
static __attribute__((noreturn)) int never(double a, long double b) {
    (void)a, (void)b;
    exit(1);
}
static __attribute__((noreturn)) void vanish(const char *format, ...) {
    (void)format;
    exit(2);
}

static __attribute__((noreturn)) void jump(const char *why, int status) {
    (void)why;
    longjmp(out, status);
}
static void come_back(const char *why, int status) {
    (void)why, (void)status;
}

void test_told_to_exit(void) {
    mock_exit(die, 3);
    assert_exits(3)
        die("no food", 1);
    assert_called_once_with(die, "no food", 1);
    mock_exit(never, 4);
    assert_exits(4)
        never(1, 2);
    assert_called_once_with(never, 1, 2);
}

void test_told_to_abort(void) {
    mock_abort(die);
    assert_aborts()
        die("no food", 1);
}

void test_an_effect_that_jumps(void) {
    mock_effect(die, jump);
    if (setjmp(out) == 0)
        die("no food", 9);
    assert_called_once_with(die, "no food", 9);
}

void test_variadic_ones(void) {
    mock_exit(vanish, 5);
    mock_exit(errx, 6);
    assert_exits(5)
        vanish("%d", 1);
    assert_exits(6)
        errx(1, "%s %d", "Spot", 3);
    assert(mock_call_count(vanish) == 1 && mock_call_count(errx) == 1);
}

void test_a_spy_goes_where_the_real_one_goes(void) {
    mock_spy(die);
    mock_spy(vanish);
    assert_exits(8)
        die("no food", 8);
    assert_exits(2)
        vanish("%d %s", 1, "x");
    assert_called_once_with(die, "no food", 8);
}

void test_without_a_way_to_leave(void) {
    mock(die);
    die("no food", 1);
}

void test_a_variadic_one_without_a_way_to_leave(void) {
    mock(errx);
    errx(1, "%s", "no food");
}

void test_an_effect_that_returns(void) {
    mock_effect(die, come_back);
    die("no food", 1);
}

void test_afterwards_all_is_real(void) {
    assert_exits(7)
        die("x", 7);
}
