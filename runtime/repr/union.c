/* Which member of a union is shown. What is not said of a union's bytes is zero in what
 * its text initialises: a member says all of them if every bit that its text does not
 * give is zero. */
#include "printer.h"

#include "../base/peek.h"
#include "literal.h"
#include <limits.h>
#include <string.h>

enum { LARGEST = 512 }; /* bytes of a union that is looked at so closely */

struct said {
    struct printer *printer;
    unsigned char bytes[LARGEST]; /* those that the text gives are cleared */
    size_t size;
    const char *data;
};

static void say(struct said *, uint32_t type, size_t offset, unsigned depth);

static void clear(struct said *said, size_t offset, uint64_t size) {
    if (offset < said->size)
        memset(said->bytes + offset, 0, size < said->size - offset ? size : said->size - offset);
}

static void clear_bits(struct said *said, uint64_t first, unsigned width) {
    for (uint64_t bit = first; bit < first + width && bit / CHAR_BIT < said->size; bit++) {
        unsigned place = bit % CHAR_BIT;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        place = CHAR_BIT - 1 - place;
#endif
        said->bytes[bit / CHAR_BIT] &= (unsigned char)~(1u << place);
    }
}

static void say_real(struct said *said, const struct thimble_type *type, size_t offset) {
    size_t size = 0;
    if (offset <= said->size && type->size <= said->size - offset &&
        _thimble_real_is_exact(said->printer->unit, type, said->bytes + offset, &size))
        clear(said, offset, size);
}

static void say_elements(struct said *said, uint32_t type, uint64_t count, size_t offset,
                         unsigned depth) {
    const struct thimble_type *element = _thimble_type(said->printer->unit, type);
    for (uint64_t i = 0; element && element->size && i < count && offset < said->size; i++) {
        say(said, type, offset, depth);
        offset += (size_t)element->size;
    }
}

static void say_member(struct said *said, const struct thimble_member *member, size_t offset,
                       unsigned depth) {
    if (!member)
        return;
    if (member->flags & THIMBLE_BITFIELD)
        clear_bits(said, offset * CHAR_BIT + member->offset, member->width);
    else
        say(said, member->type, offset + (size_t)(member->offset / CHAR_BIT), depth);
}

static void say_members(struct said *said, const struct thimble_type *type, size_t offset,
                        unsigned depth) {
    struct printer *printer = said->printer;
    if (type->kind == THIMBLE_UNION) {
        say_member(said, _thimble_union_member(printer, type, said->data + offset), offset, depth);
        return;
    }
    for (uint64_t i = 0; i < type->count; i++)
        say_member(said, _thimble_member(printer->unit, type, i), offset, depth);
}

/* Clears the bits that the text of an object of this type gives. */
static void say(struct said *said, uint32_t index, size_t offset, unsigned depth) {
    const struct unit *unit = said->printer->unit;
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    if (!type || depth == 0 || offset >= said->size)
        return;
    switch (type->kind) {
    case THIMBLE_BOOL:
        if (said->bytes[offset] <= 1)
            clear(said, offset, type->size);
        break;
    case THIMBLE_FLOAT:
        say_real(said, type, offset);
        break;
    case THIMBLE_COMPLEX:
        say_elements(said, type->target, 2, offset, depth - 1);
        break;
    case THIMBLE_ARRAY:
    case THIMBLE_OPAQUE:
        say_elements(said, type->target, type->count, offset, depth - 1);
        break;
    case THIMBLE_STRUCT:
    case THIMBLE_UNION:
        say_members(said, type, offset, depth - 1);
        break;
    default:
        clear(said, offset, type->size);
    }
}

/* `bytes` are the union's own. */
static bool says_all(struct said *said, const struct thimble_member *member,
                     const unsigned char *bytes) {
    enum { DEEPEST = 16 };
    memcpy(said->bytes, bytes, said->size);
    say_member(said, member, 0, DEEPEST);
    for (size_t i = 0; i < said->size; i++)
        if (said->bytes[i])
            return false;
    return true;
}

static uint64_t size_of_member(const struct unit *unit, const struct thimble_member *member) {
    const struct thimble_type *type = _thimble_bare_type(unit, member->type);
    return !type || member->flags & THIMBLE_BITFIELD ? 0 : type->size;
}

static const struct thimble_member *largest_member(const struct unit *unit,
                                                   const struct thimble_type *type) {
    const struct thimble_member *member, *largest = NULL;
    for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++)
        if (!largest || size_of_member(unit, member) > size_of_member(unit, largest))
            largest = member;
    return largest;
}

/* Compilers leave what lies around a bit-field as it was: other members come first. */
static const struct thimble_member *member_that_says_all(struct said *said,
                                                         const struct thimble_type *type,
                                                         const unsigned char *bytes,
                                                         bool bit_fields) {
    const struct thimble_member *member;
    for (uint64_t i = 0; (member = _thimble_member(said->printer->unit, type, i)); i++)
        if (!(member->flags & THIMBLE_BITFIELD) == !bit_fields && says_all(said, member, bytes))
            return member;
    return NULL;
}

const struct thimble_member *
_thimble_union_member(struct printer *printer, const struct thimble_type *type, const char *data) {
    const struct thimble_member *member = NULL;
    unsigned char bytes[LARGEST];
    struct said said = {.printer = printer, .size = (size_t)type->size, .data = data};
    if (type->size <= LARGEST && _thimble_peek(bytes, data, said.size) == said.size) {
        member = member_that_says_all(&said, type, bytes, false);
        member = member ? member : member_that_says_all(&said, type, bytes, true);
    }
    return member ? member : largest_member(printer->unit, type);
}
