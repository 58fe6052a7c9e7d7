/* names.h: looking names up in sorted tables. */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include <stddef.h>

/* The table's own string that equals the `length` characters at text, or null.
 * The table is sorted as strcmp does. */
const char *names_find(const char *const *table, size_t count, const char *text, size_t length);

#define NAMES_FIND(table, text, length)                                                            \
    names_find((table), sizeof(table) / sizeof *(table), (text), (length))

#endif
