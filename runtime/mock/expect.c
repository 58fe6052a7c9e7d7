/* Reading what a check expects, in the types that it is compared with. */
#include "../base/peek.h"
#include "../repr/number.h"
#include "../repr/spelling.h"
#include "convert.h"
#include "matchers.h"
#include "memory.h"
#include <regex.h>
#include <string.h>

/* What is being read. */
struct reading {
    const struct subject *subject;
    const struct thimble_type *type; /* bare */
    const struct thimble_value *values;
    struct expected *expected;
    struct text *why;
};

/* ---- Why not ---- */

static void put_type(const struct reading *reading) {
    _thimble_repr_type(reading->why, reading->subject->unit, reading->subject->type, "");
}

/* "BYTES takes a pointer and a count": the matcher is of no use with what stands in it. */
static bool is_misused(const struct reading *reading, const char *what) {
    _thimble_printf(reading->why, "%s takes %s", _thimble_matcher_name(reading->expected->kind),
                    what);
    return false;
}

/* "CONTAINS is for strings, and this is of type int". */
static bool is_for_others(const struct reading *reading, const char *what) {
    _thimble_printf(reading->why, "%s is for %s, and this is of type ",
                    _thimble_matcher_name(reading->expected->kind), what);
    put_type(reading);
    return false;
}

static bool is_not_kept(const struct reading *reading) {
    _thimble_printf(reading->why, "%s: what a ", _thimble_matcher_name(reading->expected->kind));
    put_type(reading);
    _thimble_puts(reading->why, " points to is not kept");
    return false;
}

/* ---- Values ---- */

/* An array stands for a pointer to its first element, as in a call, but for an array. */
static bool convert(const struct reading *reading, const struct thimble_value *value, void *to) {
    struct thimble_value plain = *value;
    memset(to, 0, (size_t)reading->type->size);
    if (value->type.kind == THIMBLE_REF_ARRAY && reading->type->kind == THIMBLE_POINTER) {
        memcpy(to, value->data, sizeof(void *));
        return true;
    }
    plain.type.kind = THIMBLE_REF_TYPE;
    plain.data = _thimble_value_object(value).data;
    return _thimble_convert(&plain, reading->subject->unit, reading->subject->type, to,
                            reading->why);
}

static bool want(const struct reading *reading, const struct thimble_value *value,
                 struct kept_value *wanted) {
    const struct subject *subject = reading->subject;
    void *data = _thimble_test_alloc((size_t)reading->type->size);
    if (!convert(reading, value, data))
        return false;
    *wanted = _thimble_keep_value(subject->unit, subject->type, data, subject->direct);
    return true;
}

static bool keep_given(const struct reading *reading, int i) {
    struct repr_object object = _thimble_value_object(&reading->values[i]);
    if (!object.unit || !_thimble_bare_type(object.unit, object.type)) {
        _thimble_puts(reading->why, "the type of what is expected is not described");
        return false;
    }
    reading->expected->given[i] = _thimble_keep_value(object.unit, object.type, object.data, true);
    return true;
}

static bool read_value(const struct reading *reading) {
    return keep_given(reading, 0) && want(reading, &reading->values[0], &reading->expected->wanted);
}

/* ---- Order ---- */

static bool is_number(const struct reading *reading) {
    return _thimble_is_quantity(reading->subject->unit, reading->type);
}

/* Not converted: LT(2.5) says something about an int. */
static bool read_number(const struct reading *reading, int i) {
    const struct kept_value *given = &reading->expected->given[i];
    return _thimble_load_quantity(given->unit, _thimble_bare_type(given->unit, given->type),
                                  given->data, &reading->expected->numbers[i]) ||
           is_misused(reading, "a number here");
}

static bool read_order(const struct reading *reading) {
    struct expected *expected = reading->expected;
    bool two = expected->kind == THIMBLE_MATCH_BETWEEN;
    expected->of_numbers = is_number(reading) && reading->type->kind != THIMBLE_COMPLEX;
    if (!expected->of_numbers && reading->type->kind != THIMBLE_POINTER)
        return is_for_others(reading, "real numbers, strings and addresses");
    if (!keep_given(reading, 0) || (two && !keep_given(reading, 1)))
        return false;
    if (expected->of_numbers)
        return read_number(reading, 0) && (!two || read_number(reading, 1));
    return want(reading, &reading->values[0], &expected->wanted) &&
           (!two || want(reading, &reading->values[1], &expected->most));
}

static bool read_close(const struct reading *reading) {
    const struct quantity *tolerance = &reading->expected->numbers[1];
    if (!is_number(reading))
        return is_for_others(reading, "numbers");
    if (!keep_given(reading, 0) || !keep_given(reading, 1) || !read_number(reading, 0) ||
        !read_number(reading, 1))
        return false;
    return (tolerance->real >= 0 && tolerance->imaginary == 0) ||
           is_misused(reading, "a tolerance of zero or more");
}

/* ---- Text ---- */

static bool check_expression(const struct reading *reading) {
    regex_t compiled;
    char message[256];
    const char *expression = reading->expected->bytes.bytes;
    int error = regcomp(&compiled, expression, REG_EXTENDED | REG_NOSUB);
    if (!error) {
        regfree(&compiled);
        return true;
    }
    regerror(error, &compiled, message, sizeof message);
    _thimble_puts(reading->why, "MATCHES(");
    _thimble_repr_string(reading->why, expression, strlen(expression), 200);
    _thimble_printf(reading->why, "): no POSIX extended regular expression: %s", message);
    return false;
}

static bool read_text(const struct reading *reading) {
    struct expected *expected = reading->expected;
    if (!_thimble_is_text(reading->subject->unit, reading->subject->type))
        return is_for_others(reading, "strings");
    if (!keep_given(reading, 0))
        return false;
    const struct kept_value *given = &expected->given[0];
    expected->bytes = _thimble_is_text(given->unit, given->type) ? _thimble_text_of(given)
                                                                 : (struct span){NULL, 0};
    if (!expected->bytes.bytes)
        return is_misused(reading, "a string");
    return expected->kind != THIMBLE_MATCH_MATCHES || check_expression(reading);
}

/* ---- Pointers ---- */

static const struct thimble_type *target_of(const struct reading *reading) {
    return reading->type->kind == THIMBLE_POINTER
               ? _thimble_bare_type(reading->subject->unit, reading->type->target)
               : NULL;
}

/* How many bytes are kept at most of what the pointer leads to. */
static size_t most_kept(const struct reading *reading) {
    const struct thimble_type *target = target_of(reading);
    size_t size = target->size > LARGEST_POINTEE ? LARGEST_POINTEE : (size_t)target->size;
    if (_thimble_literal_prefix(reading->subject->unit, reading->type->target))
        return LONGEST_STRING;
    return size > LEAST_KEPT ? size : LEAST_KEPT;
}

static bool is_more_than_kept(const struct reading *reading, size_t size) {
    if (size <= most_kept(reading))
        return false;
    _thimble_printf(reading->why, "%s: these are %zu bytes; of what a ",
                    _thimble_matcher_name(reading->expected->kind), size);
    put_type(reading);
    _thimble_printf(reading->why, " points to %zu are kept", most_kept(reading));
    return true;
}

static bool load_pointer(const struct reading *reading, int i, const char **address) {
    const struct kept_value *given = &reading->expected->given[i];
    const struct thimble_type *type = _thimble_bare_type(given->unit, given->type);
    if (type->kind != THIMBLE_POINTER)
        return false;
    *address = _thimble_kept_address(given, given->data);
    return *address != NULL;
}

static bool read_bytes(const struct reading *reading) {
    const char *address;
    struct expected *expected = reading->expected;
    if (!target_of(reading))
        return is_for_others(reading, "pointers");
    if (!_thimble_is_kept(reading->subject->unit, reading->type))
        return is_not_kept(reading);
    if (!keep_given(reading, 0) || !keep_given(reading, 1))
        return false;
    if (!load_pointer(reading, 0, &address) || !read_number(reading, 1) ||
        !expected->numbers[1].whole || expected->numbers[1].integer.negative)
        return is_misused(reading, "a pointer and a count");
    size_t size = (size_t)expected->numbers[1].integer.magnitude;
    if (is_more_than_kept(reading, size))
        return false;
    char *bytes = _thimble_test_alloc(size);
    if (_thimble_peek(bytes, address, size) < size)
        return is_misused(reading, "a pointer to as many bytes as the count says");
    expected->bytes = (struct span){bytes, size};
    return true;
}

static bool read_same(const struct reading *reading) {
    return reading->type->kind == THIMBLE_POINTER ? read_value(reading)
                                                  : is_for_others(reading, "pointers");
}

/* A value that is compared in its own type: an array with as many elements behind the pointer,
 * whatever a `void *` leads to. */
static bool read_own_type(const struct reading *reading, const struct thimble_type *target) {
    const struct kept_value *given = &reading->expected->given[0];
    const struct thimble_type *type = _thimble_bare_type(given->unit, given->type);
    const struct thimble_type *element =
        type->kind == THIMBLE_ARRAY ? _thimble_bare_type(given->unit, type->target) : type;
    if (target->kind != THIMBLE_VOID && (!element || element->size != target->size ||
                                         (element->kind != target->kind && element->size > 1))) {
        _thimble_puts(reading->why, "POINTS_TO: the array is of type ");
        _thimble_repr_type(reading->why, given->unit, given->type, "");
        _thimble_puts(reading->why, ", and this is of type ");
        put_type(reading);
        return false;
    }
    return !is_more_than_kept(reading, (size_t)type->size);
}

static bool read_points_to(const struct reading *reading) {
    const struct thimble_type *target = target_of(reading);
    bool array = reading->values[0].type.kind == THIMBLE_REF_ARRAY;
    const struct subject inner = {reading->subject->unit, reading->type->target, false};
    if (!target)
        return is_for_others(reading, "pointers");
    if (!_thimble_is_kept(reading->subject->unit, reading->type) || target->size > LARGEST_POINTEE)
        return is_not_kept(reading);
    bool is_matcher = _thimble_matcher(&reading->values[0]);
    if (!is_matcher && !keep_given(reading, 0))
        return false;
    bool decays = target->kind == THIMBLE_POINTER || target->kind == THIMBLE_ARRAY;
    if (!is_matcher && (target->kind == THIMBLE_VOID || (array && !decays)))
        return read_own_type(reading, target);
    if (target->kind == THIMBLE_VOID)
        return is_misused(reading, "a value here, for the type of what a void * points to is not "
                                   "known");
    struct expected *there = _thimble_test_alloc(sizeof *there);
    reading->expected->inner = there;
    return _thimble_expect(&inner, &reading->values[0], there, reading->why);
}

/* ---- Predicates ---- */

static bool have_one_name(const struct unit *unit, const struct thimble_type *type,
                          const struct unit *other_unit, const struct thimble_type *other) {
    return type->kind == other->kind && type->size == other->size &&
           !strcmp(_thimble_string(unit, type->name), _thimble_string(other_unit, other->name));
}

bool _thimble_are_alike(const struct unit *unit, uint32_t index, const struct unit *other_unit,
                        uint32_t other_index) {
    const struct thimble_type *a = _thimble_bare_type(unit, index);
    const struct thimble_type *b = _thimble_bare_type(other_unit, other_index);
    if (!a || !b || a->kind != THIMBLE_POINTER || b->kind != THIMBLE_POINTER)
        return a && b && have_one_name(unit, a, other_unit, b);
    const struct thimble_type *to = _thimble_bare_type(unit, a->target);
    const struct thimble_type *other_to = _thimble_bare_type(other_unit, b->target);
    return to && other_to &&
           (to->kind == THIMBLE_VOID || other_to->kind == THIMBLE_VOID ||
            (to->kind == other_to->kind && !strcmp(_thimble_string(unit, to->name),
                                                   _thimble_string(other_unit, other_to->name))));
}

static bool is_like(const struct reading *reading, const struct signature *predicate) {
    const struct parameter *parameter = &predicate->parameters[0];
    const struct thimble_type *type = _thimble_bare_type(predicate->unit, parameter->type);
    if (_thimble_is_quantity(predicate->unit, type))
        return is_number(reading);
    return _thimble_are_alike(predicate->unit, parameter->type, reading->subject->unit,
                              reading->subject->type);
}

/* The function's type, where the value is one. */
static const struct signature *predicate_of(const struct reading *reading) {
    const struct kept_value *given = &reading->expected->given[0];
    const struct thimble_type *pointer = _thimble_bare_type(given->unit, given->type);
    const struct thimble_type *function =
        pointer->kind == THIMBLE_POINTER ? _thimble_bare_type(given->unit, pointer->target) : NULL;
    struct text unsaid = _thimble_growing_text();
    if (!function || function->kind != THIMBLE_FUNCTION || function->count != 1)
        return NULL;
    return _thimble_signature(given->unit, pointer->target, &unsaid);
}

static bool read_where(const struct reading *reading) {
    struct expected *expected = reading->expected;
    if (!keep_given(reading, 0))
        return false;
    memcpy(&expected->function, expected->given[0].data, sizeof expected->function);
    expected->predicate = predicate_of(reading);
    if (!expected->predicate || !expected->function || !expected->predicate->returns_integer)
        return is_misused(reading, "a function of one parameter that returns whether it is right");
    if (is_like(reading, expected->predicate))
        return true;
    _thimble_puts(reading->why, "WHERE: the function takes ");
    _thimble_repr_type(reading->why, expected->predicate->unit,
                       expected->predicate->parameters[0].type, "");
    _thimble_puts(reading->why, ", and this is of type ");
    put_type(reading);
    return false;
}

/* ---- Anything ---- */

const struct thimble_matcher *_thimble_matcher(const struct thimble_value *value) {
    return _thimble_value_is(value, "thimble_matcher") ? value->data : NULL;
}

/* Matchers in others are of use only where they are about something else than these. */
static bool holds_matcher(const struct thimble_matcher *matcher) {
    for (size_t i = 0; i < matcher->count; i++)
        if (_thimble_matcher(&matcher->values[i]))
            return true;
    return false;
}

static bool read_matcher(const struct reading *reading, const struct thimble_matcher *matcher) {
    static bool (*const readers[])(const struct reading *) = {
        [THIMBLE_MATCH_EQ] = read_value,      [THIMBLE_MATCH_NE] = read_value,
        [THIMBLE_MATCH_LT] = read_order,      [THIMBLE_MATCH_GT] = read_order,
        [THIMBLE_MATCH_BETWEEN] = read_order, [THIMBLE_MATCH_CLOSE] = read_close,
        [THIMBLE_MATCH_CONTAINS] = read_text, [THIMBLE_MATCH_STARTS_WITH] = read_text,
        [THIMBLE_MATCH_MATCHES] = read_text,  [THIMBLE_MATCH_BYTES] = read_bytes,
        [THIMBLE_MATCH_SAME] = read_same,     [THIMBLE_MATCH_POINTS_TO] = read_points_to,
        [THIMBLE_MATCH_WHERE] = read_where,
    };
    int kind = matcher->kind;
    if (kind == THIMBLE_MATCH_ANY)
        return true;
    if (kind == THIMBLE_MATCH_ARG) {
        _thimble_puts(reading->why, "arg stands for an argument and in no other matcher");
        return false;
    }
    if (kind != THIMBLE_MATCH_POINTS_TO && holds_matcher(matcher))
        return is_misused(reading, "values, no matchers");
    return readers[kind](reading);
}

bool _thimble_expect(const struct subject *subject, const struct thimble_value *value,
                     struct expected *expected, struct text *why) {
    const struct thimble_matcher *matcher = _thimble_matcher(value);
    struct reading reading = {.subject = subject,
                              .type = _thimble_bare_type(subject->unit, subject->type),
                              .values = matcher ? matcher->values : value,
                              .expected = expected,
                              .why = why};
    *expected =
        (struct expected){.kind = matcher ? matcher->kind : THIMBLE_MATCH_EQ, .bare = !matcher};
    return matcher ? read_matcher(&reading, matcher) : read_value(&reading);
}
