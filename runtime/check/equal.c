/* assert_equal and expect_equal. */
#include <thimble/check.h>

#include "../repr/diff.h"
#include "../repr/spelling.h"
#include "check.h"

enum { LONGEST_TEXT = 8192, LONGEST_SPELLING = 80 };

static void explain(struct text *what, struct comparison *comparison, const char *verb,
                    const struct thimble_value values[2]) {
    char bytes[2][LONGEST_SPELLING];
    const char *operands[2] = {bytes[0], bytes[1]};
    for (int i = 0; i < 2; i++) {
        struct text spelling = _thimble_text(bytes[i], sizeof bytes[i]);
        _thimble_put_spelling(&spelling, &values[i]);
    }
    _thimble_printf(what, "%s(%s, %s)", verb, operands[0], operands[1]);
    if (comparison)
        _thimble_put_difference(what, comparison, operands);
    else
        _thimble_puts(what, "\n  the plugin did not describe both types");
}

/* Whether they are equal; else what has to be said about it. */
static bool equal(struct text *what, const char *verb, const struct thimble_value values[2]) {
    struct comparison comparison;
    struct repr_object a = _thimble_value_object(&values[0]);
    struct repr_object b = _thimble_value_object(&values[1]);
    if (!a.unit || !b.unit) {
        explain(what, NULL, verb, values);
        return false;
    }
    bool same = _thimble_compare(&comparison, &a, &b);
    if (!same)
        explain(what, &comparison, verb, values);
    _thimble_compare_end(&comparison);
    return same;
}

void thimble_assert_equal_at(const char *file, int line, struct thimble_value a,
                             struct thimble_value b) {
    char bytes[LONGEST_TEXT];
    struct text what = _thimble_text(bytes, sizeof bytes);
    const struct thimble_value values[2] = {a, b};
    if (!equal(&what, "assert_equal", values))
        _thimble_fail_text(file, line, &what);
}

void thimble_expect_equal_at(const char *file, int line, struct thimble_value a,
                             struct thimble_value b) {
    char bytes[LONGEST_TEXT];
    struct text what = _thimble_text(bytes, sizeof bytes);
    const struct thimble_value values[2] = {a, b};
    if (!equal(&what, "expect_equal", values))
        _thimble_expect_text(file, line, &what);
}
