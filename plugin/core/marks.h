/* marks.h: what is written in front of a test: TAG, TIMEOUT, SKIP, XFAIL. */
#ifndef CORE_MARKS_H
#define CORE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <thimble/abi.h>

/* The word by which the header hands a kind of mark over: "TAG". False for any other. */
bool marks_kind(const char *word, enum thimble_mark_kind *kind);

/* The message for a mark in front of `name`, which is no function. */
void marks_misplaced(enum thimble_mark_kind, const char *name, char *out, size_t size);

#endif
