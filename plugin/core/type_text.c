#include "type_text.h"

#include "line.h"
#include "model_data.h"

/* A C declaration stands on both sides of its name: what a type puts there comes
 * from put_before and put_after, each level inside the one that it points to,
 * is an array of, or returns. */

enum { DEEPEST = 32 };

static const struct thimble_type *type_at(const struct model *model, uint32_t type) {
    return type == THIMBLE_NONE ? NULL : &model->types[type];
}

/* A pointer to it needs parentheses. */
static bool binds_tighter(const struct thimble_type *type) {
    return type && (type->kind == THIMBLE_ARRAY || type->kind == THIMBLE_FUNCTION);
}

static void put_space(struct line *to) {
    char last = to->length ? to->text[to->length - 1] : ' ';
    if (last != ' ' && last != '*' && last != '(')
        line_add(to, " ");
}

/* In front of brackets, which stand close behind others. */
static void put_gap(struct line *to) {
    char last = to->length ? to->text[to->length - 1] : ' ';
    if (last != ']' && last != ')')
        put_space(to);
}

static void put_qualifiers(struct line *to, uint32_t flags) {
    static const struct {
        uint32_t flag;
        const char *word;
    } words[] = {{THIMBLE_CONST, "const"},
                 {THIMBLE_VOLATILE, "volatile"},
                 {THIMBLE_RESTRICT, "restrict"},
                 {THIMBLE_ATOMIC, "_Atomic"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (flags & words[i].flag) {
            put_space(to);
            line_add(to, "%s", words[i].word);
        }
}

static void put_name(struct line *to, const struct model *model, const struct thimble_type *type) {
    const char *word = type->kind == THIMBLE_STRUCT  ? "struct "
                       : type->kind == THIMBLE_UNION ? "union "
                       : type->kind == THIMBLE_ENUM  ? "enum "
                                                     : "";
    const char *name = intern_text(&model->strings, type->name);
    if (!*name)
        name = *word ? "{...}" : type->kind == THIMBLE_VOID ? "void" : "?";
    put_space(to);
    line_add(to, "%s%s", word, name);
}

static void put_before(struct line *to, const struct model *model, uint32_t index, int depth) {
    const struct thimble_type *type = type_at(model, index);
    if (!type || depth > DEEPEST) {
        line_add(to, "?");
        return;
    }
    const struct thimble_type *target = type_at(model, type->target);
    switch (type->kind) {
    case THIMBLE_QUALIFIED:
        /* A pointer's stand behind its star. */
        if (!target || target->kind != THIMBLE_POINTER)
            put_qualifiers(to, type->flags);
        put_before(to, model, type->target, depth + 1);
        if (target && target->kind == THIMBLE_POINTER)
            put_qualifiers(to, type->flags);
        break;
    case THIMBLE_POINTER:
        put_before(to, model, type->target, depth + 1);
        put_space(to);
        line_add(to, binds_tighter(target) ? "(*" : "*");
        break;
    case THIMBLE_ARRAY:
    case THIMBLE_FUNCTION:
        put_before(to, model, type->target, depth + 1);
        break;
    default:
        put_name(to, model, type);
    }
}

static void put_both(struct line *to, const struct model *model, uint32_t type, const char *name,
                     int depth);

static void put_parameters(struct line *to, const struct model *model,
                           const struct thimble_type *function, bool named, int depth) {
    line_add(to, "(");
    for (uint32_t i = 0; i < function->count && to->length + 1 < to->size; i++) {
        if (i)
            line_add(to, ", ");
        const struct thimble_member *parameter = &model->members[function->first + i];
        put_both(to, model, parameter->type,
                 named ? intern_text(&model->strings, parameter->name) : "", depth + 1);
    }
    if (function->flags & THIMBLE_VARIADIC)
        line_add(to, function->count ? ", ..." : "...");
    else if (!function->count && !(function->flags & THIMBLE_UNPROTOTYPED))
        line_add(to, "void");
    line_add(to, ")");
}

static void put_after(struct line *to, const struct model *model, uint32_t index, int depth) {
    const struct thimble_type *type = type_at(model, index);
    if (!type || depth > DEEPEST)
        return;
    switch (type->kind) {
    case THIMBLE_QUALIFIED:
        break;
    case THIMBLE_POINTER:
        if (binds_tighter(type_at(model, type->target)))
            line_add(to, ")");
        break;
    case THIMBLE_ARRAY:
        put_gap(to);
        if (type->flags & (THIMBLE_INCOMPLETE | THIMBLE_VARIABLE))
            line_add(to, "[]");
        else
            line_add(to, "[%llu]", (unsigned long long)type->count);
        break;
    case THIMBLE_FUNCTION:
        put_gap(to);
        put_parameters(to, model, type, false, depth);
        break;
    default:
        return;
    }
    put_after(to, model, type->target, depth + 1);
}

static void put_both(struct line *to, const struct model *model, uint32_t type, const char *name,
                     int depth) {
    put_before(to, model, type, depth);
    if (*name) {
        put_space(to);
        line_add(to, "%s", name);
    }
    put_after(to, model, type, depth);
}

void type_text(const struct model *model, uint32_t type, char *out, size_t size) {
    struct line line = line_in(out, size);
    put_both(&line, model, type, "", 0);
}

void type_declaration(const struct model *model, uint32_t index, const char *name, char *out,
                      size_t size) {
    struct line line = line_in(out, size);
    const struct thimble_type *function = model_bare_type(model, index);
    put_before(&line, model, function->target, 0);
    put_space(&line);
    line_add(&line, "%s", name);
    put_parameters(&line, model, function, true, 0);
    put_after(&line, model, function->target, 0);
}
