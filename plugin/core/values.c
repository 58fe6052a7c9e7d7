#include "values.h"

#include "line.h"
#include "model_data.h"
#include "same_type.h"
#include "type_text.h"
#include <string.h>

enum { LONGEST_TYPE = 256 };

enum values_rule values_rule(const char *callee) {
    static const struct {
        const char *callee;
        enum values_rule rule;
    } rules[] = {{"thimble_assert_equal_at", VALUES_COMPARABLE},
                 {"thimble_expect_equal_at", VALUES_COMPARABLE},
                 {"thimble_assert_close_at", VALUES_CLOSE},
                 {"thimble_reprf_of", VALUES_FORMATTED}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i].callee, callee) == 0)
            return rules[i].rule;
    return VALUES_ANY;
}

/* ---- Kinds of types ---- */

static bool is_integer(const struct thimble_type *type) {
    return type->kind == THIMBLE_BOOL || type->kind == THIMBLE_CHAR ||
           type->kind == THIMBLE_INTEGER || type->kind == THIMBLE_ENUM;
}

static bool is_number(const struct thimble_type *type) {
    return is_integer(type) || type->kind == THIMBLE_FLOAT || type->kind == THIMBLE_COMPLEX;
}

static bool is_pointer(const struct thimble_type *type) {
    return type->kind == THIMBLE_POINTER || type->kind == THIMBLE_ARRAY;
}

static bool points_to_void(const struct model *model, const struct thimble_type *pointer) {
    const struct thimble_type *target = model_bare_type(model, pointer->target);
    return target && target->kind == THIMBLE_VOID;
}

/* ---- assert_equal, assert_close ---- */

static bool comparable(const struct model *model, const struct thimble_type *a,
                       const struct thimble_type *b) {
    if (a == b || (is_number(a) && is_number(b)))
        return true;
    if (!is_pointer(a) || !is_pointer(b))
        return false;
    return points_to_void(model, a) || points_to_void(model, b) ||
           alike_type(model, a->target, b->target);
}

static bool check_comparable(const struct model *model, const uint32_t *types, struct line *why) {
    const struct thimble_type *a = model_bare_type(model, types[0]);
    const struct thimble_type *b = model_bare_type(model, types[1]);
    if (!a || !b || a->kind == THIMBLE_OPAQUE || b->kind == THIMBLE_OPAQUE ||
        comparable(model, a, b))
        return true;
    char one[LONGEST_TYPE], other[LONGEST_TYPE];
    type_text(model, types[0], one, sizeof one);
    type_text(model, types[1], other, sizeof other);
    line_add(why, "a '%s' and a '%s' cannot be compared", one, other);
    if ((is_pointer(a) && is_integer(b)) || (is_integer(a) && is_pointer(b)))
        line_add(why, ": compare what the pointer points to, or write NULL for a null pointer");
    return false;
}

static bool check_close(const struct model *model, const uint32_t *types, size_t count,
                        struct line *why) {
    for (size_t i = 0; i < count; i++) {
        const struct thimble_type *type = model_bare_type(model, types[i]);
        if (!type || is_number(type))
            continue;
        char text[LONGEST_TYPE];
        type_text(model, types[i], text, sizeof text);
        line_add(why, "assert_close compares numbers, not a '%s'", text);
        return false;
    }
    return true;
}

/* ---- reprf ---- */

struct conversion {
    const char *start; /* the '%' */
    int length;
    int stars; /* ints that it takes in front of its value */
    char size[3];
    char letter; /* '\0' where the format ends too early */
};

static const char *read_conversion(const char *at, struct conversion *conversion) {
    *conversion = (struct conversion){.start = at++};
    at += strspn(at, "-+ #0'");
    for (int part = 0; part < 2; part++) {
        conversion->stars += *at == '*';
        at += *at == '*' ? 1 : strspn(at, "0123456789");
        if (part || *at != '.')
            break;
        at++;
    }
    size_t size = strspn(at, "hlLjzt");
    memcpy(conversion->size, at, size < 2 ? size : 2);
    at += size;
    conversion->letter = *at;
    at += *at != '\0';
    conversion->length = (int)(at - conversion->start);
    return at;
}

/* By the name, for sizes are the target's. */
static int longs_in(const struct model *model, const struct thimble_type *type) {
    const char *name =
        type->kind == THIMBLE_INTEGER ? intern_text(&model->strings, type->name) : "";
    const char *once = strstr(name, "long");
    return !once ? 0 : strstr(once + 1, "long") ? 2 : 1;
}

static bool takes_integer(const struct model *model, const struct conversion *conversion,
                          const struct thimble_type *type) {
    if (!is_integer(type))
        return false;
    if (strchr("jzt", *conversion->size) && *conversion->size)
        return type->size >= sizeof(int32_t);
    int longs = *conversion->size == 'l' ? (int)strlen(conversion->size) : 0;
    return longs_in(model, type) == longs;
}

static bool takes_string(const struct model *model, const struct conversion *conversion,
                         const struct thimble_type *type) {
    const struct thimble_type *target =
        is_pointer(type) ? model_bare_type(model, type->target) : NULL;
    return target && (*conversion->size == 'l' ? target->size > 1 : target->size == 1);
}

/* Whether the value is what printf would take there; of %r any. */
static bool takes(const struct model *model, const struct conversion *conversion,
                  const struct thimble_type *type) {
    bool is_long = *conversion->size == 'L';
    switch (conversion->letter) {
    case 'r':
        return true;
    case 's':
        return takes_string(model, conversion, type);
    case 'p':
        return is_pointer(type);
    case 'c':
        return is_integer(type) && type->size <= sizeof(int32_t);
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
        return type->kind == THIMBLE_FLOAT && is_long == (type->size > sizeof(double));
    default:
        return takes_integer(model, conversion, type);
    }
}

static bool check_value(const struct model *model, const struct conversion *conversion,
                        uint32_t index, struct line *why) {
    const struct thimble_type *type = model_bare_type(model, index);
    if (!type || type->kind == THIMBLE_OPAQUE || takes(model, conversion, type))
        return true;
    char text[LONGEST_TYPE];
    type_text(model, index, text, sizeof text);
    line_add(why, "'%.*s' does not take a '%s'; %%r takes any value", conversion->length,
             conversion->start, text);
    return false;
}

static bool check_star(const struct model *model, uint32_t index, struct line *why) {
    const struct thimble_type *type = model_bare_type(model, index);
    if (!type || (is_integer(type) && type->size <= sizeof(int32_t)))
        return true;
    char text[LONGEST_TYPE];
    type_text(model, index, text, sizeof text);
    line_add(why, "the width or precision '*' takes an int, not a '%s'", text);
    return false;
}

static bool check_conversion(const struct model *model, const struct conversion *conversion,
                             const uint32_t *types, size_t count, size_t *used, struct line *why) {
    if (conversion->letter == '\0' || !strchr("diouxXcspfFeEgGaAr%", conversion->letter)) {
        line_add(why, "reprf does not know the conversion '%.*s'", conversion->length,
                 conversion->start);
        return false;
    }
    size_t needed = (size_t)conversion->stars + (conversion->letter != '%');
    if (needed > count - *used) {
        line_add(why, "there is no value for '%.*s'", conversion->length, conversion->start);
        return false;
    }
    for (int i = 0; i < conversion->stars; i++)
        if (!check_star(model, types[(*used)++], why))
            return false;
    return conversion->letter == '%' || check_value(model, conversion, types[(*used)++], why);
}

static bool check_format(const struct model *model, const char *format, const uint32_t *types,
                         size_t count, struct line *why) {
    size_t used = 0;
    struct conversion conversion;
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        at = read_conversion(at, &conversion);
        if (!check_conversion(model, &conversion, types, count, &used, why))
            return false;
    }
    if (used == count)
        return true;
    line_add(why, "the format has conversions for %zu value%s, not %zu", used, used == 1 ? "" : "s",
             count);
    return false;
}

bool values_fit(const struct model *model, enum values_rule rule, const char *format,
                const uint32_t *types, size_t count, char *message, size_t size) {
    struct line why = line_in(message, size);
    switch (rule) {
    case VALUES_COMPARABLE:
        return count != 2 || check_comparable(model, types, &why);
    case VALUES_CLOSE:
        return check_close(model, types, count, &why);
    case VALUES_FORMATTED:
        return !format || check_format(model, format, types, count, &why);
    default:
        return true;
    }
}
