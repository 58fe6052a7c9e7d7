/* utf8.h: characters in bytes that may be none. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>

/* The length of the character that these bytes begin with, 0 where they are no
 * UTF-8. */
size_t _thimble_character(const char *bytes, size_t length);

#endif
