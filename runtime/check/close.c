/* assert_close. */
#include <thimble/check.h>

#include "../repr/closeness.h"
#include "../repr/diff.h"
#include "../repr/literal.h"
#include "../repr/spelling.h"
#include "check.h"

enum { LONGEST_SPELLING = 80, LONGEST_VALUE = 160 };

/* ---- Saying it ---- */

static const struct thimble_type reals[] = {
    {.kind = THIMBLE_FLOAT, .size = sizeof(double), .flags = THIMBLE_SIGNED},
    {.kind = THIMBLE_FLOAT, .size = sizeof(long double), .flags = THIMBLE_SIGNED}};

/* With as many digits as it takes to see that it is too much. */
static void put_distance(struct text *what, const struct distance *distance,
                         const struct quantity *tolerance) {
    double shown = (double)distance->real;
    if (distance->exact && distance->whole <= UINT64_MAX)
        _thimble_printf(what, "%llu", (unsigned long long)distance->whole);
    else if (shown > tolerance->real)
        _thimble_repr_real(what, &reals[0], &shown);
    else
        _thimble_repr_real(what, &reals[1], &distance->real);
}

static void put_repr(struct text *out, const struct thimble_value *value) {
    const struct repr_style style = {.limit = LONGEST_VALUE};
    struct repr_object object = _thimble_value_object(value);
    if (object.unit)
        _thimble_repr_with(out, object.unit, object.type, object.data, &style);
}

/* The call as written, and what is not spelled out there. */
static void put_values(struct text *what, const struct thimble_value values[3]) {
    char spellings[3][LONGEST_SPELLING], reprs[3][LONGEST_VALUE];
    const char *labels[3] = {spellings[0], spellings[1], spellings[2]};
    const char *shown[3] = {reprs[0], reprs[1], reprs[2]};
    for (int i = 0; i < 3; i++) {
        struct text spelling = _thimble_text(spellings[i], sizeof spellings[i]);
        struct text repr = _thimble_text(reprs[i], sizeof reprs[i]);
        _thimble_put_spelling(&spelling, &values[i]);
        put_repr(&repr, &values[i]);
    }
    _thimble_printf(what, "assert_close(%s, %s, %s)", labels[0], labels[1], labels[2]);
    _thimble_put_labelled(what, 3, labels, shown);
}

static void explain_distance(struct text *what, const struct distance *distance,
                             const struct quantity *tolerance) {
    if (distance->real != distance->real) {
        _thimble_puts(what, "\n  NaN is close to nothing, not even to itself");
        return;
    }
    _thimble_puts(what, "\n  they differ by ");
    put_distance(what, distance, tolerance);
    _thimble_puts(what, ", which is more than the tolerance");
}

static bool is_tolerance(const struct quantity *tolerance) {
    return tolerance->real >= 0 && tolerance->imaginary == 0;
}

/* False where a value is no number that can be read. */
static bool load(const struct thimble_value *value, struct quantity *quantity) {
    struct repr_object object = _thimble_value_object(value);
    const struct thimble_type *type =
        object.unit ? _thimble_bare_type(object.unit, object.type) : NULL;
    return type && _thimble_load_quantity(object.unit, type, object.data, quantity);
}

static void explain_format(struct text *what, const struct thimble_value *value) {
    struct repr_object object = _thimble_value_object(value);
    _thimble_puts(what, "\n  ");
    _thimble_put_spelling(what, value);
    _thimble_puts(what, " is of a type whose format is not known");
    if (!object.unit)
        return;
    _thimble_puts(what, ": ");
    _thimble_repr_type(what, object.unit, object.type, "");
}

void thimble_assert_close_at(const char *file, int line, struct thimble_value a,
                             struct thimble_value b, struct thimble_value tolerance) {
    const struct thimble_value values[3] = {a, b, tolerance};
    struct quantity numbers[3];
    char bytes[1024];
    struct text what = _thimble_text(bytes, sizeof bytes);
    int loaded = 0;
    while (loaded < 3 && load(&values[loaded], &numbers[loaded]))
        loaded++;
    struct distance distance = {0};
    if (loaded == 3)
        distance = _thimble_measure(&numbers[0], &numbers[1]);
    if (loaded == 3 && is_tolerance(&numbers[2]) && _thimble_is_within(&distance, &numbers[2]))
        return;
    put_values(&what, values);
    if (loaded < 3)
        explain_format(&what, &values[loaded]);
    else if (!is_tolerance(&numbers[2]))
        _thimble_puts(&what, "\n  a tolerance is a real number, zero or more");
    else
        explain_distance(&what, &distance, &numbers[2]);
    _thimble_fail_text(file, line, &what);
}
