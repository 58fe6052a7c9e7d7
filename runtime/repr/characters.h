/* characters.h: strings in memory that may not be there, narrow and wide. */
#ifndef REPR_CHARACTERS_H
#define REPR_CHARACTERS_H

#include "../base/text.h"
#include "../base/window.h"
#include "repr.h"

/* What a pointer to characters points to, or an array of them up to its first zero; an
 * array without one is a string to its end. */
struct characters {
    const char *start;  /* null: a null pointer */
    uint64_t room;      /* in an array; of what is pointed to as much as there may be */
    unsigned width;     /* bytes of a character: 1, 2 or 4 */
    const char *prefix; /* of its literals: "", or L, u, U, u8 */
};

/* Reads a pointer to plain char, wchar_t, char16_t, char32_t or char8_t, or takes an array
 * of those. False where the object is neither or can't be read. */
bool _thimble_read_characters(struct window *, const struct repr_object *, struct characters *);

/* The other side of a comparison with a wide string, whose own type may not say so: L"a"
 * is an array of int in C. */
bool _thimble_read_characters_like(struct window *, const struct repr_object *,
                                   const struct characters *like, struct characters *);

enum character { CHARACTER_IS, CHARACTERS_END, CHARACTER_UNREADABLE };

/* Character number i. */
enum character _thimble_character_at(struct window *, const struct characters *, uint64_t i,
                                     uint32_t *character);

/* CHARACTERS_END: they are equal. CHARACTER_IS: they differ in number *at, or one of them
 * ends there. */
enum character _thimble_compare_characters(struct window windows[2], const struct characters *,
                                           const struct characters *, uint64_t *at);

/* Appends characters from number `from` to before number `to` as UTF-8, escaping nothing.
 * Returns where it stopped: at the end of the string, or where it can't be read. */
uint64_t _thimble_put_characters(struct text *, struct window *, const struct characters *,
                                 uint64_t from, uint64_t to);

#endif
