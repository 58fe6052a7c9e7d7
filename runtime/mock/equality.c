/* Whether an argument is the value that was expected. Both are copies: see keep.h. */
#include "../repr/equal.h"
#include "../repr/number.h"
#include "matchers.h"
#include <string.h>

static const struct thimble_type *pointer_type(const struct kept_value *value) {
    const struct thimble_type *type = _thimble_bare_type(value->unit, value->type);
    return type && type->kind == THIMBLE_POINTER ? type : NULL;
}

const struct recorded *_thimble_pointee(const struct kept_value *value) {
    const struct recorded *known =
        pointer_type(value)
            ? _thimble_recorded_at(value->recorded, value->recorded_count, value->data)
            : NULL;
    return known && known->bytes ? known : NULL;
}

/* ---- Text ---- */

static bool is_byte(const struct thimble_type *type) {
    return type->kind == THIMBLE_CHAR || type->kind == THIMBLE_VOID ||
           (type->kind == THIMBLE_INTEGER && type->size == 1);
}

bool _thimble_is_text(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    const struct thimble_type *target =
        type && (type->kind == THIMBLE_POINTER || type->kind == THIMBLE_ARRAY)
            ? _thimble_bare_type(unit, type->target)
            : NULL;
    return target && is_byte(target);
}

struct span _thimble_text_of(const struct kept_value *value) {
    const struct thimble_type *type = _thimble_bare_type(value->unit, value->type);
    const struct recorded *known = _thimble_pointee(value);
    const char *bytes = known ? known->bytes : type->kind == THIMBLE_ARRAY ? value->data : NULL;
    size_t size = known ? known->size : (size_t)type->size;
    const char *end = bytes ? memchr(bytes, '\0', size) : NULL;
    return (struct span){bytes, end ? (size_t)(end - bytes) : size};
}

/* ---- Bytes beside a string ---- */

/* Whether another argument says that there are that many. */
static bool is_told(const struct call *call, size_t length) {
    const struct signature *signature = call->signature;
    for (size_t i = 0; i < signature->count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        const struct thimble_type *type = _thimble_bare_type(signature->unit, parameter->type);
        if (!type || type->kind != THIMBLE_INTEGER)
            continue;
        struct integer value =
            _thimble_load_integer(signature->unit, type, call->arguments + parameter->offset);
        if (!value.negative && value.magnitude == length)
            return true;
    }
    return false;
}

/* What a `void *` leads to need not end where the string does, if the function was told how
 * long it is. */
static bool begins_with_string(const struct call *call, const struct recorded *bytes,
                               const struct recorded *string) {
    size_t length = string->length, most = length < bytes->size ? length : bytes->size;
    if (memcmp(bytes->bytes, string->bytes, most) != 0)
        return false;
    if (length < bytes->size && !bytes->bytes[length])
        return true;
    return is_told(call, length) && (length <= bytes->size || bytes->size == LEAST_KEPT);
}

/* ---- Pointers ---- */

static bool equal_strings(const struct recorded *a, const struct recorded *b) {
    return a->length == b->length && a->ended == b->ended && !memcmp(a->bytes, b->bytes, a->length);
}

bool _thimble_equal_objects(const struct unit *unit, uint32_t type, const void *a, const void *b) {
    struct comparison comparison;
    struct repr_object one = {unit, type, a}, other = {unit, type, b};
    bool equal = _thimble_compare(&comparison, &one, &other);
    _thimble_compare_end(&comparison);
    return equal;
}

/* What a pointer of that type leads to, if all of it was kept on both sides. */
static bool equal_pointees(const struct unit *unit, uint32_t target, const struct recorded *a,
                           const struct recorded *b) {
    const struct thimble_type *type = _thimble_bare_type(unit, target);
    return type && type->size && type->size <= a->size && type->size <= b->size &&
           _thimble_equal_objects(unit, target, a->bytes, b->bytes);
}

static bool equal_bytes(const struct call *call, const struct recorded *a,
                        const struct kept_value *given, const struct thimble_type *target) {
    const struct thimble_type *type = pointer_type(given);
    const struct recorded *b = _thimble_pointee(given);
    if (!type || !b)
        return false;
    if (_thimble_is_string(given->unit, type))
        return begins_with_string(call, a, b);
    return target->kind == THIMBLE_VOID && equal_pointees(given->unit, type->target, a, b);
}

static bool equal_pointers(const struct call *call, const struct kept_value *actual,
                           const struct kept_value *wanted, const struct kept_value *given) {
    const struct thimble_type *type = pointer_type(actual);
    const struct thimble_type *target = _thimble_bare_type(actual->unit, type->target);
    const struct recorded *a = _thimble_pointee(actual), *b = _thimble_pointee(wanted);
    bool string = target && _thimble_literal_prefix(actual->unit, type->target);
    bool same =
        _thimble_kept_address(actual, actual->data) == _thimble_kept_address(wanted, wanted->data);
    if (string && a && b)
        return equal_strings(a, b);
    if (same || !a || !target)
        return same;
    bool is_string =
        given && pointer_type(given) && _thimble_is_string(given->unit, pointer_type(given));
    if (given && is_byte(target) && (is_string || target->kind == THIMBLE_VOID))
        return equal_bytes(call, a, given, target);
    return b && equal_pointees(actual->unit, type->target, a, b);
}

/* ---- Anything ---- */

bool _thimble_equal_values(const struct call *call, const struct kept_value *actual,
                           const struct kept_value *wanted, const struct kept_value *given) {
    const struct thimble_type *type = _thimble_bare_type(actual->unit, actual->type);
    if (!type)
        return true;
    if (type->kind == THIMBLE_POINTER)
        return equal_pointers(call, actual, wanted, given);
    if (_thimble_is_real(actual->unit, type)) {
        long double a = _thimble_load_real(type, actual->data);
        long double b = _thimble_load_real(type, wanted->data);
        return a == b || (a != a && b != b); /* who expects NaN can say so in no other way */
    }
    return _thimble_equal_objects(actual->unit, actual->type, actual->data, wanted->data);
}
