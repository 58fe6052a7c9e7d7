/* matchers.h: what a check expects of one argument, and whether a call had it. */
#ifndef MOCK_MATCHERS_H
#define MOCK_MATCHERS_H

#include "../repr/quantity.h"
#include "../repr/repr.h"
#include "calls.h"
#include <thimble/called.h>

/* What is expected of a value of one type. */
struct expected {
    int kind;     /* an enum thimble_matcher_kind, EQ for a value; 0: nothing is like it */
    bool bare;    /* a value: no matcher was written */
    bool implied; /* ANY, for nothing was said of it */
    struct kept_value given[2]; /* what stands in the parentheses, as it is */
    struct kept_value wanted;   /* the first, as the type that it is compared with; EQ, NE, SAME,
                                 * LT and so on of strings and addresses */
    struct kept_value most;     /* BETWEEN: the second */
    struct quantity numbers[2]; /* LT and so on, CLOSE: of numbers; those given */
    bool of_numbers;
    struct span bytes;            /* CONTAINS, STARTS_WITH, MATCHES, BYTES */
    const struct expected *inner; /* POINTS_TO: what is expected there; null: the given value, in
                                   * its own type */
    const struct signature *predicate; /* WHERE */
    void (*function)(void);
};

/* A type that something is expected of. */
struct subject {
    const struct unit *unit;
    uint32_t type;
    bool direct; /* an argument itself, not what one points to */
};

/* Reads a value or matcher for the type. False with why, a sentence, where it is none for
 * it. */
bool _thimble_expect(const struct subject *, const struct thimble_value *, struct expected *,
                     struct text *why);

/* The matcher that the value is, or null. */
const struct thimble_matcher *_thimble_matcher(const struct thimble_value *);

/* Whether an object of the one type can be used as one of the other, as far as their names
 * tell. */
bool _thimble_are_alike(const struct unit *, uint32_t type, const struct unit *other,
                        uint32_t other_type);

/* Whether the argument of the call, or what it points to, is what is expected. Calls the
 * user's predicates and equal_NAME functions. */
bool _thimble_matches(const struct call *, const struct kept_value *, const struct expected *);

/* ---- expected_text.c ---- */

void _thimble_put_expected(struct text *, const struct expected *);

/* "BETWEEN", of an enum thimble_matcher_kind. */
const char *_thimble_matcher_name(int kind);

/* A pointer as the address that it was. */
void _thimble_put_address(struct text *, const struct kept_value *);

/* ---- equality.c ---- */

/* Whether the value is the wanted one, which is of the same type. `given`: what that was
 * converted from. */
bool _thimble_equal_values(const struct call *, const struct kept_value *,
                           const struct kept_value *wanted, const struct kept_value *given);

/* Whether two objects of one type are equal, as assert_equal has it. */
bool _thimble_equal_objects(const struct unit *, uint32_t type, const void *, const void *);

/* What a pointer in the value led to; null where that is not known. */
const struct recorded *_thimble_pointee(const struct kept_value *);

/* Whether it is a pointer to, or an array of, what may be read as a string of char; and that
 * string, up to its end, or null bytes. */
bool _thimble_is_text(const struct unit *, uint32_t type);
struct span _thimble_text_of(const struct kept_value *);

#endif
