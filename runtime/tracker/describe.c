#include "tracker.h"

/* Types nested deeper than this are circles. */
#define DEEPEST 16

/* ---- Types ----
 * The full spelling is repr's, which a program has not got. This one leaves out
 * parameters, and qualifiers of what is not pointed to. */

static bool binds_tighter(const struct thimble_type *type) {
    return type && (type->kind == THIMBLE_ARRAY || type->kind == THIMBLE_FUNCTION);
}

static void put_name(struct text *text, const struct unit *unit, const struct thimble_type *type) {
    const char *word = type->kind == THIMBLE_STRUCT  ? "struct "
                       : type->kind == THIMBLE_UNION ? "union "
                       : type->kind == THIMBLE_ENUM  ? "enum "
                                                     : "";
    const char *name = _thimble_string(unit, type->name);
    if (name[0] == '\0')
        name = type->kind == THIMBLE_VOID ? "void" : word[0] ? "{...}" : "?";
    _thimble_printf(text, "%s%s", word, name);
}

/* What stands in front of a declared name. */
static void put_before(struct text *text, const struct unit *unit, uint32_t index, int depth) {
    const struct thimble_type *type = depth < DEEPEST ? _thimble_type(unit, index) : NULL;
    if (!type) {
        _thimble_puts(text, "?");
        return;
    }
    const struct thimble_type *target = _thimble_type(unit, type->target);
    switch (type->kind) {
    case THIMBLE_POINTER:
        if (target && target->kind == THIMBLE_QUALIFIED && target->flags & THIMBLE_CONST)
            _thimble_puts(text, "const ");
        put_before(text, unit, type->target, depth + 1);
        if (text->length && text->data[text->length - 1] != '*')
            _thimble_puts(text, " ");
        _thimble_puts(text, binds_tighter(target) ? "(*" : "*");
        break;
    case THIMBLE_QUALIFIED:
    case THIMBLE_ARRAY:
    case THIMBLE_FUNCTION:
        put_before(text, unit, type->target, depth + 1);
        break;
    default:
        put_name(text, unit, type);
    }
}

/* What stands behind it. */
static void put_after(struct text *text, const struct unit *unit, uint32_t index, int depth) {
    const struct thimble_type *type = depth < DEEPEST ? _thimble_type(unit, index) : NULL;
    if (!type)
        return;
    bool whole = !(type->flags & (THIMBLE_INCOMPLETE | THIMBLE_VARIABLE));
    switch (type->kind) {
    case THIMBLE_POINTER:
        if (binds_tighter(_thimble_type(unit, type->target)))
            _thimble_puts(text, ")");
        break;
    case THIMBLE_ARRAY:
        if (whole)
            _thimble_printf(text, "[%llu]", (unsigned long long)type->count);
        else
            _thimble_puts(text, "[]");
        break;
    case THIMBLE_FUNCTION:
        _thimble_puts(text, "()");
        break;
    case THIMBLE_QUALIFIED:
        break;
    default:
        return;
    }
    put_after(text, unit, type->target, depth + 1);
}

/* ---- Leaks ---- */

static const char *function_name(const struct unit *unit, uint32_t function) {
    const char *name = unit ? _thimble_function_name(unit, function) : "";
    return *name ? name : "?";
}

const char *_thimble_trace_callee(const struct trace *trace) {
    return function_name(trace->unit, trace->unit ? trace->unit->sites[trace->site].callee : 0);
}

const char *_thimble_trace_function(const struct trace *trace) {
    return function_name(trace->unit, trace->unit ? trace->unit->sites[trace->site].function : 0);
}

void _thimble_put_trace_type(struct text *text, uint32_t number) {
    struct trace trace = _thimble_trace_of(number);
    uint32_t type = trace.unit ? trace.unit->sites[trace.site].type : THIMBLE_NONE;
    if (type == THIMBLE_NONE) {
        _thimble_puts(text, "?");
        return;
    }
    put_before(text, trace.unit, type, 0);
    put_after(text, trace.unit, type, 0);
}

void _thimble_describe_leak(struct text *text, const struct leak *leak) {
    struct trace trace = _thimble_trace_of(leak->trace);
    const struct unit *unit = trace.unit;
    const struct thimble_site *site = &unit->sites[trace.site];
    _thimble_printf(text, "%s:%u: %zu block%s of ", _thimble_string(unit, site->file), site->line,
                    leak->count, leak->count == 1 ? "" : "s");
    _thimble_put_trace_type(text, leak->trace);
    bool by_name = site->callee != THIMBLE_NONE;
    _thimble_printf(text, ", %zu byte%s, allocated %s%s in %s", leak->bytes,
                    leak->bytes == 1 ? "" : "s", by_name ? "by " : "through a pointer",
                    by_name ? _thimble_trace_callee(&trace) : "", _thimble_trace_function(&trace));
}
