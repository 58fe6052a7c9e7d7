// run: -j 1
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <thimble.h>

static jmp_buf back;
static int seen;

__attribute__((noreturn)) static void die(int code) {
    exit(code);
}

__attribute__((noreturn)) static void jump(int code) {
    seen = code;
    longjmp(back, 1);
}

static void returns(int code) {
    seen = code;
}

static int checked(int x) {
    if (x < 0)
        die(3);
    return x;
}

void test_a_replacement_that_leaves(void) {
    patch(die, jump);
    if (setjmp(back) == 0)
        checked(-1);
    assert(seen == 3);
}

void test_a_replacement_that_returns_fails(void) {
    patch(die, returns);
    checked(-1);
    printf("never here\n");
}

void test_a_mock_that_would_return_fails(void) {
    mock(die);
    checked(-1);
    printf("never here\n");
}

void test_a_mock_of_exit_fails(void) {
    mock(exit);
    checked(-1);
    printf("never here\n");
}
