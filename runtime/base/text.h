/* text.h: building text without stdio, in memory that is already there or in the
 * arena. A buffer never overflows: what does not fit is cut and marked with "…". */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes of somebody else's. */
struct span {
    const char *bytes;
    size_t length;
};

struct text {
    char *data; /* always ends with a zero byte */
    size_t length;
    size_t capacity;
    bool grows; /* in the arena */
    bool cut;
};

struct text _thimble_text(char *buffer, size_t capacity);
struct text _thimble_growing_text(void);

void _thimble_put(struct text *, const char *bytes, size_t length);
void _thimble_puts(struct text *, const char *string);
void _thimble_printf(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void _thimble_vprintf(struct text *, const char *format, va_list);

/* Takes the first word off a line whose words are ended by this, and by the line's end. */
char *_thimble_take_word(char **line, char end);

/* All of it to a descriptor, with plain write. */
bool _thimble_write(int fd, const char *bytes, size_t length);

#endif
