/* What a check expects, for people. */
#include "matchers.h"

static const char *const names[] = {
    [THIMBLE_MATCH_ANY] = "ANY",
    [THIMBLE_MATCH_EQ] = "EQ",
    [THIMBLE_MATCH_NE] = "NE",
    [THIMBLE_MATCH_LT] = "LT",
    [THIMBLE_MATCH_GT] = "GT",
    [THIMBLE_MATCH_BETWEEN] = "BETWEEN",
    [THIMBLE_MATCH_CLOSE] = "CLOSE",
    [THIMBLE_MATCH_CONTAINS] = "CONTAINS",
    [THIMBLE_MATCH_STARTS_WITH] = "STARTS_WITH",
    [THIMBLE_MATCH_MATCHES] = "MATCHES",
    [THIMBLE_MATCH_BYTES] = "BYTES",
    [THIMBLE_MATCH_SAME] = "SAME",
    [THIMBLE_MATCH_POINTS_TO] = "POINTS_TO",
    [THIMBLE_MATCH_WHERE] = "WHERE",
    [THIMBLE_MATCH_ARG] = "arg",
};

const char *_thimble_matcher_name(int kind) {
    return names[kind];
}

static void put_kept(struct text *out, const struct kept_value *kept) {
    _thimble_repr_recorded(out, kept->unit, kept->type, kept->data, kept->recorded,
                           kept->recorded_count);
}

void _thimble_put_address(struct text *out, const struct kept_value *pointer) {
    const struct thimble_type *type = _thimble_bare_type(pointer->unit, pointer->type);
    const struct thimble_type *target = _thimble_bare_type(pointer->unit, type->target);
    const char *address = _thimble_kept_address(pointer, pointer->data);
    if (!address || (target && target->kind == THIMBLE_FUNCTION)) {
        put_kept(out, pointer);
        return;
    }
    _thimble_puts(out, "(");
    _thimble_repr_type(out, pointer->unit, pointer->type, "");
    _thimble_printf(out, ")%p", (const void *)address);
}

static void put_parenthesized(struct text *out, const struct expected *expected) {
    const struct kept_value *given = expected->given;
    switch (expected->kind) {
    case THIMBLE_MATCH_EQ:
    case THIMBLE_MATCH_NE:
        put_kept(out, &expected->wanted);
        return;
    case THIMBLE_MATCH_BYTES:
        _thimble_repr_string(out, expected->bytes.bytes, expected->bytes.length, 64);
        _thimble_printf(out, ", %zu", expected->bytes.length);
        return;
    case THIMBLE_MATCH_POINTS_TO:
        if (expected->inner)
            _thimble_put_expected(out, expected->inner);
        else
            put_kept(out, &given[0]);
        return;
    case THIMBLE_MATCH_SAME:
        _thimble_put_address(out, &expected->wanted);
        return;
    case THIMBLE_MATCH_BETWEEN:
    case THIMBLE_MATCH_CLOSE:
        put_kept(out, &given[0]);
        _thimble_puts(out, ", ");
        put_kept(out, &given[1]);
        return;
    default:
        put_kept(out, &given[0]);
    }
}

void _thimble_put_expected(struct text *out, const struct expected *expected) {
    if (expected->bare) {
        put_kept(out, &expected->wanted);
    } else if (expected->kind == THIMBLE_MATCH_ANY) {
        _thimble_puts(out, "ANY");
    } else {
        _thimble_printf(out, "%s(", _thimble_matcher_name(expected->kind));
        put_parenthesized(out, expected);
        _thimble_puts(out, ")");
    }
}
