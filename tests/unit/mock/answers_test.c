/* What mocks answer: never half of one thing and half of another; and what they know of calls
 * that say themselves what they pass. */
#include "kit.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

struct three {
    long a, b, c;
};

static struct kit kit, other;
static uint32_t give_function, log_function, other_log_function, call_type, other_call_type;
static uint32_t three_type;
static atomic_bool stop;
static _Atomic size_t mixed, seen;

/* ---- Telling while others call ---- */

static struct three give(long *number) {
    struct three (*slot)(long *) =
        (struct three(*)(long *))__atomic_load_n(&kit.slots[give_function], __ATOMIC_ACQUIRE);
    return slot ? slot(number) : (struct three){0, 0, 0};
}

static struct three effect(long *number) {
    return (struct three){*number - *number, 0, 0};
}

static void *calls_and_looks(void *data) {
    (void)data;
    while (!stop) {
        long number = 0;
        struct three got = give(&number);
        mixed += got.a != got.b || got.b != got.c;
        mixed += number < 0;
        seen++;
    }
    return NULL;
}

#define GIVE FUNCTION(&kit, give_function, "give")

static void tell(long i) {
    struct three value = {i, i, i};
    struct thimble_value one = {{&kit.object, three_type, THIMBLE_REF_TYPE}, &value, "value"};
    struct thimble_value number = VALUE(&kit, kit.long_, long, i);
    if (i % 5 == 0)
        thimble_mock_effect_at("t.c", 1, GIVE, REPLACEMENT((void (*)(void))effect));
    else
        thimble_mock_return_at("t.c", 1, GIVE, one);
    thimble_mock_set_at("t.c", 1, GIVE, "number", number);
    if (i % 100 == 0)
        thimble_mock_reset_at("t.c", 1, GIVE);
}

static void check_telling_meanwhile(void) {
    pthread_t threads[2];
    stop = false;
    thimble_mock_at("t.c", 1, GIVE);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, calls_and_looks, NULL);
    for (long i = 0; i < 3000; i++)
        tell(i);
    while (seen < 1000)
        continue;
    stop = true;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    CHECK(mixed == 0);
    kit_end_test();
}

/* ---- Calls that say what they pass ---- */

/* As a unit's seam would be written. */
static int log_from(struct kit *from, uint32_t function, uint32_t type, const char *format,
                    double number) {
    int (*slot)(const char *, ...) = (int (*)(const char *, ...))from->slots[function];
    if (!slot)
        return -1;
    if (type != THIMBLE_NONE)
        thimble_variadic(&from->object, type, (const void *)(uintptr_t)slot);
    return slot(format, number, 7);
}

#define LOG FUNCTION(&kit, log_function, "log")
#define LOGGED(...) thimble_assert_called_with_at("t.c", 2, LOG, "...", COUNTED(__VA_ARGS__))
#define TEXT(text) VALUE(&kit, kit.string, char *, (char[]){text})

static void check_what_is_told(void) {
    thimble_mock_return_at("t.c", 1, LOG, (struct thimble_value)VALUE(&kit, kit.int_, int, 3));
    CHECK(log_from(&kit, log_function, call_type, "told", 2.5) == 3);
    CHECK_TEXT(FAILURE_OF(LOGGED(TEXT("told"), VALUE(&kit, kit.double_, double, 2.5),
                                 VALUE(&kit, kit.int_, int, 7))),
               "");
    CHECK(log_from(&kit, log_function, THIMBLE_NONE, "untold", 2.5) == 3);
    CHECK_TEXT(FAILURE_OF(LOGGED(TEXT("untold"))), "");
    /* What was told of a call that went elsewhere is not this one's. */
    thimble_variadic(&kit.object, call_type, &kit);
    CHECK(log_from(&kit, log_function, THIMBLE_NONE, "untold", 2.5) == 3);
    CHECK_TEXT(FAILURE_OF(LOGGED(TEXT("untold"))), "");
    kit_end_test();
}

/* The calls stay when the unit leaves that made them. */
static void check_unit_that_leaves(void) {
    thimble_mock_at("t.c", 1, LOG);
    log_from(&other, other_log_function, other_call_type, "from elsewhere", 1.5);
    kit_unregister(&other);
    CHECK_TEXT(FAILURE_OF(LOGGED(TEXT("from elsewhere"))), "");
    CHECK_CONTAINS(FAILURE_OF(LOGGED(TEXT("here"))), "1. log(format = \"from elsewhere\", ...)");
    kit_end_test();
}

static void make(struct kit *unit, const char *file, uint32_t *function, uint32_t *type) {
    kit_start(unit, file);
    *function = kit_function(unit, "log",
                             kit_function_type(unit, unit->int_, THIMBLE_VARIADIC,
                                               MEMBERS(PARAMETER("format", unit->const_string))),
                             0);
    *type = kit_function_type(unit, unit->int_, 0,
                              MEMBERS(PARAMETER("format", unit->const_string),
                                      PARAMETER(NULL, unit->double_), PARAMETER(NULL, unit->int_)));
}

/* ---- Learning ---- */

static void check_learning(void) {
    long number = 5;
    thimble_mock_learn_at("t.c", 3, GIVE, (void (*)(void))effect);
    thimble_mock_learn_at("t.c", 4, GIVE, (void (*)(void))effect);
    CHECK(give(&number).a == 0);
    CHECK_TEXT(kit_said(), "");
    kit_end_test();
    CHECK_CONTAINS(kit_said(), "t.c:4: mock_learn(give): give was called 1 time; this would pass:\n"
                               "  assert_has_calls(give");
    CHECK(!strstr(kit_said(), "t.c:3"));
}

void test_answers(void) {
    make(&kit, "answers.c", &log_function, &call_type);
    three_type =
        kit_struct(&kit, "three", 24, 8, 0,
                   MEMBERS(FIELD(struct three, a, kit.long_), FIELD(struct three, b, kit.long_),
                           FIELD(struct three, c, kit.long_)));
    give_function =
        kit_function(&kit, "give",
                     kit_function_type(&kit, three_type, 0,
                                       MEMBERS(PARAMETER("number", kit_pointer(&kit, kit.long_)))),
                     0);
    kit_register(&kit);
    make(&other, "other.c", &other_log_function, &other_call_type);
    kit_register(&other);
    check_telling_meanwhile();
    check_what_is_told();
    check_unit_that_leaves();
    check_learning();
}
