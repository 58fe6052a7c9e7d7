#include "explain.h"

#include "../check/check.h"
#include "memory.h"
#include <string.h>

/* Of more calls the first and the last are shown. */
enum { MOST_SHOWN = 12, FIRST_SHOWN = 4, LAST_SHOWN = 6, MOST_TOLD = 200 };

/* Calls, and those of them that the reader is to see. */
struct listing {
    const struct mock *mock;
    const struct call **calls;
    size_t count;
    size_t marked;                   /* NO_CALL: none */
    struct expectation *expectation; /* from which the marked one differs */
    size_t before;                   /* how many in front of it are shown, too */
    bool returns;                    /* what they returned is shown, and more calls are */
};

size_t _thimble_nearest(const struct check *check, size_t expected, const bool *taken) {
    size_t nearest = NO_CALL, least = SIZE_MAX;
    for (size_t i = 0; i < check->call_count; i++) {
        if (taken && taken[i])
            continue;
        size_t count = _thimble_differs(&check->expectations[expected], check->calls[i], NULL);
        if (count > least)
            continue;
        least = count;
        nearest = i;
    }
    return nearest;
}

/* ---- Calls ---- */

/* A matcher's bytes are compared with as many of the argument's. */
static bool put_bytes(struct text *out, const struct kept_value *argument,
                      const struct expected *expected) {
    const struct recorded *known = _thimble_pointee(argument);
    if (!expected || expected->kind != THIMBLE_MATCH_BYTES || !known)
        return false;
    size_t wanted = expected->bytes.length, size = known->size < wanted ? known->size : wanted;
    _thimble_puts(out, "BYTES(");
    _thimble_repr_string(out, known->bytes, size, 64);
    _thimble_printf(out, ", %zu)", size);
    return true;
}

static void put_argument(struct text *out, const struct call *call, size_t i,
                         const struct expected *expected) {
    struct kept_value argument = _thimble_argument(call, i);
    if (put_bytes(out, &argument, expected))
        return;
    if (expected && expected->kind == THIMBLE_MATCH_SAME) {
        _thimble_put_address(out, &argument);
        return;
    }
    _thimble_repr_recorded(out, argument.unit, argument.type, argument.data, argument.recorded,
                           argument.recorded_count);
}

/* How many columns UTF-8 text takes, as far as that can be told here. */
static size_t columns(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

static void put_marks(struct text *marks, const char *line, size_t start, size_t end) {
    while (marks->length < columns(line, start))
        _thimble_puts(marks, " ");
    while (marks->length < columns(line, end))
        _thimble_puts(marks, "^");
}

void _thimble_put_returned(struct text *out, const struct mock *mock, const void *slot) {
    const struct signature *signature = mock->signature;
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ && signature->returns_integer)
        slot = (const char *)slot + sizeof(ffi_arg) - signature->returned_size;
    _thimble_repr_with(out, signature->unit, signature->returned, slot, &_thimble_repr_shallow);
}

static void put_return(struct text *out, const struct mock *mock, const struct call *call) {
    size_t size = mock->signature->returned_size;
    if (!atomic_load(&call->has_returned)) {
        _thimble_puts(out, " has not returned");
    } else if (size > 0 && size <= sizeof call->returned) {
        _thimble_puts(out, " -> ");
        _thimble_put_returned(out, mock, &call->returned);
    }
}

/* One call, and what it has to be marked with, below. */
static void put_call(struct text *out, const struct listing *listing, size_t number) {
    const struct call *call = listing->calls[number];
    const struct signature *signature = call->signature;
    const struct fitted *fitted =
        listing->expectation ? _thimble_fit(listing->expectation, signature) : NULL;
    bool marked = fitted && number == listing->marked;
    bool *differs = _thimble_test_alloc(signature->count + 1);
    struct text marks = _thimble_growing_text();
    size_t line = out->length;
    if (marked)
        _thimble_differs(listing->expectation, call, differs);
    _thimble_printf(out, "    %zu. %s(", number + 1, listing->mock->name);
    for (size_t i = 0; i < signature->count; i++) {
        size_t start = out->length + (i ? 2 : 0) - line;
        _thimble_put_name(out, signature, i, i == 0);
        put_argument(out, call, i, fitted ? &fitted->expected[i] : NULL);
        if (marked && differs[i])
            put_marks(&marks, out->data + line, start, out->length - line);
    }
    if (signature->variadic)
        _thimble_puts(out, signature->count ? ", ..." : "...");
    _thimble_puts(out, ")");
    if (listing->returns)
        put_return(out, listing->mock, call);
    if (marked && fitted->missing) /* where more arguments should be */
        put_marks(&marks, out->data + line, out->length - line - 1, out->length - line);
    if (marks.length)
        _thimble_printf(out, "\n%s", marks.data);
}

static bool is_shown(const struct listing *listing, size_t call) {
    bool near = listing->marked != NO_CALL && call <= listing->marked &&
                listing->marked - call <= listing->before;
    size_t more = listing->returns ? MOST_TOLD / 2 : 0;
    return listing->count <= MOST_SHOWN + 2 * more || call < FIRST_SHOWN + more || near ||
           call + LAST_SHOWN + more >= listing->count;
}

static void put_calls(struct text *out, const struct listing *listing) {
    size_t all = _thimble_call_count(&listing->mock->calls);
    if (!all)
        _thimble_puts(out, "\n  calls: none");
    else
        _thimble_printf(out, "\n  calls (%zu):", all);
    for (size_t i = 0; i < listing->count; i++) {
        size_t left_out = 0;
        for (; !is_shown(listing, i); i++)
            left_out++;
        if (left_out)
            _thimble_printf(out, "\n    ... %zu more ...", left_out);
        _thimble_puts(out, "\n");
        put_call(out, listing, i);
    }
    if (all > listing->count)
        _thimble_printf(out, "\n    ... %zu more, too many for their arguments to be kept",
                        all - listing->count);
}

void _thimble_put_calls(struct text *out, const struct mock *mock) {
    struct listing listing = {.mock = mock, .marked = NO_CALL, .returns = true};
    listing.calls = _thimble_calls(&mock->calls, &listing.count);
    put_calls(out, &listing);
}

/* ---- Failures ---- */

/* assert_called_with(feed, "Spot", 3) */
static struct text spelled(struct place place, const char *written) {
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "%s(%s)", place.verb, written);
    return what;
}

void _thimble_fail_check(const struct check *check, size_t marked) {
    struct text what = spelled(check->place, check->written);
    const struct listing listing = {
        check->mock, check->calls, check->call_count, marked, &check->expectations[0], 0, false};
    _thimble_puts(&what, "\n  expected  ");
    _thimble_put_expectation(&what, &check->expectations[0], check->mock->name);
    put_calls(&what, &listing);
    _thimble_fail_text(check->place.file, check->place.line, &what);
}

void _thimble_fail_several(const struct check *check, const struct several *several) {
    struct text what = spelled(check->place, check->written);
    struct expectation *from =
        several->marked == NO_CALL ? NULL : &check->expectations[several->expected];
    const struct listing listing = {
        check->mock, check->calls, check->call_count, several->marked, from, 2, false};
    _thimble_printf(&what, "\n  expected (%zu):", check->count);
    for (size_t i = 0; i < check->count; i++) {
        _thimble_printf(&what, "\n    %zu. ", i + 1);
        _thimble_put_expectation(&what, &check->expectations[i], check->mock->name);
        if (several->found && !several->found[i])
            _thimble_puts(&what, " -- there is none");
    }
    put_calls(&what, &listing);
    if (several->note)
        _thimble_printf(&what, "\n  %s", several->note);
    _thimble_fail_text(check->place.file, check->place.line, &what);
}

void _thimble_fail_misfit(const struct check *check, const struct text *why) {
    struct text what = spelled(check->place, check->written);
    const struct signature *signature = check->mock->signature;
    _thimble_printf(&what, ": %s\n  ", why->data);
    _thimble_repr_type(&what, signature->unit, signature->type, check->mock->name);
    _thimble_fail_text(check->place.file, check->place.line, &what);
}

void _thimble_fail_calls(struct place place, const struct mock *mock, const char *written,
                         const char *format, ...) {
    struct text what = spelled(place, written);
    struct listing listing = {.mock = mock, .marked = NO_CALL};
    va_list arguments;
    va_start(arguments, format);
    _thimble_puts(&what, ": ");
    _thimble_vprintf(&what, format, arguments);
    va_end(arguments);
    listing.calls = _thimble_calls(&mock->calls, &listing.count);
    put_calls(&what, &listing);
    _thimble_fail_text(place.file, place.line, &what);
}
