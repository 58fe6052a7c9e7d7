/* escape.h: any bytes in a report that takes only some characters as they stand. */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "../base/utf8.h"
#include "sink.h"

/* The number of a character of that length. */
uint32_t _thimble_code_point(const char *character, size_t size);

#define SPELLED_ROOM 16

/* How a character is written: null for as it stands. `size` is 0 for a byte that is no
 * UTF-8. A text that is not constant goes into `room`. */
typedef const char *spell_function(const char *character, size_t size, char room[SPELLED_ROOM]);

/* What both JSON and YAML write for a character between double quotes, or null. */
const char *_thimble_spell_quoted(uint32_t point);

/* Letters, digits, spaces and what has no meaning in any report are not asked about. */
void _thimble_put_spelled(struct sink *, const char *bytes, size_t length, spell_function *);

#endif
