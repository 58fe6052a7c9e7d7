/* A declarator grows around its name: what a type says stands partly in front of
 * it ("int (*") and partly behind (")(char *)"). */
#include "number.h"
#include "repr.h"

enum { DEEPEST_TYPE = 64, LONGEST_TYPE = 2048 }; /* guards against descriptions in circles */

static void put_front(struct text *, const struct unit *, uint32_t type, int depth);
static void put_back(struct text *, const struct unit *, uint32_t type, int depth);

static void put_space(struct text *out) {
    if (out->length == 0)
        return;
    char last = out->data[out->length - 1];
    if (last != '*' && last != '(' && last != ' ')
        _thimble_puts(out, " ");
}

static void put_qualifiers(struct text *out, uint32_t flags) {
    static const struct {
        uint32_t flag;
        const char *name;
    } qualifiers[] = {{THIMBLE_CONST, "const"},
                      {THIMBLE_VOLATILE, "volatile"},
                      {THIMBLE_RESTRICT, "restrict"},
                      {THIMBLE_ATOMIC, "_Atomic"}};
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
        if (flags & qualifiers[i].flag) {
            put_space(out);
            _thimble_puts(out, qualifiers[i].name);
        }
}

static void put_name(struct text *out, const struct unit *unit, const struct thimble_type *type) {
    const char *name = _thimble_string(unit, type->name);
    const char *tag = type->kind == THIMBLE_STRUCT  ? "struct"
                      : type->kind == THIMBLE_UNION ? "union"
                      : type->kind == THIMBLE_ENUM  ? "enum"
                                                    : NULL;
    if (tag)
        _thimble_printf(out, *name ? "%s %s" : "%s {...}", tag, name);
    else if (type->kind == THIMBLE_VOID)
        _thimble_puts(out, "void");
    else if (*name)
        _thimble_puts(out, name);
    else
        _thimble_puts(out, type->kind == THIMBLE_BOOL ? "_Bool" : "(a type without a name)");
}

static bool needs_parentheses(const struct unit *unit, const struct thimble_type *pointer) {
    const struct thimble_type *target = _thimble_type(unit, pointer->target);
    return target && (target->kind == THIMBLE_ARRAY || target->kind == THIMBLE_FUNCTION);
}

static void put_pointer_front(struct text *out, const struct unit *unit,
                              const struct thimble_type *type, int depth) {
    put_front(out, unit, type->target, depth);
    put_space(out);
    _thimble_puts(out, needs_parentheses(unit, type) ? "(*" : "*");
}

static void put_qualified_front(struct text *out, const struct unit *unit,
                                const struct thimble_type *type, int depth) {
    const struct thimble_type *target = _thimble_type(unit, type->target);
    if (target && target->kind == THIMBLE_POINTER) {
        put_front(out, unit, type->target, depth);
        put_qualifiers(out, type->flags);
        return;
    }
    put_qualifiers(out, type->flags);
    put_space(out);
    put_front(out, unit, type->target, depth);
}

static void put_front(struct text *out, const struct unit *unit, uint32_t index, int depth) {
    const struct thimble_type *type = _thimble_type(unit, index);
    if (out->cut)
        return;
    if (!type || depth == 0) {
        _thimble_puts(out, "(an unknown type)");
        return;
    }
    switch (type->kind) {
    case THIMBLE_POINTER:
        put_pointer_front(out, unit, type, depth - 1);
        break;
    case THIMBLE_QUALIFIED:
        put_qualified_front(out, unit, type, depth - 1);
        break;
    case THIMBLE_ARRAY:
    case THIMBLE_FUNCTION:
        put_front(out, unit, type->target, depth - 1);
        break;
    case THIMBLE_COMPLEX: {
        put_front(out, unit, type->target, depth - 1);
        _thimble_puts(out, " _Complex");
        break;
    }
    default:
        put_name(out, unit, type);
    }
}

static void put_parameters(struct text *out, const struct unit *unit,
                           const struct thimble_type *type, int depth) {
    const struct thimble_member *parameter;
    _thimble_puts(out, "(");
    for (uint64_t i = 0; (parameter = _thimble_member(unit, type, i)); i++) {
        const char *name = _thimble_string(unit, parameter->name);
        _thimble_puts(out, i ? ", " : "");
        put_front(out, unit, parameter->type, depth);
        if (*name)
            put_space(out);
        _thimble_puts(out, name);
        put_back(out, unit, parameter->type, depth);
    }
    if (type->flags & THIMBLE_VARIADIC)
        _thimble_puts(out, type->count ? ", ..." : "...");
    else if (!type->count && !(type->flags & THIMBLE_UNPROTOTYPED))
        _thimble_puts(out, "void");
    _thimble_puts(out, ")");
}

static void put_array_back(struct text *out, const struct thimble_type *type) {
    if (type->flags & THIMBLE_VARIABLE)
        _thimble_puts(out, "[*]");
    else if (type->flags & THIMBLE_INCOMPLETE)
        _thimble_puts(out, "[]");
    else
        _thimble_printf(out, "[%llu]", (unsigned long long)type->count);
}

static void put_back(struct text *out, const struct unit *unit, uint32_t index, int depth) {
    const struct thimble_type *type = _thimble_type(unit, index);
    if (!type || depth == 0 || out->cut)
        return;
    if (type->kind == THIMBLE_POINTER && needs_parentheses(unit, type))
        _thimble_puts(out, ")");
    else if (type->kind == THIMBLE_ARRAY)
        put_array_back(out, type);
    else if (type->kind == THIMBLE_FUNCTION)
        put_parameters(out, unit, type, depth - 1);
    if (type->kind == THIMBLE_POINTER || type->kind == THIMBLE_ARRAY ||
        type->kind == THIMBLE_FUNCTION || type->kind == THIMBLE_QUALIFIED)
        put_back(out, unit, type->target, depth - 1);
}

void _thimble_repr_type(struct text *out, const struct unit *unit, uint32_t type,
                        const char *name) {
    /* Types of functions that take each other would be written out without end. */
    char bytes[LONGEST_TYPE];
    struct text declared = _thimble_text(bytes, sizeof bytes);
    put_front(&declared, unit, type, DEEPEST_TYPE);
    if (*name)
        put_space(&declared);
    _thimble_puts(&declared, name);
    put_back(&declared, unit, type, DEEPEST_TYPE);
    _thimble_put(out, declared.data, declared.length);
}
