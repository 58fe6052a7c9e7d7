#include "diff_parts.h"

#include <string.h>

#include "literal.h"
#include "own.h"
#include "quantity.h"

static const struct thimble_type double_type = {
    .kind = THIMBLE_FLOAT, .size = sizeof(double), .flags = THIMBLE_SIGNED};

struct note {
    struct text *out;
    struct comparison *comparison;
    const struct difference *difference;
    const char *const *labels;
    const char *indent;
};

static const struct repr_object *object_of(const struct note *note, int side) {
    return side ? &note->difference->b : &note->difference->a;
}

static const struct thimble_type *type_of(const struct note *note, int side) {
    const struct repr_object *object = object_of(note, side);
    return _thimble_bare_type(object->unit, object->type);
}

static void begin_line(const struct note *note) {
    _thimble_printf(note->out, "\n%s", note->indent);
}

static void put_type(const struct note *note, int side) {
    const struct repr_object *object = object_of(note, side);
    uint32_t index = object->type;
    const struct thimble_type *type;
    while ((type = _thimble_type(object->unit, index)) && type->kind == THIMBLE_QUALIFIED)
        index = type->target;
    _thimble_repr_type(note->out, object->unit, index, "");
}

static void put_value(const struct note *note, int side) {
    _thimble_diff_value(note->out, note->comparison, note->difference, side, false);
}

/* ---- Numbers ---- */

/* Whether repr shows the type's values by other means than digits. */
static bool has_names(const struct thimble_type *type) {
    return type->kind == THIMBLE_CHAR || type->kind == THIMBLE_ENUM;
}

/* RED is 1 */
static bool explain_name(const struct note *note, int side, const struct quantity *number) {
    if (!number->whole || !has_names(type_of(note, side)) || has_names(type_of(note, !side)))
        return false;
    begin_line(note);
    put_value(note, side);
    _thimble_printf(note->out, " is %s%llu", number->integer.negative ? "-" : "",
                    (unsigned long long)number->integer.magnitude);
    return true;
}

/* Whether C's conversions, which make the signed number an unsigned one, hide that they
 * differ. */
static bool equal_in_c(const struct note *note, const struct quantity numbers[2]) {
    if (!numbers[0].whole || !numbers[1].whole ||
        numbers[0].integer.negative == numbers[1].integer.negative)
        return false;
    int minus = numbers[1].integer.negative;
    size_t size = type_of(note, !minus)->size;
    magnitude sum = numbers[0].integer.magnitude + numbers[1].integer.magnitude;
    return size >= sizeof(int) && type_of(note, minus)->size <= size &&
           !_thimble_is_signed(object_of(note, !minus)->unit, type_of(note, !minus)) &&
           (size == sizeof(magnitude) ? !sum : sum == (magnitude)1 << size * 8);
}

static void explain_conversion(const struct note *note, int minus) {
    begin_line(note);
    _thimble_puts(note->out, "== would convert the ");
    put_type(note, minus);
    _thimble_puts(note->out, " to ");
    put_type(note, !minus);
    _thimble_puts(note->out, " and call them equal");
}

/* 0.1f is 0.10000000149011612 as a double */
static bool explain_precision(const struct note *note, const struct quantity numbers[2]) {
    const struct thimble_type *x = type_of(note, 0), *y = type_of(note, 1);
    if (x->kind != THIMBLE_FLOAT || y->kind != THIMBLE_FLOAT || x->size == y->size)
        return false;
    int narrow = x->size > y->size;
    double real = (double)numbers[narrow].real;
    if (type_of(note, narrow)->size != sizeof(float))
        return false;
    begin_line(note);
    put_value(note, narrow);
    _thimble_puts(note->out, " is ");
    _thimble_repr_real(note->out, &double_type, &real);
    _thimble_puts(note->out, " as a double");
    return true;
}

static void explain_distance(const struct note *note, const struct quantity numbers[2]) {
    long double distance = numbers[0].real - numbers[1].real;
    double shown = (double)(distance < 0 ? -distance : distance);
    if ((numbers[0].whole && numbers[1].whole) || numbers[0].imaginary != numbers[1].imaginary ||
        shown == 0 || _thimble_is_infinite(shown))
        return;
    begin_line(note);
    _thimble_puts(note->out, "they differ by ");
    _thimble_repr_real(note->out, &double_type, &shown);
}

static bool is_nan(const struct quantity *number) {
    return number->real != number->real || number->imaginary != number->imaginary;
}

static void explain_numbers(const struct note *note, const struct quantity numbers[2]) {
    if (is_nan(&numbers[0]) || is_nan(&numbers[1])) {
        begin_line(note);
        _thimble_puts(note->out, "NaN is equal to nothing, not even to itself");
    } else if (equal_in_c(note, numbers)) {
        explain_conversion(note, numbers[1].integer.negative);
    } else if (!explain_name(note, 0, &numbers[0]) && !explain_name(note, 1, &numbers[1]) &&
               !explain_precision(note, numbers)) {
        explain_distance(note, numbers);
    }
}

static bool load_numbers(const struct note *note, struct quantity numbers[2]) {
    for (int side = 0; side < 2; side++) {
        const struct repr_object *object = object_of(note, side);
        const struct thimble_type *type = type_of(note, side);
        const char *bytes =
            !type || !_thimble_is_quantity(object->unit, type) || type->size > WINDOW_SIZE
                ? NULL
                : _thimble_look(&note->comparison->windows[side], object->data, type->size);
        if (!bytes || !_thimble_load_quantity(object->unit, type, bytes, &numbers[side]))
            return false;
    }
    return true;
}

/* ---- Others ---- */

static bool is_null(const struct note *note, int side) {
    const void *address = NULL;
    const char *bytes = _thimble_look(&note->comparison->windows[side], object_of(note, side)->data,
                                      sizeof address);
    if (bytes)
        memcpy(&address, bytes, sizeof address);
    return !address;
}

static void explain_pointers(const struct note *note) {
    const struct thimble_type *pointer = type_of(note, 0);
    const struct thimble_type *to = _thimble_bare_type(note->difference->a.unit, pointer->target);
    if (pointer->kind != THIMBLE_POINTER || type_of(note, 1)->kind != THIMBLE_POINTER || !to)
        return;
    bool undescribed = to->flags & THIMBLE_INCOMPLETE && to->kind != THIMBLE_ARRAY;
    if ((!undescribed && to->kind != THIMBLE_VOID) || is_null(note, 0) || is_null(note, 1))
        return;
    begin_line(note);
    _thimble_puts(note->out, "only the addresses were compared");
    if (!undescribed)
        return;
    _thimble_puts(note->out, ": ");
    _thimble_repr_type(note->out, note->difference->a.unit, pointer->target, "");
    _thimble_puts(note->out, " is described in no file compiled with the plugin, or in two ways");
}

static void explain_union(const struct note *note) {
    const char *name = _thimble_string(note->difference->a.unit, type_of(note, 0)->name);
    begin_line(note);
    _thimble_puts(note->out, "unions are compared by all their bytes, unless ");
    if (*name)
        _thimble_printf(note->out, "a function equal_%s decides", name);
    else
        _thimble_puts(note->out, "the struct around them has a function equal_NAME");
}

static void explain_own(const struct note *note) {
    const struct repr_object *object = object_of(note, 0);
    const char *name = _thimble_own_function_name(object->unit, object->type, "equal_");
    begin_line(note);
    _thimble_printf(note->out, "%s says that they differ", name);
}

/* What a pointer points to; of a string the character at which the comparison ended. */
static bool is_readable(const struct note *note, int side) {
    const struct repr_object *object = object_of(note, side);
    const struct thimble_type *type = type_of(note, side);
    struct window *window = &note->comparison->windows[side];
    const char *address = object->data, *bytes;
    if (type->kind == THIMBLE_POINTER && (bytes = _thimble_look(window, address, sizeof address)))
        memcpy(&address, bytes, sizeof address);
    const struct thimble_type *element = _thimble_bare_type(object->unit, type->target);
    uint64_t skipped = note->difference->character * (element ? element->size : 0);
    return _thimble_look(window, address + skipped, 1);
}

static void explain_unreadable(const struct note *note) {
    bool first = !is_readable(note, 0), second = !is_readable(note, 1);
    bool points = type_of(note, 0)->kind == THIMBLE_POINTER;
    const char *what = first == second         ? "both"
                       : *note->labels[second] ? note->labels[second]
                                               : "the other";
    begin_line(note);
    if (points)
        _thimble_printf(note->out, "what %s point%s to can't be read", what,
                        first == second ? "" : "s");
    else
        _thimble_printf(note->out, "%s can't be read", what);
    if (note->difference->character > 0)
        _thimble_printf(note->out, " from index %llu on",
                        (unsigned long long)note->difference->character);
}

static void explain_types(const struct note *note) {
    begin_line(note);
    put_type(note, 0);
    _thimble_puts(note->out, " and ");
    put_type(note, 1);
    _thimble_puts(note->out, " can't be compared: too little is known of their formats");
}

static void explain_kind(const struct note *note) {
    switch (note->difference->kind) {
    case DIFFERENT_POINTERS:
        explain_pointers(note);
        break;
    case DIFFERENT_UNIONS:
        explain_union(note);
        break;
    case DIFFERENT_BY_OWN:
        explain_own(note);
        break;
    case UNREADABLE:
        explain_unreadable(note);
        break;
    case DIFFERENT_TYPES:
        explain_types(note);
        break;
    case ENDLESS:
        begin_line(note);
        _thimble_puts(note->out, "from here on there is more than can be compared");
        break;
    default:
        break;
    }
}

static void explain_strings(const struct note *note) {
    if (note->difference->character < 20)
        return;
    begin_line(note);
    _thimble_printf(note->out, "the first difference is at index %llu",
                    (unsigned long long)note->difference->character);
}

void _thimble_put_note(struct text *out, struct comparison *comparison,
                       const struct difference *difference, const char *const labels[2],
                       const char *indent) {
    struct note note = {out, comparison, difference, labels, indent};
    struct quantity numbers[2];
    if (difference->kind == DIFFERENT_STRINGS)
        explain_strings(&note);
    else if (difference->kind != DIFFERENT_VALUES)
        explain_kind(&note);
    else if (!difference->field_a && load_numbers(&note, numbers))
        explain_numbers(&note, numbers);
}
