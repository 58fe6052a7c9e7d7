#include "line.h"

#include <stdarg.h>
#include <stdio.h>

struct line line_in(char *buffer, size_t size) {
    if (size)
        *buffer = '\0';
    return (struct line){buffer, size, 0};
}

void line_add(struct line *line, const char *format, ...) {
    size_t room = line->size - line->length;
    if (room < 2)
        return;
    va_list arguments;
    va_start(arguments, format);
    int added = vsnprintf(line->text + line->length, room, format, arguments);
    va_end(arguments);
    if (added > 0)
        line->length += (size_t)added < room ? (size_t)added : room - 1;
}
