// not-modes: pedantic
/* The same for what GNU C and C11 add. */
#include <stdlib.h>
#include <thimble.h>

static int value(int x) {
    return x + 1;
}

static int other(int x) {
    return 100 * x;
}

static int cleaned;

static void clean(int *p) {
    cleaned = value(*p);
}

static int statement_expression(void) {
    return ({
        int x = value(1);
        x + value(2);
    });
}

static int generic(void) {
    return _Generic(value(1), int : value(2), default : value(3)) + value(4) ?: value(5);
}

static int cleanup(void) {
    {
        __attribute__((cleanup(clean))) int x = value(1), same = 0;
        (void)x, (void)same;
    }
    return cleaned;
}

static int computed_goto(void) {
    static void *const labels[] = {&&zero, &&one, &&many};
    int which = value(0);
    goto *labels[which > 1 ? 2 : which];
zero:
    return 0;
one:
    return 1;
many:
    return value(1);
}

static int assembly(void) {
    int result;
#ifdef __x86_64__
    __asm__("movl %1, %0\n\taddl %2, %0" : "=&r"(result) : "r"(value(1)), "r"(value(2)));
#else
    result = value(1) + value(2);
#endif
    return result;
}

static int ranges(void) {
    switch (value(1)) {
    case 0 ... 5:
        return 1;
    case 50 ... 150:
        return 2;
    }
    return 3;
}

static int types(void) {
    __typeof__(value(7)) x = value(1);
    __auto_type y = value(2);
    _Static_assert(sizeof(value(1)) == sizeof(int), "an int");
    return x + y + (int)_Alignof(int);
}

static int variable_array(int (*array)[value(1)]) {
    return (int)sizeof(*array);
}

/* Clang takes a range only of constants. */
static int designated(void) {
#ifdef __clang__
    const int one = value(1);
    int array[] = {one, one, one, [5] = value(2)};
#else
    int array[] = {[0 ... 2] = value(1), [5] = value(2)};
#endif
    return array[0] + array[1] + array[2] + array[5] + (int)(sizeof(array) / sizeof(*array));
}

static int inner(void) {
    int n = value(1);
    if (n == 100)
        return __builtin_choose_expr(1, value(2), value(3));
    return __builtin_constant_p(value(4)) + n;
}

_Noreturn static void leave(int status) {
    exit(status);
}

static int checked(int x) {
    return x > 0 ? value(x) : (leave(3), 0);
}

static _Thread_local int mine;

static int thread_storage(void) {
    mine = value(1);
    return mine + value(mine);
}

void test_unpatched(void) {
    assert(statement_expression() == 5);
    assert(generic() == 8);
    assert(cleanup() == 3);
    assert(computed_goto() == 1);
    assert(assembly() == 5);
    assert(ranges() == 1);
    assert(types() == 9);
    assert(variable_array(0) == 8);
    assert(designated() == 2 + 2 + 2 + 3 + 6);
    assert(inner() == 2);
    assert(checked(1) == 2);
    assert(thread_storage() == 5);
}

void test_patched(void) {
    patch(value, other);
    assert(statement_expression() == 300);
    assert(generic() == 600);
    assert(cleanup() == 10000);
    assert(computed_goto() == 0);
    assert(assembly() == 300);
    assert(ranges() == 2);
    assert(types() == 304);
    assert(variable_array(0) == 400);
    assert(designated() == 100 + 100 + 100 + 200 + 6);
    assert(inner() == 200);
    assert(checked(1) == 100);
    assert(thread_storage() == 100 + 10000);
}

void test_not_evaluated(void) {
    mock(value);
    types();
    assert(mock_call_count(value) == 2);
    generic();
    assert(mock_call_count(value) == 2 + 3);
}
