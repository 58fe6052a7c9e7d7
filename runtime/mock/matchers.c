#include "matchers.h"

#include "../repr/closeness.h"
#include "../repr/number.h"
#include "../repr/spelling.h"
#include "convert.h"
#include "memory.h"
#include <ffi.h>
#include <regex.h>
#include <string.h>

/* ---- Order ---- */

enum order { LESS, EQUAL, GREATER, UNORDERED };

static enum order order_of(long double difference) {
    return difference < 0 ? LESS : difference > 0 ? GREATER : difference == 0 ? EQUAL : UNORDERED;
}

static enum order compare_integers(struct integer a, struct integer b) {
    if (a.negative != b.negative)
        return a.negative ? LESS : GREATER;
    if (a.magnitude == b.magnitude)
        return EQUAL;
    return (a.magnitude < b.magnitude) != a.negative ? LESS : GREATER;
}

static enum order compare_numbers(const struct quantity *a, const struct quantity *b) {
    if (a->whole && b->whole)
        return compare_integers(a->integer, b->integer);
    return a->real < b->real ? LESS : a->real > b->real ? GREATER : order_of(a->real - b->real);
}

static enum order compare_strings(const struct recorded *a, const struct recorded *b) {
    size_t least = a->length < b->length ? a->length : b->length;
    int difference = memcmp(a->bytes, b->bytes, least);
    return difference ? order_of(difference)
                      : order_of((long double)a->length - (long double)b->length);
}

static enum order compare_pointers(const struct kept_value *actual,
                                   const struct kept_value *wanted) {
    const struct thimble_type *type = _thimble_bare_type(actual->unit, actual->type);
    uintptr_t a = (uintptr_t)_thimble_kept_address(actual, actual->data);
    uintptr_t b = (uintptr_t)_thimble_kept_address(wanted, wanted->data);
    const struct recorded *one = _thimble_pointee(actual), *other = _thimble_pointee(wanted);
    if (_thimble_is_string(actual->unit, type))
        return one && other ? compare_strings(one, other) : UNORDERED;
    return a < b ? LESS : a > b ? GREATER : EQUAL;
}

/* Against the first of what was given, or against the second. */
static enum order compare(const struct kept_value *actual, const struct expected *expected,
                          int which) {
    const struct thimble_type *type = _thimble_bare_type(actual->unit, actual->type);
    struct quantity number;
    if (!expected->of_numbers)
        return compare_pointers(actual, which ? &expected->most : &expected->wanted);
    _thimble_load_quantity(actual->unit, type, actual->data, &number);
    return compare_numbers(&number, &expected->numbers[which]);
}

static bool is_between(const struct kept_value *actual, const struct expected *expected) {
    enum order least = compare(actual, expected, 0), most = compare(actual, expected, 1);
    return (least == GREATER || least == EQUAL) && (most == LESS || most == EQUAL);
}

static bool is_close(const struct kept_value *actual, const struct expected *expected) {
    const struct thimble_type *type = _thimble_bare_type(actual->unit, actual->type);
    struct quantity number;
    _thimble_load_quantity(actual->unit, type, actual->data, &number);
    struct distance distance = _thimble_measure(&number, &expected->numbers[0]);
    return _thimble_is_within(&distance, &expected->numbers[1]);
}

/* ---- Text and bytes ---- */

static bool contains(struct span text, struct span part) {
    for (size_t at = 0; at + part.length <= text.length; at++)
        if (!memcmp(text.bytes + at, part.bytes, part.length))
            return true;
    return false;
}

static bool fits_expression(struct span text, const char *expression) {
    regex_t compiled;
    char *copy = _thimble_test_alloc(text.length + 1);
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = '\0';
    if (regcomp(&compiled, expression, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool fits = regexec(&compiled, copy, 0, NULL, 0) == 0;
    regfree(&compiled);
    return fits;
}

static bool matches_text(const struct kept_value *actual, const struct expected *expected) {
    struct span text = _thimble_text_of(actual), wanted = expected->bytes;
    if (!text.bytes)
        return false;
    if (expected->kind == THIMBLE_MATCH_CONTAINS)
        return contains(text, wanted);
    if (expected->kind == THIMBLE_MATCH_MATCHES)
        return fits_expression(text, wanted.bytes);
    return text.length >= wanted.length && !memcmp(text.bytes, wanted.bytes, wanted.length);
}

static bool has_bytes(const struct kept_value *actual, struct span wanted) {
    const struct recorded *known = _thimble_pointee(actual);
    return known && known->size >= wanted.length &&
           !memcmp(known->bytes, wanted.bytes, wanted.length);
}

/* ---- What it points to ---- */

static bool points_to(const struct call *call, const struct kept_value *actual,
                      const struct expected *expected) {
    const struct recorded *known = _thimble_pointee(actual);
    const struct kept_value *given = &expected->given[0];
    uint32_t target = _thimble_bare_type(actual->unit, actual->type)->target;
    const struct thimble_type *type = expected->inner
                                          ? _thimble_bare_type(actual->unit, target)
                                          : _thimble_bare_type(given->unit, given->type);
    if (!known || type->size > known->size)
        return false;
    if (!expected->inner)
        return _thimble_equal_objects(given->unit, given->type, known->bytes, given->data);
    struct kept_value there = {actual->unit, target, (char *)(uintptr_t)known->bytes,
                               actual->recorded, actual->recorded_count};
    return _thimble_matches(call, &there, expected->inner);
}

/* ---- Predicates ---- */

static bool accepts(const struct kept_value *actual, const struct expected *expected) {
    const struct signature *signature = expected->predicate;
    const struct thimble_value value = {
        {actual->unit->object, actual->type, THIMBLE_REF_TYPE}, actual->data, NULL};
    ffi_arg returned = 0;
    struct text why = _thimble_growing_text();
    char *argument = _thimble_test_alloc(signature->parameters[0].size);
    void *arguments[] = {argument};
    if (!_thimble_convert(&value, signature->unit, signature->parameters[0].type, argument, &why))
        return false;
    ffi_call((ffi_cif *)&signature->cif, expected->function, &returned, arguments);
    return returned != 0;
}

/* ---- Anything ---- */

bool _thimble_matches(const struct call *call, const struct kept_value *actual,
                      const struct expected *expected) {
    switch (expected->kind) {
    case THIMBLE_MATCH_ANY:
        return true;
    case THIMBLE_MATCH_EQ:
        return _thimble_equal_values(call, actual, &expected->wanted, &expected->given[0]);
    case THIMBLE_MATCH_NE:
        return !_thimble_equal_values(call, actual, &expected->wanted, &expected->given[0]);
    case THIMBLE_MATCH_LT:
        return compare(actual, expected, 0) == LESS;
    case THIMBLE_MATCH_GT:
        return compare(actual, expected, 0) == GREATER;
    case THIMBLE_MATCH_BETWEEN:
        return is_between(actual, expected);
    case THIMBLE_MATCH_CLOSE:
        return is_close(actual, expected);
    case THIMBLE_MATCH_CONTAINS:
    case THIMBLE_MATCH_STARTS_WITH:
    case THIMBLE_MATCH_MATCHES:
        return matches_text(actual, expected);
    case THIMBLE_MATCH_BYTES:
        return has_bytes(actual, expected->bytes);
    case THIMBLE_MATCH_SAME:
        return _thimble_kept_address(actual, actual->data) ==
               _thimble_kept_address(&expected->wanted, expected->wanted.data);
    case THIMBLE_MATCH_POINTS_TO:
        return points_to(call, actual, expected);
    case THIMBLE_MATCH_WHERE:
        return accepts(actual, expected);
    default:
        return false;
    }
}
