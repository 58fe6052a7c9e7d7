/* assert_errno. */
#include <errno.h>
#include <sys/mman.h>
#include <thimble/check.h>

#include "../repr/diff.h"
#include "../repr/spelling.h"
#include "check.h"
#include "errors.h"

enum { LONGEST_TEXT = 4096, LONGEST_SPELLING = 200, LONGEST_VALUE = 160 };

/* The unit's call of it comes before the operand is evaluated. */
int thimble_errno_clear(void) {
    return errno = 0;
}

static bool is_filled(const unsigned char *bytes, size_t size, unsigned char with) {
    size_t i = 0;
    while (i < size && bytes[i] == with)
        i++;
    return size > 0 && i == size;
}

/* Whether it is -1 of its type, NULL or MAP_FAILED. */
static bool says_failed(const struct repr_object *object) {
    const struct thimble_type *type =
        object->unit ? _thimble_bare_type(object->unit, object->type) : NULL;
    if (!type || type->kind == THIMBLE_BOOL)
        return false;
    return is_filled(object->data, type->size, 0xff) ||
           (type->kind == THIMBLE_POINTER && is_filled(object->data, type->size, 0));
}

static void put_operand(struct text *what, const char *spelling, const struct repr_object *object) {
    const struct repr_style style = {.limit = LONGEST_VALUE, .depth = 1};
    _thimble_printf(what, "\n  %s = ", spelling);
    if (object->unit)
        _thimble_repr_with(what, object->unit, object->type, object->data, &style);
    else
        _thimble_puts(what, "of a type that the plugin did not describe");
}

void thimble_assert_errno_at(const char *file, int line, int expected, struct thimble_value value,
                             size_t integer_or_pointer) {
    int got = errno;
    (void)integer_or_pointer;
    char bytes[LONGEST_TEXT], spelled[LONGEST_SPELLING];
    struct repr_object object = _thimble_value_object(&value);
    bool failed = says_failed(&object);
    if (failed && got == expected)
        return;
    struct text what = _thimble_text(bytes, sizeof(bytes));
    struct text spelling = _thimble_text(spelled, sizeof(spelled));
    _thimble_put_spelling(&spelling, &value);
    _thimble_puts(&what, "assert_errno(");
    _thimble_put_error_name(&what, expected);
    _thimble_printf(&what, ", %s)", spelled);
    put_operand(&what, spelled, &object);
    if (!failed)
        _thimble_puts(&what, ", which is no failure: that is -1, NULL or MAP_FAILED");
    _thimble_puts(&what, "\n  expected errno ");
    _thimble_put_error(&what, expected);
    _thimble_puts(&what, "\n  errno is       ");
    _thimble_put_error(&what, got);
    _thimble_fail_text(file, line, &what);
}
