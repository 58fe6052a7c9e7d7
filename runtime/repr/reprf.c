/* reprf: printf whose arguments know their types. A format that is a literal was checked
 * by the plugin, which reads one as it is read here. */
#include <thimble/repr.h>

#include "../check/check.h"
#include "number.h"
#include "public.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

struct reprf {
    const char *file;
    int line;
    const char *format;
    const struct thimble_value *values;
    size_t count, used;
    struct text *out;
};

struct conversion {
    const char *start; /* the '%' */
    int length;
    char flags[8];
    int width, precision; /* -1: none */
    bool star_width, star_precision;
    char size[3];
    char letter;
};

#define FAIL(reprf, ...) _thimble_fail((reprf)->file, (reprf)->line, "reprf: " __VA_ARGS__)

/* ---- Reading the format ---- */

static int read_number(const char **at) {
    int number = 0;
    for (; **at >= '0' && **at <= '9'; ++*at)
        number = number > (INT_MAX - 9) / 10 ? number : number * 10 + (**at - '0');
    return number;
}

static void read_extents(const char **at, struct conversion *conversion) {
    conversion->width = conversion->precision = -1;
    conversion->star_width = **at == '*';
    if (conversion->star_width)
        ++*at;
    else if (**at >= '1' && **at <= '9')
        conversion->width = read_number(at);
    if (**at != '.')
        return;
    ++*at;
    conversion->star_precision = **at == '*';
    if (conversion->star_precision)
        ++*at;
    else
        conversion->precision = read_number(at);
}

static const char *read_conversion(const char *at, struct conversion *conversion) {
    *conversion = (struct conversion){.start = at++};
    size_t flags = strspn(at, "-+ #0'");
    memcpy(conversion->flags, at, flags < 7 ? flags : 7);
    at += flags;
    read_extents(&at, conversion);
    size_t size = strspn(at, "hlLjzt");
    memcpy(conversion->size, at, size < 2 ? size : 2);
    at += size;
    conversion->letter = *at;
    at += *at != '\0';
    conversion->length = (int)(at - conversion->start);
    return at;
}

/* ---- Values ---- */

struct argument {
    const struct thimble_value *value;
    const struct unit *unit;
    uint32_t named;
    const struct thimble_type *type; /* bare */
    const void *data;                /* of an array: of the pointer to it */
};

static struct argument next_argument(struct reprf *reprf, const struct conversion *conversion) {
    if (reprf->used == reprf->count)
        FAIL(reprf, "there is no value for '%.*s'", conversion->length, conversion->start);
    const struct thimble_value *value = &reprf->values[reprf->used++];
    struct repr_object object = _thimble_value_object(value);
    struct argument argument = {
        .value = value, .unit = object.unit, .named = object.type, .data = value->data};
    argument.type = object.unit ? _thimble_bare_type(object.unit, object.type) : NULL;
    return argument;
}

static void __attribute__((noreturn))
refuse(struct reprf *reprf, const struct conversion *conversion, const struct argument *argument) {
    struct text type = _thimble_growing_text();
    if (argument->unit)
        _thimble_repr_type(&type, argument->unit, argument->named, "");
    FAIL(reprf, "'%.*s' does not take a '%s'; %%r takes any value", conversion->length,
         conversion->start, type.data);
}

static bool is_integer(const struct argument *argument) {
    return argument->type && _thimble_is_integer(argument->type);
}

static int take_star(struct reprf *reprf, const struct conversion *conversion) {
    struct argument argument = next_argument(reprf, conversion);
    if (!is_integer(&argument) || argument.type->size > sizeof(int))
        refuse(reprf, conversion, &argument);
    struct integer value = _thimble_load_integer(argument.unit, argument.type, argument.data);
    return value.negative ? (int)-(int64_t)value.magnitude : (int)value.magnitude;
}

/* The format of this one conversion, with another size. Longer numbers in it are cut. */
static const char *specify(char buffer[64], const struct conversion *conversion, const char *size) {
    struct text text = _thimble_text(buffer, 64);
    _thimble_printf(&text, "%%%s", conversion->flags);
    if (conversion->width >= 0)
        _thimble_printf(&text, "%d", conversion->width);
    if (conversion->precision >= 0)
        _thimble_printf(&text, ".%d", conversion->precision);
    _thimble_printf(&text, "%s%c", size, conversion->letter);
    return text.data;
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"

/* As printf takes it: promoted to int, and cut to what the size says. */
static uint64_t cut_to_size(const struct conversion *conversion, const struct argument *argument,
                            struct integer value) {
    uint64_t bits = value.negative ? -(uint64_t)value.magnitude : (uint64_t)value.magnitude;
    size_t size = argument->type->size < sizeof(int) ? sizeof(int) : argument->type->size;
    if (strcmp(conversion->size, "hh") == 0)
        size = 1;
    else if (strcmp(conversion->size, "h") == 0)
        size = sizeof(short);
    return size < sizeof bits ? bits & (((uint64_t)1 << (size * CHAR_BIT)) - 1) : bits;
}

static void put_integer(struct reprf *reprf, const struct conversion *conversion,
                        const struct argument *argument) {
    char format[64];
    if (!is_integer(argument) || argument->type->size > sizeof(intmax_t))
        refuse(reprf, conversion, argument);
    struct integer value = _thimble_load_integer(argument->unit, argument->type, argument->data);
    if (!strchr("di", conversion->letter)) {
        _thimble_printf(reprf->out, specify(format, conversion, "j"),
                        (uintmax_t)cut_to_size(conversion, argument, value));
        return;
    }
    intmax_t number =
        value.negative ? (intmax_t) - (uintmax_t)value.magnitude : (intmax_t)value.magnitude;
    if (strcmp(conversion->size, "hh") == 0)
        number = (signed char)number;
    else if (strcmp(conversion->size, "h") == 0)
        number = (short)number;
    else if (argument->type->size == sizeof(int))
        number = (int)number;
    _thimble_printf(reprf->out, specify(format, conversion, "j"), number);
}

static void put_character(struct reprf *reprf, const struct conversion *conversion,
                          const struct argument *argument) {
    char format[64];
    if (!is_integer(argument) || argument->type->size > sizeof(int))
        refuse(reprf, conversion, argument);
    struct integer value = _thimble_load_integer(argument->unit, argument->type, argument->data);
    int number = value.negative ? (int)-(int64_t)value.magnitude : (int)value.magnitude;
    if (*conversion->size == 'l')
        _thimble_printf(reprf->out, specify(format, conversion, "l"), (wint_t)number);
    else
        _thimble_printf(reprf->out, specify(format, conversion, ""), number);
}

static void put_real(struct reprf *reprf, const struct conversion *conversion,
                     const struct argument *argument) {
    char format[64];
    if (!argument->type || !_thimble_is_real(argument->unit, argument->type))
        refuse(reprf, conversion, argument);
    _thimble_printf(reprf->out, specify(format, conversion, "L"),
                    _thimble_load_real(argument->type, argument->data));
}

/* The pointer that the value is, or the array that it becomes. */
static const void *pointer_of(struct reprf *reprf, const struct conversion *conversion,
                              const struct argument *argument) {
    const void *pointer;
    if (!argument->type ||
        (argument->type->kind != THIMBLE_POINTER && argument->type->kind != THIMBLE_ARRAY))
        refuse(reprf, conversion, argument);
    memcpy(&pointer, argument->data, sizeof pointer);
    return pointer;
}

static void put_string(struct reprf *reprf, const struct conversion *conversion,
                       const struct argument *argument) {
    char format[64];
    const void *pointer = pointer_of(reprf, conversion, argument);
    const struct thimble_type *target = _thimble_bare_type(argument->unit, argument->type->target);
    bool wide = *conversion->size == 'l';
    if (!target || target->size != (wide ? sizeof(wchar_t) : 1))
        refuse(reprf, conversion, argument);
    _thimble_printf(reprf->out, specify(format, conversion, wide ? "l" : ""),
                    pointer ? pointer
                    : wide  ? (const void *)L"(null)"
                            : "(null)");
}

static void put_repr(struct reprf *reprf, const struct conversion *conversion,
                     const struct argument *argument) {
    char format[64];
    struct conversion as_string = *conversion;
    if (conversion->width < 0 && conversion->precision < 0) {
        _thimble_put_value_of(reprf->out, argument->value);
        return;
    }
    struct draft draft = _thimble_new_draft();
    _thimble_put_value_of(&draft.text, argument->value);
    as_string.letter = 's';
    _thimble_printf(reprf->out, specify(format, &as_string, ""), draft.text.data);
    _thimble_drop_draft(&draft);
}

/* ---- Conversions ---- */

static void put_conversion(struct reprf *reprf, struct conversion *conversion) {
    static const char known[] = "diouxXcspfFeEgGaAr%";
    char format[64];
    if (!conversion->letter || !strchr(known, conversion->letter))
        FAIL(reprf, "it does not know the conversion '%.*s'", conversion->length,
             conversion->start);
    if (conversion->star_width)
        conversion->width = take_star(reprf, conversion);
    if (conversion->star_width && conversion->width < 0) {
        conversion->width = conversion->width == INT_MIN ? INT_MAX : -conversion->width;
        memmove(conversion->flags + 1, conversion->flags, sizeof conversion->flags - 2);
        conversion->flags[0] = '-';
    }
    if (conversion->star_precision)
        conversion->precision = take_star(reprf, conversion);
    if (conversion->letter == '%') {
        _thimble_puts(reprf->out, "%");
        return;
    }
    struct argument argument = next_argument(reprf, conversion);
    switch (conversion->letter) {
    case 'r':
        put_repr(reprf, conversion, &argument);
        break;
    case 's':
        put_string(reprf, conversion, &argument);
        break;
    case 'p':
        _thimble_printf(reprf->out, specify(format, conversion, ""),
                        pointer_of(reprf, conversion, &argument));
        break;
    case 'c':
        put_character(reprf, conversion, &argument);
        break;
    default:
        if (strchr("fFeEgGaA", conversion->letter))
            put_real(reprf, conversion, &argument);
        else
            put_integer(reprf, conversion, &argument);
    }
}

static void put_all(struct reprf *reprf) {
    struct conversion conversion;
    const char *at = reprf->format;
    for (const char *next; (next = strchr(at, '%')); at = next) {
        _thimble_put(reprf->out, at, (size_t)(next - at));
        next = read_conversion(next, &conversion);
        put_conversion(reprf, &conversion);
    }
    _thimble_puts(reprf->out, at);
    if (reprf->used < reprf->count)
        FAIL(reprf, "the format has conversions for %zu value%s, not %zu", reprf->used,
             reprf->used == 1 ? "" : "s", reprf->count);
}

THIMBLE_API int thimble_reprf_of(const char *format, size_t count,
                                 const struct thimble_value *values, const char *file, int line) {
    int saved = errno;
    struct draft draft = _thimble_new_draft();
    struct reprf reprf = {file, line, format, values, count, 0, &draft.text};
    put_all(&reprf);
    size_t length = draft.text.length;
    bool failed = length > INT_MAX;
    errno = saved;
    if (!failed)
        failed = fwrite(draft.text.data, 1, length, stdout) < length;
    else
        errno = EOVERFLOW;
    _thimble_drop_draft(&draft);
    return failed ? -1 : (int)length;
}
