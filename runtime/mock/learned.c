/* What a mock was called with, as the check that would pass:
 *
 *     assert_has_calls(feed,
 *                      call("Spot", 3),
 *                      call("Jojo", 2));
 */
#include "../repr/number.h"
#include "explain.h"
#include <string.h>

enum { MOST_CALLS = 32, DEEPEST = 16 };

static const char head[] = "assert_has_calls(";

/* ---- What C has a spelling for ---- */

static bool is_spelled(const struct kept_value *, int depth);

static bool is_spelled_pointer(const struct kept_value *value) {
    const char *address = _thimble_kept_address(value, value->data);
    return !address || _thimble_pointee(value) || _thimble_stream_name(address);
}

static struct kept_value inside(const struct kept_value *value, uint32_t type, uint64_t offset) {
    struct kept_value inner = *value;
    inner.type = type;
    inner.data += offset;
    return inner;
}

static bool are_members_spelled(const struct kept_value *value, const struct thimble_type *type,
                                int depth) {
    const struct thimble_member *member;
    for (uint64_t i = 0; (member = _thimble_member(value->unit, type, i)); i++) {
        struct kept_value inner = inside(value, member->type, member->offset / 8);
        if (!(member->flags & THIMBLE_BITFIELD) && !is_spelled(&inner, depth + 1))
            return false;
    }
    return true;
}

static bool are_elements_spelled(const struct kept_value *value, const struct thimble_type *type,
                                 int depth) {
    const struct thimble_type *element = _thimble_bare_type(value->unit, type->target);
    for (uint64_t i = 0; element && i < type->count; i++) {
        struct kept_value inner = inside(value, type->target, i * element->size);
        if (!is_spelled(&inner, depth + 1))
            return false;
    }
    return element;
}

/* Whether its text is the value in another run, too: no address, no name that it has not. */
static bool is_spelled(const struct kept_value *value, int depth) {
    const struct thimble_type *type = _thimble_bare_type(value->unit, value->type);
    if (!type || depth > DEEPEST)
        return false;
    switch (type->kind) {
    case THIMBLE_POINTER:
        return is_spelled_pointer(value);
    case THIMBLE_STRUCT:
        return *_thimble_string(value->unit, type->name) && are_members_spelled(value, type, depth);
    case THIMBLE_ARRAY:
        return are_elements_spelled(value, type, depth);
    case THIMBLE_UNION:
    case THIMBLE_OPAQUE:
        return false;
    default:
        return true;
    }
}

/* ---- One argument ---- */

static void put_whole(struct text *out, const struct kept_value *value) {
    _thimble_repr_recorded_whole(out, value->unit, value->type, value->data, value->recorded,
                                 value->recorded_count);
}

static void put_any(struct text *out) {
    _thimble_puts(out, "ANY");
}

static void put_string(struct text *out, const char *bytes, size_t length, bool whole) {
    _thimble_puts(out, whole ? "" : "STARTS_WITH(");
    _thimble_repr_string(out, bytes, length, SIZE_MAX);
    _thimble_puts(out, whole ? "" : ")");
}

/* What stands behind a `void *`, where that is a text. */
static bool put_text(struct text *out, const struct recorded *known) {
    enum { SHORTEST = 3 };
    const char *end = memchr(known->bytes, '\0', known->size);
    size_t length = end ? (size_t)(end - known->bytes) : 0;
    if (length < SHORTEST || !_thimble_reads_as_text(known->bytes, length))
        return false;
    put_string(out, known->bytes, length, true);
    return true;
}

static void put_pointee(struct text *out, const struct kept_value *value,
                        const struct recorded *known, uint32_t target) {
    const struct thimble_type *type = _thimble_bare_type(value->unit, target);
    struct kept_value there = *value;
    there.type = target;
    there.data = (char *)(uintptr_t)known->bytes;
    if (!type->size || type->size > known->size || !is_spelled(&there, 0)) {
        put_any(out);
        return;
    }
    _thimble_puts(out, "POINTS_TO(");
    put_whole(out, &there);
    _thimble_puts(out, ")");
}

static void put_pointer(struct text *out, const struct kept_value *value,
                        const struct thimble_type *type) {
    const struct recorded *known = _thimble_pointee(value);
    const char *prefix = _thimble_literal_prefix(value->unit, type->target);
    const struct thimble_type *target = _thimble_bare_type(value->unit, type->target);
    if (!_thimble_kept_address(value, value->data))
        _thimble_puts(out, "NULL");
    else if (!known || !target)
        put_whole(out, value); /* a stream */
    else if (prefix && !*prefix)
        put_string(out, known->bytes, known->length, known->ended);
    else if (prefix)
        put_whole(out, value);
    else if (target->kind != THIMBLE_VOID)
        put_pointee(out, value, known, type->target);
    else if (!put_text(out, known))
        put_any(out);
}

static void put_argument(struct text *out, const struct kept_value *value) {
    const struct thimble_type *type = _thimble_bare_type(value->unit, value->type);
    bool braces = type && type->kind == THIMBLE_STRUCT;
    if (!is_spelled(value, 0)) {
        put_any(out);
    } else if (type->kind == THIMBLE_POINTER) {
        put_pointer(out, value, type);
    } else {
        _thimble_puts(out, braces ? "(" : "");
        put_whole(out, value);
        _thimble_puts(out, braces ? ")" : "");
    }
}

/* ---- Calls ---- */

/* Where a call had more arguments than are known, by place: the rest is ANY then. */
static void put_call(struct text *out, const struct call *call) {
    const struct signature *signature = call->signature;
    _thimble_puts(out, "call(");
    for (size_t i = 0; i < signature->count; i++) {
        struct kept_value argument = _thimble_argument(call, i);
        _thimble_puts(out, i ? ", " : "");
        if (signature->variadic)
            _thimble_printf(out, "arg(\"%zu\", ", i + 1);
        put_argument(out, &argument);
        _thimble_puts(out, signature->variadic ? ")" : "");
    }
    _thimble_puts(out, ")");
}

void _thimble_put_learned(struct text *out, const struct mock *mock, const char *written) {
    size_t count, all = _thimble_call_count(&mock->calls);
    const struct call **calls = _thimble_calls(&mock->calls, &count);
    if (!all) {
        _thimble_printf(out, "assert_not_called(%s);", written);
        return;
    }
    if (all > MOST_CALLS)
        _thimble_printf(out, "/* %zu calls; a check takes %d, and these are the first */\n", all,
                        MOST_CALLS);
    _thimble_printf(out, "%s%s", head, written);
    for (size_t i = 0; i < count && i < MOST_CALLS; i++) {
        _thimble_printf(out, ",\n%*s", (int)sizeof head - 1, "");
        put_call(out, calls[i]);
    }
    _thimble_puts(out, ");");
}
