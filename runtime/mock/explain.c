#include "explain.h"

#include "../check/check.h"
#include "convert.h"
#include <string.h>

/* Of more calls the first and the last are shown. */
enum { MOST_SHOWN = 12, FIRST_SHOWN = 4, LAST_SHOWN = 6 };

/* ---- What differs ---- */

size_t _thimble_differing(const struct check *check, size_t call, bool *differs) {
    size_t count = 0;
    for (size_t i = 0; i < check->count; i++) {
        bool same =
            _thimble_matches(check->mock->signature, i, check->calls[call], &check->expected[i]);
        count += !same;
        if (differs)
            differs[i] = !same;
    }
    return count;
}

size_t _thimble_nearest(const struct check *check) {
    size_t nearest = 0, least = SIZE_MAX;
    for (size_t i = 0; i < check->call_count; i++) {
        size_t count = _thimble_differing(check, i, NULL);
        if (count > least)
            continue;
        least = count;
        nearest = i;
    }
    return nearest;
}

/* ---- Lines ---- */

/* assert_called_with(feed, "Spot", 3) */
static void put_spelling(struct text *out, const struct check *check) {
    _thimble_printf(out, "%s(%s)", check->place.verb, check->written);
}

static void put_prototype(struct text *out, const struct check *check) {
    const struct signature *signature = check->mock->signature;
    _thimble_puts(out, "\n  ");
    _thimble_repr_type(out, signature->unit, signature->type, check->mock->name);
}

static void put_argument_name(struct text *out, const struct signature *signature, size_t i) {
    const char *name = signature->parameters[i].name;
    _thimble_printf(out, "%s%s%s", i ? ", " : "", name, *name ? " = " : "");
}

static void put_expected(struct text *out, const struct check *check) {
    const struct signature *signature = check->mock->signature;
    _thimble_printf(out, "\n  expected  %s(", check->mock->name);
    for (size_t i = 0; i < check->count; i++) {
        put_argument_name(out, signature, i);
        _thimble_put_expected(out, signature, i, &check->expected[i]);
    }
    _thimble_puts(out, ")");
}

static void put_actual(struct text *out, const struct signature *signature, size_t i,
                       const struct call *call) {
    const struct parameter *parameter = &signature->parameters[i];
    struct recorded_string strings[16];
    size_t count = 0;
    for (size_t j = 0; j < signature->string_count && count < 16; j++) {
        size_t offset = call->strings[j].offset - parameter->offset;
        if (offset >= parameter->size)
            continue;
        strings[count] = call->strings[j];
        strings[count++].offset = offset;
    }
    _thimble_repr_recorded(out, signature->unit, parameter->type,
                           call->arguments + parameter->offset, strings, count);
}

/* How many columns UTF-8 text takes, as far as that can be told here. */
static size_t columns(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* One call, and what it has to be marked with, below. */
static void put_call(struct text *out, const struct check *check, size_t number, bool marked) {
    const struct signature *signature = check->mock->signature;
    const struct call *call = check->calls[number];
    struct text marks = _thimble_growing_text();
    size_t line = out->length;
    _thimble_printf(out, "    %zu. %s(", number + 1, check->mock->name);
    for (size_t i = 0; i < check->count; i++) {
        size_t start = out->length + (i ? 2 : 0);
        put_argument_name(out, signature, i);
        put_actual(out, signature, i, call);
        if (_thimble_matches(signature, i, call, &check->expected[i]))
            continue;
        while (marks.length < columns(out->data + line, start - line))
            _thimble_puts(&marks, " ");
        while (marks.length < columns(out->data + line, out->length - line))
            _thimble_puts(&marks, "^");
    }
    _thimble_puts(out, ")");
    if (marked && marks.length)
        _thimble_printf(out, "\n%s", marks.data);
}

static bool is_shown(const struct check *check, size_t call, size_t marked) {
    return check->call_count <= MOST_SHOWN || call < FIRST_SHOWN || call == marked ||
           call + LAST_SHOWN >= check->call_count;
}

static void put_calls(struct text *out, const struct check *check, size_t marked) {
    size_t all = _thimble_call_count(&check->mock->calls);
    if (!all)
        _thimble_puts(out, "\n  calls: none");
    else
        _thimble_printf(out, "\n  calls (%zu):", all);
    for (size_t i = 0; i < check->call_count; i++) {
        size_t left_out = 0;
        for (; i < check->call_count && !is_shown(check, i, marked); i++)
            left_out++;
        if (left_out)
            _thimble_printf(out, "\n    ... %zu more ...", left_out);
        _thimble_puts(out, "\n");
        put_call(out, check, i, i == marked);
    }
    if (all > check->call_count)
        _thimble_printf(out, "\n    ... %zu more, too many for their arguments to be kept",
                        all - check->call_count);
}

/* ---- Failures ---- */

void _thimble_fail_check(const struct check *check, size_t marked) {
    struct text what = _thimble_growing_text();
    put_spelling(&what, check);
    put_expected(&what, check);
    put_calls(&what, check, marked);
    _thimble_fail_text(check->place.file, check->place.line, &what);
}

void _thimble_fail_count(const struct check *check) {
    struct text what = _thimble_growing_text();
    size_t takes = check->mock->signature->count;
    put_spelling(&what, check);
    _thimble_printf(&what, ": %zu argument%s, but %s takes %zu", check->count,
                    check->count == 1 ? "" : "s", check->mock->name, takes);
    put_prototype(&what, check);
    _thimble_fail_text(check->place.file, check->place.line, &what);
}

void _thimble_fail_argument(const struct check *check, size_t i, const struct text *why) {
    struct text what = _thimble_growing_text();
    const char *name = check->mock->signature->parameters[i].name;
    put_spelling(&what, check);
    _thimble_printf(&what, ": argument %zu%s%s: %s", i + 1, *name ? ", " : "", name, why->data);
    put_prototype(&what, check);
    _thimble_fail_text(check->place.file, check->place.line, &what);
}
