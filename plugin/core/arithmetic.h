/* arithmetic.h: one spelling for the names of arithmetic types. */
#ifndef CORE_ARITHMETIC_H
#define CORE_ARITHMETIC_H

#include <stddef.h>
#include <thimble/abi.h>

/* Writes the name of a type of this kind as Thimble spells it: "unsigned long" for "long
 * unsigned int", "_Bool" for "bool". A name that is not made of C's words, and that of
 * any other kind, stays as it is; so does a null. */
const char *arithmetic_name(enum thimble_type_kind, const char *name, char *out, size_t size);

#endif
