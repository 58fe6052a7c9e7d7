/* variadic.h: the arguments of a call that says itself what it passes. */
#ifndef MOCK_VARIADIC_H
#define MOCK_VARIADIC_H

#include "signature.h"
#include "words.h"

/* No call passes more: each takes a word at least. */
enum { MOST_ARGUMENTS = MOST_WORDS };

struct decoded {
    void *arguments[MOST_ARGUMENTS];
    _Alignas(16) char pairs[MOST_ARGUMENTS][16]; /* those that came in two registers */
};

/* Finds the arguments in the words. False where some lie behind those. */
bool _thimble_decode(struct decoded *, const struct signature *, const struct words_interface *,
                     struct words *);

/* The same signature each time; null with why where there is none. */
const struct signature *_thimble_call_signature(const struct unit *, uint32_t type,
                                                const char **why);

#endif
