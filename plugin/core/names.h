/* names.h: looking names up in sorted tables. */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include <stddef.h>

/* The table's entry whose name equals the `length` characters at text, or null. Entries
 * have `size` bytes and begin with their name; they are sorted by it as strcmp does. */
const void *names_find(const void *table, size_t count, size_t size, const char *text,
                       size_t length);

#define NAMES_FIND(table, text, length)                                                            \
    names_find((table), sizeof(table) / sizeof *(table), sizeof *(table), (text), (length))

#endif
