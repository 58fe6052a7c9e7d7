#include "matchers.h"

#include "../base/peek.h"
#include "../repr/number.h"
#include "../repr/spelling.h"
#include "convert.h"
#include "memory.h"
#include <string.h>

enum { LONGEST_STRING = 4096 }; /* as much as a call keeps of one */

/* An argument of a call beside what was expected of it. */
struct comparison {
    const struct unit *unit;
    const struct call *call;
    size_t string_count;
};

static bool equal(const struct comparison *, uint32_t type, const char *actual,
                  const char *expected);

/* ---- Scalars ---- */

static bool equal_reals(const struct thimble_type *type, const char *actual, const char *expected) {
    long double a = _thimble_load_real(type, actual), b = _thimble_load_real(type, expected);
    return a == b || (a != a && b != b);
}

static bool equal_complex(const struct unit *unit, const struct thimble_type *type,
                          const char *actual, const char *expected) {
    const struct thimble_type *part = _thimble_bare_type(unit, type->target);
    return equal_reals(part, actual, expected) &&
           equal_reals(part, actual + part->size, expected + part->size);
}

static const struct recorded_string *recorded(const struct comparison *comparison,
                                              const char *place) {
    const struct call *call = comparison->call;
    for (size_t i = 0; i < comparison->string_count; i++)
        if (call->arguments + call->strings[i].offset == place)
            return &call->strings[i];
    return NULL;
}

/* By what the string was when the call was made; by address where that could not
 * be read then or cannot be now. */
static bool equal_strings(const struct recorded_string *string, const char *actual,
                          const char *expected) {
    char bytes[LONGEST_STRING + 1];
    int ended;
    if (!actual || !expected || !string || string->length < 0)
        return actual == expected;
    ptrdiff_t length = _thimble_peek_string(bytes, expected, sizeof bytes, &ended);
    return length == string->length && !ended == !string->ended &&
           !memcmp(bytes, string->bytes, (size_t)length);
}

static bool equal_pointers(const struct comparison *comparison, const struct thimble_type *type,
                           const char *actual, const char *expected) {
    const char *a, *b;
    memcpy(&a, actual, sizeof a);
    memcpy(&b, expected, sizeof b);
    return _thimble_is_string(comparison->unit, type)
               ? equal_strings(recorded(comparison, actual), a, b)
               : a == b;
}

/* ---- Aggregates: member by member, for padding holds anything ---- */

static bool equal_bit_fields(const struct unit *unit, const struct thimble_member *member,
                             const char *actual, const char *expected) {
    struct integer a = _thimble_load_member(unit, member, actual);
    struct integer b = _thimble_load_member(unit, member, expected);
    return a.magnitude == b.magnitude && a.negative == b.negative;
}

static bool equal_members(const struct comparison *comparison, const struct thimble_type *type,
                          const char *actual, const char *expected) {
    const struct thimble_member *member;
    for (uint64_t i = 0; (member = _thimble_member(comparison->unit, type, i)); i++) {
        size_t offset = (size_t)(member->offset / 8);
        bool same = member->flags & THIMBLE_BITFIELD
                        ? equal_bit_fields(comparison->unit, member, actual, expected)
                        : equal(comparison, member->type, actual + offset, expected + offset);
        if (!same)
            return false;
    }
    return true;
}

static bool equal_elements(const struct comparison *comparison, const struct thimble_type *type,
                           const char *actual, const char *expected) {
    const struct thimble_type *element = _thimble_bare_type(comparison->unit, type->target);
    for (size_t i = 0; element && i < type->count; i++)
        if (!equal(comparison, type->target, actual + i * element->size,
                   expected + i * element->size))
            return false;
    return true;
}

static bool equal(const struct comparison *comparison, uint32_t index, const char *actual,
                  const char *expected) {
    const struct unit *unit = comparison->unit;
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    if (!type)
        return true;
    if (_thimble_is_real(unit, type))
        return equal_reals(type, actual, expected);
    if (_thimble_is_complex(unit, type))
        return equal_complex(unit, type, actual, expected);
    if (type->kind == THIMBLE_POINTER)
        return equal_pointers(comparison, type, actual, expected);
    if (type->kind == THIMBLE_STRUCT)
        return equal_members(comparison, type, actual, expected);
    if (type->kind == THIMBLE_ARRAY)
        return equal_elements(comparison, type, actual, expected);
    return !memcmp(actual, expected, type->size);
}

/* ---- What is expected ---- */

bool _thimble_expect(const struct signature *signature, size_t i, const struct thimble_value *value,
                     struct expected *expected, struct text *why) {
    const struct parameter *parameter = &signature->parameters[i];
    *expected = (struct expected){0};
    if (_thimble_value_is(value, "thimble_matcher")) {
        expected->matcher = ((const struct thimble_matcher *)value->data)->kind;
        return true;
    }
    void *data = _thimble_test_alloc(parameter->size);
    memset(data, 0, parameter->size);
    expected->data = data;
    return _thimble_convert(value, signature->unit, parameter->type, data, why);
}

bool _thimble_matches(const struct signature *signature, size_t i, const struct call *call,
                      const struct expected *expected) {
    const struct parameter *parameter = &signature->parameters[i];
    struct comparison comparison = {signature->unit, call, signature->string_count};
    return expected->matcher == THIMBLE_MATCH_ANY ||
           equal(&comparison, parameter->type, call->arguments + parameter->offset, expected->data);
}

void _thimble_put_expected(struct text *out, const struct signature *signature, size_t i,
                           const struct expected *expected) {
    if (expected->matcher)
        _thimble_puts(out, "ANY");
    else
        _thimble_repr_with(out, signature->unit, signature->parameters[i].type, expected->data,
                           &_thimble_repr_shallow);
}
