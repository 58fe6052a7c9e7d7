#include "operands.h"

#include <string.h>

#include "../base/peek.h"
#include "../registry/registry.h"
#include "../repr/diff.h"
#include "../repr/number.h"
#include "../repr/repr.h"

enum {
    WIDEST_TEXT = 40,        /* that others are aligned with */
    LONGEST_IN_LINE = 70,    /* bytes of a string that another is compared with */
    LONGEST_COMPARED = 4096, /* bytes of two strings */
    LONGEST_LINE = 2048      /* of one value */
};

static __thread struct {
    const struct unit *unit; /* null: no operands were handed over */
    const struct thimble_operand *operands;
    uint32_t count;
    uint32_t known; /* bits */
    const char *values;
} latest;

THIMBLE_API void thimble_operands(const struct thimble_unit *object, uint32_t assertion,
                                  uint32_t known, const void *values) {
    const struct unit *unit = object->state;
    if (!unit || assertion >= unit->assert_count)
        return;
    latest.unit = unit;
    latest.operands = unit->operands + unit->asserts[assertion].first;
    latest.count = unit->asserts[assertion].count;
    latest.known = known;
    latest.values = values;
}

/* ---- One operand ---- */

static const char *text_of(uint32_t i) {
    return _thimble_string(latest.unit, latest.operands[i].text);
}

static bool is_known(uint32_t i) {
    return i < 32 && (latest.known >> i & 1);
}

/* Where the value lies; only for one that is known. */
static const char *value_of(uint32_t i) {
    return latest.values + latest.operands[i].offset;
}

static bool is_shown(uint32_t i) {
    return is_known(i) && !(latest.operands[i].flags & THIMBLE_OPERAND_HIDDEN);
}

static size_t columns(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

/* So that the values stand below each other. */
static size_t widest_text(void) {
    size_t widest = 0;
    for (uint32_t i = 0; i < latest.count; i++) {
        size_t width = is_shown(i) ? columns(text_of(i)) : 0;
        widest = width > widest && width <= WIDEST_TEXT ? width : widest;
    }
    return widest;
}

static const void *object_of(uint32_t i) {
    const void *data = value_of(i);
    if (latest.operands[i].flags & THIMBLE_OPERAND_ARRAY)
        memcpy(&data, value_of(i), sizeof data);
    return data;
}

static void put_operand(struct text *out, uint32_t i, size_t width) {
    const char *text = text_of(i);
    _thimble_printf(out, "\n  %s", text);
    for (size_t column = columns(text); column < width; column++)
        _thimble_puts(out, " ");
    _thimble_puts(out, " = ");
    _thimble_repr(out, latest.unit, latest.operands[i].type, object_of(i));
}

/* ---- Where two strings part ---- */

/* The bytes that the operand, a `char *` or an array of char, leads to. */
static const char *bytes_behind(uint32_t i) {
    const char *bytes;
    memcpy(&bytes, value_of(i), sizeof bytes);
    return bytes;
}

static size_t limit_of(uint32_t i) {
    if (!(latest.operands[i].flags & THIMBLE_OPERAND_LENGTH))
        return LONGEST_COMPARED;
    const struct thimble_type *type = _thimble_bare_type(latest.unit, latest.operands[i + 2].type);
    if (!is_known(i + 2) || !type || !_thimble_is_integer(type))
        return LONGEST_COMPARED;
    struct integer length = _thimble_load_integer(latest.unit, type, value_of(i + 2));
    return length.negative || length.magnitude > LONGEST_COMPARED ? LONGEST_COMPARED
                                                                  : (size_t)length.magnitude;
}

static char folded(char letter, uint32_t flags) {
    bool capital = letter >= 'A' && letter <= 'Z';
    return capital && (flags & THIMBLE_OPERAND_NO_CASE) ? (char)(letter - 'A' + 'a') : letter;
}

/* How many bytes at their starts are equal; -1 where they don't part in what can be read. */
static ptrdiff_t parting(uint32_t i, char *first) {
    uint32_t flags = latest.operands[i].flags;
    char one[256], other[256];
    const char *a = bytes_behind(i), *b = bytes_behind(i + 1);
    size_t limit = limit_of(i);
    for (size_t at = 0; at < limit; at += sizeof one) {
        size_t piece = limit - at < sizeof one ? limit - at : sizeof one;
        size_t there = _thimble_peek(one, a + at, piece);
        size_t common = _thimble_peek(other, b + at, there);
        for (size_t j = 0; j < common; j++) {
            if (folded(one[j], flags) != folded(other[j], flags)) {
                *first = one[j];
                return (ptrdiff_t)(at + j);
            }
            if (!one[j] && (flags & THIMBLE_OPERAND_STRINGS))
                return -1;
        }
        if (common < piece)
            return -1;
    }
    return -1;
}

static bool shows_string(uint32_t i) {
    const struct thimble_type *type = _thimble_bare_type(latest.unit, latest.operands[i].type);
    const struct thimble_type *element =
        type && (type->kind == THIMBLE_ARRAY || type->kind == THIMBLE_POINTER)
            ? _thimble_bare_type(latest.unit, type->target)
            : NULL;
    return is_shown(i) && element && element->kind == THIMBLE_CHAR;
}

/* A mark below the character where the string above parts from the other. */
static void put_mark(struct text *out, uint32_t shown, size_t width, size_t common) {
    char buffer[LONGEST_LINE], bytes[LONGEST_LINE / 4];
    struct text start = _thimble_text(buffer, sizeof buffer);
    if (common >= sizeof bytes || _thimble_peek(bytes, bytes_behind(shown), common) < common)
        return;
    _thimble_repr_string(&start, bytes, common, common);
    size_t text = columns(text_of(shown));
    size_t column = (text > width ? text : width) + 3 + columns(start.data) - 1;
    _thimble_puts(out, "\n  ");
    while (column--)
        _thimble_puts(out, " ");
    _thimble_puts(out, "^");
}

/* ---- Strings too long for a line ---- */

static bool is_long(uint32_t i) {
    char bytes[LONGEST_IN_LINE + 1];
    int ended;
    ptrdiff_t length = _thimble_peek_string(bytes, bytes_behind(i), sizeof bytes, &ended);
    return length >= 0 && (!ended || memchr(bytes, '\n', (size_t)length));
}

/* What two strings have in common is then left out. False where they are shown as any other
 * value is. */
static bool put_difference(struct text *out, uint32_t i) {
    uint32_t others = THIMBLE_OPERAND_LENGTH | THIMBLE_OPERAND_NO_CASE | THIMBLE_OPERAND_BYTES;
    if ((latest.operands[i].flags & others) || !(is_long(i) || is_long(i + 1)))
        return false;
    struct comparison comparison;
    struct repr_object a = {latest.unit, latest.operands[i].type, object_of(i)};
    struct repr_object b = {latest.unit, latest.operands[i + 1].type, object_of(i + 1)};
    const char *const texts[2] = {text_of(i), text_of(i + 1)};
    bool differ = !_thimble_compare(&comparison, &a, &b);
    if (differ)
        _thimble_put_difference(out, &comparison, texts);
    _thimble_compare_end(&comparison);
    return differ;
}

static void put_parting(struct text *out, uint32_t i, size_t width) {
    char first;
    ptrdiff_t common = parting(i, &first);
    uint32_t shown = shows_string(i + 1) ? i + 1 : i;
    if (common < 0)
        return;
    if (latest.operands[i].flags & THIMBLE_OPERAND_BYTES)
        _thimble_printf(out, "\n  byte %td differs", common);
    else if (common > 0 && shows_string(shown))
        put_mark(out, shown, width, (size_t)common);
}

/* Whether number i begins a pair that was compared. */
static bool begins_pair(uint32_t i) {
    uint32_t flags = latest.operands[i].flags;
    uint32_t needed = flags & THIMBLE_OPERAND_LENGTH ? 2 : 1;
    return (flags & (THIMBLE_OPERAND_STRINGS | THIMBLE_OPERAND_BYTES)) &&
           i + needed < latest.count && is_known(i) && is_known(i + 1);
}

/* ---- All of them ---- */

/* Whether an operand before it says the same. */
static bool is_said(uint32_t i) {
    char buffer[LONGEST_LINE], other[LONGEST_LINE];
    for (uint32_t j = 0; j < i; j++) {
        if (!is_shown(j) || strcmp(text_of(i), text_of(j)) != 0)
            continue;
        struct text one = _thimble_text(buffer, sizeof buffer);
        struct text two = _thimble_text(other, sizeof other);
        put_operand(&one, i, 0);
        put_operand(&two, j, 0);
        if (!strcmp(buffer, other))
            return true;
    }
    return false;
}

void _thimble_put_operands(struct text *out) {
    size_t width = latest.unit ? widest_text() : 0;
    for (uint32_t i = 0; latest.unit && i < latest.count; i++) {
        if (begins_pair(i) && put_difference(out, i)) {
            i++;
            continue;
        }
        if (is_shown(i) && !is_said(i))
            put_operand(out, i, width);
        if (i && begins_pair(i - 1))
            put_parting(out, i - 1, width);
    }
    latest.unit = NULL;
}
