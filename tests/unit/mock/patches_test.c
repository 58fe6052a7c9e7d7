/* Replacing and undoing, in whatever order. */
#include "kit.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static struct kit kit, later;
static uint32_t now_function, leave_function, print_function, plain_type;

static long seam_of(const struct kit *unit, uint32_t function) {
    long (*slot)(void) = (long (*)(void))unit->slots[function];
    return slot ? slot() : 1;
}
static long now(void) {
    return seam_of(&kit, now_function);
}

static long two(void) {
    return 2;
}
static long three(void) {
    return 3;
}
static long four(void) {
    return 4;
}

typedef void (*any)(void);
#define NOW FUNCTION(&kit, now_function, "now")
#define PATCH(f, g) thimble_patch_at("t.c", 1, f, REPLACEMENT((any)(g)))
#define WITH_PATCH(f, g) THIMBLE_BLOCK_(thimble_with_patch_at("t.c", 1, f, REPLACEMENT((any)(g))))

static void check_patch(void) {
    CHECK(now() == 1);
    PATCH(NOW, two);
    CHECK(now() == 2);
    PATCH(NOW, three);
    CHECK(now() == 3);
    kit_end_test();
    CHECK(now() == 1);
    CHECK(!kit.slots[now_function]);
    CHECK_TEXT(FAILURE_OF(PATCH(NOW, NULL)),
               "t.c:1: patch(now): the replacement is a null pointer");
    kit_end_test();
}

static void check_blocks(void) {
    PATCH(NOW, two);
    WITH_PATCH(NOW, three) {
        CHECK(now() == 3);
        WITH_PATCH(NOW, four)
        CHECK(now() == 4);
        CHECK(now() == 3);
    }
    CHECK(now() == 2);
    for (int i = 0; i < 3; i++) {
        WITH_PATCH(NOW, three) {
            if (i == 1)
                break; /* leaves the block only: it is a loop itself */
            CHECK(now() == 3);
        }
        CHECK(now() == 2);
    }
    kit_end_test();
    CHECK(now() == 1);
}

static long returns_from_block(void) {
    WITH_PATCH(NOW, three)
    return now();
    return 0;
}

static void check_ways_out(void) {
    CHECK(returns_from_block() == 3);
    CHECK(now() == 1);
    WITH_PATCH(NOW, three)
    goto out;
out:
    CHECK(now() == 1);
    /* What is patched inside for the rest of the test stays. */
    WITH_PATCH(NOW, three) {
        PATCH(NOW, four);
        CHECK(now() == 4);
    }
    CHECK(now() == 4);
    kit_end_test();
    CHECK(now() == 1);
}

static jmp_buf out;

static void __attribute__((noinline)) jumps_out(any *pointer) {
    any own = (any)two;
    WITH_PATCH(NOW, four)
    WITH_PATCH(POINTER(&kit, plain_type, *pointer), four)
    WITH_PATCH(POINTER(&kit, plain_type, own), four)
    longjmp(out, 1);
}

static void check_jumps(void) {
    any pointer = (any)two;
    WITH_PATCH(NOW, three) {
        if (!setjmp(out))
            jumps_out(&pointer);
        CHECK(now() == 4); /* nobody has left that block yet */
    }
    CHECK(now() == 1);
    CHECK(pointer == (any)two);
    if (!setjmp(out))
        jumps_out(&pointer);
    CHECK(now() == 4);
    kit_end_test();
    CHECK(now() == 1);
    CHECK(pointer == (any)four); /* at the end of a test its frames are gone */
}

static long (*global)(void) = two;

static void check_pointers(void) {
    struct {
        long (*get)(void);
    } *db = malloc(sizeof *db);
    db->get = two;
    PATCH(POINTER(&kit, plain_type, db->get), three);
    PATCH(POINTER(&kit, plain_type, global), three);
    CHECK(db->get() == 3 && global() == 3);
    WITH_PATCH(POINTER(&kit, plain_type, global), four)
    CHECK(global() == 4);
    CHECK(global() == 3);
    thimble_mock_return_at("t.c", 1, POINTER(&kit, plain_type, db->get),
                           (struct thimble_value)VALUE(&kit, kit.int_, int, 7));
    CHECK(db->get() == 7);
    long (*copy)(void) = db->get;
    CHECK(copy() == 7);
    CHECK(thimble_mock_call_count_at("t.c", 1, POINTER(&kit, plain_type, copy)) == 2);
    CHECK(thimble_mock_call_count_at("t.c", 1, POINTER(&kit, plain_type, db->get)) == 2);
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_once_with_at(
                   "t.c", 1, POINTER(&kit, plain_type, db->get), "db->get", 0, NULL)),
               "t.c:1: assert_called_once_with(db->get)\n  expected  db->get()\n  calls (2):\n"
               "    1. db->get()\n    2. db->get()");
    db->get = two;
    thimble_mock_at("t.c", 1, POINTER(&kit, plain_type, db->get)); /* another mock */
    CHECK(db->get() == 0);
    CHECK(thimble_mock_call_count_at("t.c", 1, POINTER(&kit, plain_type, db->get)) == 1);
    kit_end_test();
    CHECK(db->get() == 2 && global() == 2);
    CHECK(copy() == 0); /* a stale mock still can be called */
    WITH_PATCH(POINTER(&kit, plain_type, global), three)
    PATCH(POINTER(&kit, plain_type, global), four);
    CHECK(global() == 4); /* the inner one outlives the block */
    kit_end_test();
    CHECK(global() == 2);
    CHECK_TEXT(FAILURE_OF(thimble_mock_at("t.c", 1, POINTER(&kit, kit.int_, global))),
               "t.c:1: mock(global): this is neither a function nor a pointer to one");
    free(db);
}

static void check_mock_and_patch(void) {
    thimble_mock_at("t.c", 1, NOW);
    CHECK(now() == 0);
    PATCH(NOW, two);
    CHECK(now() == 2);
    CHECK(thimble_mock_call_count_at("t.c", 1, NOW) == 1);
    thimble_mock_at("t.c", 1, NOW);
    CHECK(now() == 0);
    CHECK(thimble_mock_call_count_at("t.c", 1, NOW) == 2);
    WITH_PATCH(NOW, three)
    CHECK(now() == 3);
    CHECK(now() == 0);
    kit_end_test();
    CHECK(now() == 1);
}

static void check_foreign_value(void) {
    /* What somebody else has put into a slot is put back. */
    kit.slots[now_function] = (void *)(uintptr_t)four;
    PATCH(NOW, two);
    WITH_PATCH(NOW, three)
    CHECK(now() == 3);
    CHECK(now() == 2);
    kit_end_test();
    CHECK(now() == 4);
    kit.slots[now_function] = NULL;
}

static void check_later_units(void) {
    PATCH(NOW, two);
    PATCH(NOW, three);
    kit_start(&later, "plugin.c");
    uint32_t type = kit_function_type(&later, later.long_, 0, NULL, 0);
    uint32_t function = kit_function(&later, "now", type, 0);
    kit_register(&later);
    CHECK(seam_of(&later, function) == 3);
    kit_end_test();
    CHECK(seam_of(&later, function) == 1);
    PATCH(NOW, two);
    CHECK(seam_of(&later, function) == 2);
    kit_unregister(&later);
    kit_end_test();
    CHECK(now() == 1);
}

/* A mock that only a unit describes which then leaves; its calls are described anew. */
static void check_leaving_units(void) {
    kit_start(&later, "plugin.c");
    uint32_t own =
        kit_function(&later, "own", kit_function_type(&later, later.long_, 0, NULL, 0), 0);
    uint32_t shared =
        kit_function(&later, "now", kit_function_type(&later, later.long_, 0, NULL, 0), 0);
    kit_register(&later);
    thimble_mock_at("t.c", 1, FUNCTION(&later, own, "own"));
    thimble_mock_at("t.c", 1, FUNCTION(&later, shared, "now"));
    long (*entry)(void) = (long (*)(void))later.slots[own];
    CHECK(now() == 0);
    kit_unregister(&later);
    CHECK(entry() == 0);
    CHECK(now() == 0);
    thimble_assert_has_calls_at("t.c", 1, NOW, "now, call(), call()", 2,
                                (struct thimble_expected_call[]){{0, NULL}, {0, NULL}});
    CHECK(thimble_mock_calls_at("t.c", 1, NOW)[1].count == 0);
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_with_at("t.c", 1, NOW, "now, 5",
                                                        COUNTED(VALUE(&kit, kit.int_, int, 5)))),
               "t.c:1: assert_called_with(now, 5): 1 argument, but now takes 0\n  long now(void)");
    kit_end_test();
}

static void check_values(void) {
    static int number = 5;
    static char text[8] = "abc";
    int *here = malloc(sizeof *here);
    int local = 1;
    *here = 3;
    thimble_patch_value_at("t.c", 1, &number, &(int){6}, sizeof number, "value");
    thimble_patch_value_at("t.c", 1, &number, &(int){7}, sizeof number, "value");
    thimble_patch_value_at("t.c", 1, text, "xyz\0\0\0\0", sizeof text, "value");
    thimble_patch_value_at("t.c", 1, here, &(int){4}, sizeof *here, "value");
    thimble_patch_value_at("t.c", 1, &local, &(int){2}, sizeof local, "value");
    CHECK(number == 7 && !strcmp(text, "xyz") && *here == 4 && local == 2);
    kit_end_test();
    CHECK(number == 5 && !strcmp(text, "abc") && *here == 3);
    CHECK(local == 2); /* would be a dead frame's */
    free(here);
}

/* ---- Functions that do not return ---- */

static int left_with;
static double left_real;

static void leaves(int status, double real) {
    left_with = status;
    left_real = real;
    longjmp(out, 1);
}
static void returns(int status) {
    left_with = status;
}

static void check_noreturn(void) {
    struct thimble_name f = FUNCTION(&kit, leave_function, "leave");
    PATCH(f, leaves);
    void (*slot)(int, double) = (void (*)(int, double))kit.slots[leave_function];
    if (!setjmp(out))
        slot(5, 2.5);
    CHECK(left_with == 5 && left_real == 2.5);
    PATCH(f, returns);
    slot = (void (*)(int, double))kit.slots[leave_function];
    CHECK_TEXT(
        FAILURE_OF(slot(6, 0)),
        "t.c:1: patch(leave): the replacement returned, but leave never returns and its callers "
        "count on that\n  let the replacement leave by longjmp or by ending the process");
    CHECK(left_with == 6);
    kit_end_test();
}

static char printed[128];

static void prints(int status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    left_with = status;
    printed[0] = '\0';
    for (; *format; format++) {
        struct text text = _thimble_text(printed + strlen(printed), 16);
        if (*format == 'd')
            _thimble_printf(&text, "%d,", va_arg(arguments, int));
        else
            _thimble_printf(&text, "%g,", va_arg(arguments, double));
    }
    va_end(arguments);
    longjmp(out, 1);
}

static void check_variadic_noreturn(void) {
    PATCH(FUNCTION(&kit, print_function, "fail"), prints);
    void (*slot)(int, const char *, ...) =
        (void (*)(int, const char *, ...))kit.slots[print_function];
    const char *format = "ddfdfdffdfdfdfffffdddd";
    if (!setjmp(out))
        slot(9, format, 1, 2, 1.5, 3, 2.5, 4, 3.5, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8.5, 9.5, 10.5,
             11.5, 8, 9, 10, 11);
    CHECK(left_with == 9);
    CHECK_TEXT(printed, "1,2,1.5,3,2.5,4,3.5,4.5,5,5.5,6,6.5,7,7.5,8.5,9.5,10.5,11.5,8,9,10,11,");
    kit_end_test();
}

void test_patches(void) {
    kit_start(&kit, "patches.c");
    plain_type = kit_function_type(&kit, kit.long_, 0, NULL, 0);
    now_function = kit_function(&kit, "now", plain_type, 0);
    uint32_t leave = kit_function_type(
        &kit, kit.void_, 0, MEMBERS(PARAMETER("status", kit.int_), PARAMETER("real", kit.double_)));
    leave_function = kit_function(&kit, "leave", leave, THIMBLE_NORETURN);
    uint32_t print = kit_function_type(
        &kit, kit.void_, THIMBLE_VARIADIC,
        MEMBERS(PARAMETER("status", kit.int_), PARAMETER("format", kit.const_string)));
    print_function = kit_function(&kit, "fail", print, THIMBLE_NORETURN);
    kit_register(&kit);
    check_patch();
    check_blocks();
    check_ways_out();
    check_jumps();
    check_pointers();
    check_mock_and_patch();
    check_foreign_value();
    check_later_units();
    check_leaving_units();
    check_values();
    check_noreturn();
    check_variadic_noreturn();
}
