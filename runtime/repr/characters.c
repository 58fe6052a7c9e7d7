#include "characters.h"

#include <string.h>

#include "number.h"

/* ---- Which they are ---- */

static bool read_start(struct window *window, const struct repr_object *object,
                       const struct thimble_type *type, const char *prefix,
                       struct characters *characters) {
    const struct thimble_type *element = _thimble_bare_type(object->unit, type->target);
    *characters = (struct characters){object->data, type->count, (unsigned)element->size, prefix};
    if (type->kind == THIMBLE_ARRAY)
        return true;
    const char *bytes = _thimble_look(window, object->data, sizeof characters->start);
    if (bytes)
        memcpy(&characters->start, bytes, sizeof characters->start);
    characters->room = UINT64_MAX;
    return bytes;
}

static const struct thimble_type *holder_of(const struct repr_object *object) {
    const struct thimble_type *type = _thimble_bare_type(object->unit, object->type);
    bool holds =
        type && (type->kind == THIMBLE_POINTER || (type->kind == THIMBLE_ARRAY && type->size));
    return holds ? type : NULL;
}

bool _thimble_read_characters(struct window *window, const struct repr_object *object,
                              struct characters *characters) {
    const struct thimble_type *type = holder_of(object);
    const char *prefix = type ? _thimble_literal_prefix(object->unit, type->target) : NULL;
    return prefix && read_start(window, object, type, prefix, characters);
}

bool _thimble_read_characters_like(struct window *window, const struct repr_object *object,
                                   const struct characters *like, struct characters *characters) {
    const struct thimble_type *type = holder_of(object);
    const struct thimble_type *element =
        type ? _thimble_bare_type(object->unit, type->target) : NULL;
    return element && _thimble_is_integer(element) && element->size == like->width &&
           read_start(window, object, type, like->prefix, characters);
}

/* ---- What they say ---- */

enum character _thimble_character_at(struct window *window, const struct characters *characters,
                                     uint64_t i, uint32_t *character) {
    uint16_t twice;
    unsigned width = characters->width;
    *character = 0;
    if (i >= characters->room)
        return CHARACTERS_END;
    const char *bytes = _thimble_look(window, characters->start + i * width, width);
    if (!bytes)
        return CHARACTER_UNREADABLE;
    if (width == 1)
        *character = (unsigned char)*bytes;
    else if (width == sizeof twice)
        *character = (memcpy(&twice, bytes, sizeof twice), twice);
    else
        memcpy(character, bytes, sizeof *character);
    return *character ? CHARACTER_IS : CHARACTERS_END;
}

enum character _thimble_compare_characters(struct window windows[2], const struct characters *a,
                                           const struct characters *b, uint64_t *at) {
    uint32_t one, other;
    for (*at = 0;; ++*at) {
        enum character first = _thimble_character_at(&windows[0], a, *at, &one);
        enum character second = _thimble_character_at(&windows[1], b, *at, &other);
        if (first == CHARACTER_UNREADABLE || second == CHARACTER_UNREADABLE)
            return CHARACTER_UNREADABLE;
        if (one != other)
            return CHARACTER_IS;
        if (first == CHARACTERS_END)
            return CHARACTERS_END;
    }
}

static void put_encoded(struct text *out, uint32_t code) {
    bool none = code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
    char bytes[4];
    size_t length = 0;
    code = none ? 0xfffd : code; /* the character that stands for what is none */
    if (code >= 0x10000)
        bytes[length++] = (char)(0xf0 | code >> 18);
    if (code >= 0x800)
        bytes[length++] = (char)(code >= 0x10000 ? 0x80 | (code >> 12 & 0x3f) : 0xe0 | code >> 12);
    if (code >= 0x80)
        bytes[length++] = (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3f) : 0xc0 | code >> 6);
    bytes[length++] = (char)(code >= 0x80 ? 0x80 | (code & 0x3f) : code);
    _thimble_put(out, bytes, length);
}

uint64_t _thimble_put_characters(struct text *out, struct window *window,
                                 const struct characters *characters, uint64_t from, uint64_t to) {
    uint32_t code;
    for (; from < to; from++) {
        if (_thimble_character_at(window, characters, from, &code) != CHARACTER_IS)
            break;
        char byte = (char)code;
        if (characters->width == 1)
            _thimble_put(out, &byte, 1);
        else
            put_encoded(out, code);
    }
    return from;
}
