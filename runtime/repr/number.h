/* number.h: the values of scalar types, read and written by their description. */
#ifndef REPR_NUMBER_H
#define REPR_NUMBER_H

#include "../registry/registry.h"

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 magnitude;
#else
typedef uint64_t magnitude;
#endif

/* Any integer of any type, by its mathematical value. */
struct integer {
    bool negative; /* never of a zero */
    magnitude magnitude;
};

/* All of these take a type behind its typedefs and qualifiers. */

/* BOOL, CHAR, INTEGER, ENUM of a size that struct integer can hold. */
bool _thimble_is_integer(const struct thimble_type *);
/* float, double and long double, by whatever name. */
bool _thimble_is_real(const struct unit *, const struct thimble_type *);
/* A COMPLEX of reals. */
bool _thimble_is_complex(const struct unit *, const struct thimble_type *);
/* Plain char, which makes a pointer to it a string. */
bool _thimble_is_string(const struct unit *, const struct thimble_type *);

bool _thimble_is_signed(const struct unit *, const struct thimble_type *);

struct integer _thimble_integer(int64_t value);
struct integer _thimble_load_integer(const struct unit *, const struct thimble_type *,
                                     const void *data);
/* `width` bits, `offset` of them behind the start. */
struct integer _thimble_load_bits(const void *data, uint64_t offset, unsigned width,
                                  bool is_signed);
/* A member of the object at `data`, bit-fields included. */
struct integer _thimble_load_member(const struct unit *, const struct thimble_member *,
                                    const void *data);
/* Whether the value survives the conversion of a call: the type's bits can hold it, as
 * a signed or as an unsigned number. A char of 200 for an unsigned char and -1 for a
 * size_t do, 256 for an unsigned char does not. */
bool _thimble_integer_fits(const struct thimble_type *, struct integer);
/* The value modulo the size. */
void _thimble_store_integer(void *to, size_t size, struct integer);

long double _thimble_load_real(const struct thimble_type *, const void *data);
void _thimble_store_real(const struct thimble_type *, void *to, long double);

/* How the literals of a character type, which is one by its name, begin: "", "L", "u", "U",
 * "u8"; null for other types. Takes a type as it stands. */
const char *_thimble_literal_prefix(const struct unit *, uint32_t type);

/* Asks no constant of long double's own range, which Valgrind does not have. */
bool _thimble_is_infinite(long double);

/* Member number i of a struct or union, parameter of a function; null where the
 * description has none. */
const struct thimble_member *_thimble_member(const struct unit *, const struct thimble_type *,
                                             uint64_t i);

#endif
