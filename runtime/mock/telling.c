/* Telling a mock what to do when it is called. */
#include "../base/peek.h"
#include "../check/check.h"
#include "../repr/repr.h"
#include "../repr/spelling.h"
#include "convert.h"
#include "memory.h"
#include "mocks.h"
#include "real.h"
#include <string.h>
#include <thimble/mock.h>

/* A mock that is being told something, made if there is none. */
struct telling {
    struct place place;
    struct target target;
    struct mock *mock;
    const struct signature *signature;
};

static struct telling begin(struct place place, struct thimble_name f) {
    struct telling telling = {.place = place, .target = _thimble_target(place, f)};
    telling.mock = _thimble_mock(place, &telling.target);
    telling.signature = telling.mock->signature;
    return telling;
}

static struct answer answer_of(const struct telling *telling, enum answer_kind kind) {
    return (struct answer){.kind = kind, .place = telling->place, .text = telling->target.text};
}

/* ---- Values ---- */

/* Fails with the function's prototype below. */
static void __attribute__((noreturn)) fail(const struct telling *telling, const char *why) {
    const struct signature *signature = telling->signature;
    struct text prototype = _thimble_growing_text();
    _thimble_repr_type(&prototype, signature->unit, signature->type, telling->mock->name);
    _thimble_fail_target(telling->place, telling->target.text, "%s\n  %s", why, prototype.data);
}

static void must_return(const struct telling *telling) {
    const struct signature *signature = telling->signature;
    const struct thimble_type *type = _thimble_bare_type(signature->unit, signature->returned);
    struct text why = _thimble_growing_text();
    if (telling->mock->noreturn)
        _thimble_printf(&why, "%s never returns", telling->mock->name);
    else if (!type || type->kind == THIMBLE_VOID)
        _thimble_printf(&why, "%s returns nothing", telling->mock->name);
    if (why.length)
        fail(telling, why.data);
}

/* Converts value number i of `count`, as the function would return it. */
static void convert(const struct telling *telling, const struct thimble_value *value, size_t i,
                    size_t count, char *slots) {
    const struct signature *signature = telling->signature;
    size_t size = _thimble_slot_size(signature);
    struct text why = _thimble_growing_text();
    char *converted = _thimble_test_alloc(size);
    if (count > 1)
        _thimble_printf(&why, "value %zu: ", i + 1);
    if (!_thimble_convert(value, signature->unit, signature->returned, converted, &why))
        fail(telling, why.data);
    _thimble_widen(signature, converted, slots + i * size);
}

static struct answer answer_with_values(const struct telling *telling,
                                        const struct thimble_value *values, size_t count) {
    struct answer answer = answer_of(telling, ANSWER_VALUES);
    must_return(telling);
    char *slots = _thimble_test_alloc((count + 1) * _thimble_slot_size(telling->signature));
    for (size_t i = 0; i < count; i++)
        convert(telling, &values[i], i, count, slots);
    answer.values = slots;
    answer.count = count;
    answer.next = _thimble_test_alloc(sizeof *answer.next);
    atomic_init(answer.next, 0);
    return answer;
}

static struct answer answer_with_value(const struct telling *telling,
                                       const struct thimble_value *value) {
    struct answer answer = answer_with_values(telling, value, 1);
    answer.kind = ANSWER_VALUE;
    answer.next = NULL;
    return answer;
}

void thimble_mock_return_at(const char *file, int line, struct thimble_name f,
                            struct thimble_value value) {
    struct telling telling = begin((struct place){file, line, "mock_return"}, f);
    struct answer answer = answer_with_value(&telling, &value);
    _thimble_tell(telling.mock, &answer);
}

void thimble_mock_return_each_at(const char *file, int line, struct thimble_name f, size_t count,
                                 const struct thimble_value *values) {
    struct telling telling = begin((struct place){file, line, "mock_return_each"}, f);
    struct answer answer = answer_with_values(&telling, values, count);
    _thimble_tell(telling.mock, &answer);
}

void thimble_mock_error_at(const char *file, int line, struct thimble_name f, int error,
                           struct thimble_value value) {
    enum { LARGEST_ERROR = 4095 }; /* of the kernel's */
    struct telling telling = begin((struct place){file, line, "mock_error"}, f);
    struct answer answer = answer_with_value(&telling, &value);
    if (error <= 0 || error > LARGEST_ERROR)
        _thimble_fail_target(telling.place, f.text, "%d is no error number", error);
    answer.error = error;
    _thimble_tell(telling.mock, &answer);
}

/* ---- An array's elements ---- */

static bool is_readable(const char *bytes, size_t size) {
    char piece[1024];
    for (size_t at = 0; at < size; at += sizeof piece) {
        size_t wanted = size - at < sizeof piece ? size - at : sizeof piece;
        if (_thimble_peek(piece, bytes + at, wanted) != wanted)
            return false;
    }
    return true;
}

/* An element's size, and its type in *element. */
static size_t element_size(const struct telling *telling, const struct thimble_value *array,
                           struct thimble_ref *element) {
    const struct unit *unit = _thimble_ref_unit(array->type);
    const struct thimble_type *type = unit ? _thimble_bare_type(unit, array->type.index) : NULL;
    if (!type || type->kind != THIMBLE_POINTER)
        fail(telling, "the values are to come as an array");
    *element = array->type;
    element->index = type->target;
    const struct thimble_type *target = _thimble_bare_type(unit, type->target);
    if (!target || !target->size)
        fail(telling, "the array's elements have no size");
    return (size_t)target->size;
}

void thimble_mock_return_array_at(const char *file, int line, struct thimble_name f,
                                  struct thimble_value array, size_t n) {
    struct telling telling = begin((struct place){file, line, "mock_return_array"}, f);
    const char *first;
    struct thimble_ref element;
    size_t size = element_size(&telling, &array, &element);
    memcpy(&first, array.data, sizeof first);
    if (n > SIZE_MAX / size || !is_readable(first, n * size)) {
        struct text written = _thimble_growing_text();
        _thimble_put_spelling(&written, &array);
        _thimble_fail_target(telling.place, f.text, "%zu elements cannot be read from %s", n,
                             written.data);
    }
    struct thimble_value *values = _thimble_test_alloc((n + 1) * sizeof *values);
    for (size_t i = 0; i < n; i++)
        values[i] = (struct thimble_value){element, first + i * size, array.text};
    struct answer answer = answer_with_values(&telling, values, n);
    _thimble_tell(telling.mock, &answer);
}

/* ---- What else it may do ---- */

void thimble_mock_at(const char *file, int line, struct thimble_name f) {
    begin((struct place){file, line, "mock"}, f);
}

void thimble_mock_all_at(const char *file, int line, size_t count,
                         const struct thimble_name *functions) {
    for (size_t i = 0; i < count; i++)
        begin((struct place){file, line, "mock_all"}, functions[i]);
}

void thimble_mock_effect_at(const char *file, int line, struct thimble_name f,
                            struct thimble_replacement effect) {
    struct telling telling = begin((struct place){file, line, "mock_effect"}, f);
    struct answer answer = answer_of(&telling, ANSWER_EFFECT);
    if (!effect.function)
        _thimble_fail_target(telling.place, f.text, "the effect is a null pointer");
    _thimble_must_agree(telling.place, &telling.target, effect.type, "the effect");
    answer.function = effect.function;
    answer.forwarding = _thimble_forwarding(telling.signature);
    _thimble_tell(telling.mock, &answer);
}

void thimble_mock_exit_at(const char *file, int line, struct thimble_name f, int status) {
    struct telling telling = begin((struct place){file, line, "mock_exit"}, f);
    struct answer answer = answer_of(&telling, ANSWER_EXIT);
    answer.status = status;
    _thimble_tell(telling.mock, &answer);
}

void thimble_mock_abort_at(const char *file, int line, struct thimble_name f) {
    struct telling telling = begin((struct place){file, line, "mock_abort"}, f);
    struct answer answer = answer_of(&telling, ANSWER_ABORT);
    _thimble_tell(telling.mock, &answer);
}

void thimble_mock_reset_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "mock_reset"};
    struct target target = _thimble_target(place, f);
    _thimble_calls_reset(&_thimble_existing_mock(place, &target)->calls);
}

/* ---- Spies ---- */

/* What stood in the slots first, if anything did, is what the runner has put there in the
 * function's place. */
static struct telling spy_on(struct place place, struct thimble_name f, void (*address)(void)) {
    struct target target = _thimble_target(place, f);
    void (*function)(void) = _thimble_real(place, &target, address);
    struct telling telling = begin(place, f);
    struct answer answer = answer_of(&telling, ANSWER_REAL);
    const struct replacement *replacement = &telling.mock->replacement;
    answer.function = target.identity && replacement->before
                          ? (void (*)(void))(uintptr_t)replacement->before
                          : function;
    answer.forwarding = _thimble_forwarding(telling.signature);
    _thimble_tell(telling.mock, &answer);
    return telling;
}

void thimble_mock_spy_at(const char *file, int line, struct thimble_name f, void (*address)(void)) {
    spy_on((struct place){file, line, "mock_spy"}, f, address);
}

void thimble_mock_learn_at(const char *file, int line, struct thimble_name f,
                           void (*address)(void)) {
    struct telling telling = spy_on((struct place){file, line, "mock_learn"}, f, address);
    struct mock *mock = telling.mock;
    mock->learned_at = telling.place;
    mock->learned_text = f.text;
    if (!mock->learning)
        _thimble_show_learned_at_end(mock);
    mock->learning = true;
}
