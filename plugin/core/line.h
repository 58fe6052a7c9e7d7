/* line.h: a message put together in a buffer of fixed size; what does not fit is
 * left out. */
#ifndef CORE_LINE_H
#define CORE_LINE_H

#include <stddef.h>

struct line {
    char *text; /* always ends with a zero */
    size_t size, length;
};

struct line line_in(char *buffer, size_t size);

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void line_add(struct line *, const char *format, ...);

#endif
