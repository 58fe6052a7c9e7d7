/* What a mock writes to where a parameter points: the value of mock_set as bytes. */
#include "../base/peek.h"
#include "../repr/number.h"
#include "../repr/quantity.h"
#include "../repr/repr.h"
#include "../repr/spelling.h"
#include "answers.h"
#include "convert.h"
#include "memory.h"
#include <string.h>
#include <thimble/called.h>

/* The value, and what it becomes: the bytes of one set. */
struct making {
    struct set *set;
    const struct unit *unit; /* of the parameter */
    uint32_t named;          /* what that points to, as it stands */
    const struct thimble_type *type;
    const struct thimble_value *value;
    const struct unit *own; /* the value's */
    const struct thimble_type *own_type;
    struct text *why;
};

static bool keep(struct making *making, const void *bytes, size_t size) {
    void *copy = _thimble_test_alloc(size + 1);
    size_t got = _thimble_peek(copy, bytes, size);
    making->set->bytes = copy;
    making->set->size = size;
    if (got < size)
        _thimble_puts(making->why, "what is to be written cannot be read");
    return got == size;
}

/* ---- BYTES(p, n) ---- */

static const struct thimble_type *type_of(const struct thimble_value *value) {
    const struct unit *unit = _thimble_ref_unit(value->type);
    return unit ? _thimble_bare_type(unit, value->type.index) : NULL;
}

static bool make_of_matcher(struct making *making) {
    const struct thimble_matcher *matcher = making->value->data;
    const struct thimble_value *values = matcher->values;
    struct quantity count;
    const void *bytes;
    if (matcher->kind != THIMBLE_MATCH_BYTES) {
        _thimble_puts(making->why, "of the matchers only BYTES(p, n) is something to write");
        return false;
    }
    const struct thimble_type *pointer = type_of(&values[0]), *number = type_of(&values[1]);
    if (!pointer || pointer->kind != THIMBLE_POINTER || !number ||
        !_thimble_load_quantity(_thimble_ref_unit(values[1].type), number, values[1].data,
                                &count) ||
        !count.whole || count.integer.negative) {
        _thimble_puts(making->why, "BYTES takes a pointer and how many bytes there are");
        return false;
    }
    memcpy(&bytes, values[0].data, sizeof bytes);
    return keep(making, bytes, (size_t)count.integer.magnitude);
}

/* ---- Strings and arrays: all of them ---- */

static bool is_character(const struct thimble_type *type) {
    return type->kind == THIMBLE_CHAR || (type->kind == THIMBLE_INTEGER && type->size == 1);
}

static bool takes_string(const struct making *making) {
    return making->type->kind == THIMBLE_VOID || is_character(making->type);
}

static bool make_of_string(struct making *making) {
    const char *string, *end = NULL;
    char piece[512];
    size_t length = 0, got;
    memcpy(&string, making->value->data, sizeof string);
    do {
        got = _thimble_peek(piece, string + length, sizeof piece);
        end = memchr(piece, '\0', got);
        length += end ? (size_t)(end - piece) : got;
    } while (!end && got == sizeof piece);
    return keep(making, string, length + 1);
}

static uint32_t innermost(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    while (type && type->kind == THIMBLE_ARRAY) {
        index = type->target;
        type = _thimble_bare_type(unit, index);
    }
    return index;
}

static bool is_element_of(const struct thimble_type *from, const struct thimble_type *to) {
    return from && to &&
           ((is_character(from) && is_character(to)) ||
            (from->kind == to->kind && from->size == to->size));
}

static bool make_of_elements(struct making *making, const char *first) {
    uint32_t from = innermost(making->own, making->value->type.index);
    uint32_t to = innermost(making->unit, making->named);
    const struct thimble_type *from_type = _thimble_bare_type(making->own, from);
    const struct thimble_type *to_type = _thimble_bare_type(making->unit, to);
    if (!is_element_of(from_type, to_type)) {
        _thimble_puts(making->why, "the array's elements are of type ");
        _thimble_repr_type(making->why, making->own, from, "");
        _thimble_puts(making->why, ", not ");
        _thimble_repr_type(making->why, making->unit, to, "");
        return false;
    }
    size_t count = from_type->size ? making->own_type->size / from_type->size : 0;
    char *bytes = _thimble_test_alloc(count * to_type->size + 1);
    for (size_t i = 0; i < count; i++) {
        struct thimble_value element = {making->value->type, first + i * from_type->size, ""};
        element.type.kind = THIMBLE_REF_TYPE;
        element.type.index = from;
        if (!_thimble_convert(&element, making->unit, to, bytes + i * to_type->size, making->why))
            return false;
    }
    making->set->bytes = bytes;
    making->set->size = count * to_type->size;
    return true;
}

static bool make_of_array(struct making *making) {
    const char *first;
    memcpy(&first, making->value->data, sizeof first);
    if (making->type->kind == THIMBLE_POINTER) /* it is the array's address that is written */
        return keep(making, &first, sizeof first);
    if (!making->own_type->size) {
        _thimble_puts(making->why, "how long the array is cannot be known: say BYTES(p, n)");
        return false;
    }
    if (making->type->kind == THIMBLE_VOID)
        return keep(making, first, (size_t)making->own_type->size);
    return make_of_elements(making, first);
}

/* ---- Any other ---- */

static bool make_converted(struct making *making) {
    void *bytes = _thimble_test_alloc((size_t)making->type->size + 1);
    memset(bytes, 0, (size_t)making->type->size);
    making->set->bytes = bytes;
    making->set->size = (size_t)making->type->size;
    return _thimble_convert(making->value, making->unit, making->named, bytes, making->why);
}

static bool make(struct making *making) {
    const struct thimble_value *value = making->value;
    if (_thimble_value_is(value, "thimble_matcher"))
        return make_of_matcher(making);
    making->own = _thimble_ref_unit(value->type);
    making->own_type = type_of(value);
    if (!making->own_type) {
        _thimble_puts(making->why, "the value's type is not described");
        return false;
    }
    if (value->type.kind == THIMBLE_REF_ARRAY)
        return make_of_array(making);
    if (_thimble_is_string(making->own, making->own_type) && takes_string(making))
        return make_of_string(making);
    if (making->type->kind == THIMBLE_VOID)
        return keep(making, value->data, (size_t)making->own_type->size);
    return make_converted(making);
}

/* ---- The parameter ---- */

static bool is_const(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type;
    while ((type = _thimble_type(unit, index)) &&
           (type->kind == THIMBLE_TYPEDEF || type->kind == THIMBLE_QUALIFIED ||
            type->kind == THIMBLE_ARRAY)) {
        if (type->kind == THIMBLE_QUALIFIED && (type->flags & THIMBLE_CONST))
            return true;
        index = type->target;
    }
    return false;
}

static bool is_no_place(struct making *making, const struct parameter *parameter,
                        const char *reason) {
    _thimble_repr_type(making->why, making->unit, parameter->type, parameter->name);
    _thimble_puts(making->why, reason);
    return false;
}

bool _thimble_make_set(struct set *set, const struct signature *signature,
                       const struct thimble_value *value, struct text *why) {
    const struct parameter *parameter = &signature->parameters[set->parameter];
    const struct thimble_type *pointer = _thimble_bare_type(signature->unit, parameter->type);
    struct making making = {.set = set, .unit = signature->unit, .value = value, .why = why};
    if (!pointer || pointer->kind != THIMBLE_POINTER)
        return is_no_place(&making, parameter, " is no pointer");
    making.named = pointer->target;
    making.type = _thimble_bare_type(signature->unit, pointer->target);
    if (!making.type || making.type->kind == THIMBLE_FUNCTION)
        return is_no_place(&making, parameter, " points to nothing that can be written");
    if (is_const(signature->unit, pointer->target))
        return is_no_place(&making, parameter, " points to something constant");
    return make(&making);
}
