#include "text.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"

#define ELLIPSIS "…"
#define ELLIPSIS_LENGTH (sizeof(ELLIPSIS) - 1)
#define FIRST_CAPACITY 256

struct text _thimble_text(char *buffer, size_t capacity) {
    if (capacity)
        buffer[0] = '\0';
    return (struct text){.data = buffer, .capacity = capacity};
}

struct text _thimble_growing_text(void) {
    struct text text =
        _thimble_text(_thimble_alloc(&_thimble_arena, FIRST_CAPACITY), FIRST_CAPACITY);
    text.grows = true;
    return text;
}

/* Makes room for that many more bytes and the zero behind them, where it can. */
static bool reserve(struct text *text, size_t length) {
    if (text->capacity > text->length && length < text->capacity - text->length)
        return true;
    if (!text->grows)
        return false;
    size_t capacity = text->capacity;
    while (capacity - text->length <= length)
        capacity *= 2;
    char *data = _thimble_alloc(&_thimble_arena, capacity);
    memcpy(data, text->data, text->length + 1);
    text->data = data;
    text->capacity = capacity;
    return true;
}

/* The longest start of `length` bytes that is within `room` and does not end
 * inside a character of several bytes. */
static size_t whole_characters(const char *bytes, size_t length, size_t room) {
    if (length <= room)
        return length;
    while (room > 0 && ((unsigned char)bytes[room] & 0xc0) == 0x80)
        room--;
    return room;
}

/* Puts what fits, and the mark. */
static void cut(struct text *text, const char *bytes, size_t length) {
    text->cut = true;
    size_t needed = ELLIPSIS_LENGTH + 1;
    if (text->capacity < needed)
        return;
    size_t end = text->capacity - needed;
    if (text->length > end)
        text->length = whole_characters(text->data, text->length, end);
    size_t fits = whole_characters(bytes, length, end - text->length);
    memcpy(text->data + text->length, bytes, fits);
    memcpy(text->data + text->length + fits, ELLIPSIS, ELLIPSIS_LENGTH + 1);
    text->length += fits + ELLIPSIS_LENGTH;
}

void _thimble_put(struct text *text, const char *bytes, size_t length) {
    if (text->cut || length == 0)
        return;
    if (!reserve(text, length)) {
        cut(text, bytes, length);
        return;
    }
    memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void _thimble_puts(struct text *text, const char *string) {
    _thimble_put(text, string, strlen(string));
}

void _thimble_vprintf(struct text *text, const char *format, va_list arguments) {
    if (text->cut)
        return;
    va_list again;
    va_copy(again, arguments);
    size_t room = text->capacity - text->length;
    char *end = text->data + text->length;
    int length = vsnprintf(end, room, format, arguments);
    if (length >= 0 && (size_t)length < room) {
        text->length += (size_t)length;
    } else if (length >= 0 && reserve(text, (size_t)length)) {
        vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    } else if (length >= 0 && room > 0) {
        /* The start of it already stands in its place. */
        text->length += room - 1;
        cut(text, "", 0);
    } else {
        text->cut = length >= 0;
    }
    va_end(again);
}

void _thimble_printf(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    _thimble_vprintf(text, format, arguments);
    va_end(arguments);
}

/* A test that is shown as it runs may have set the common file to O_NONBLOCK. */
static bool await_room(int fd) {
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    return poll(&room, 1, -1) > 0 || errno == EINTR;
}

bool _thimble_write(int fd, const char *bytes, size_t length) {
    int saved = errno;
    bool written = true;
    while (length > 0 && written) {
        ssize_t count = write(fd, bytes, length);
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
        } else {
            written = count < 0 && (errno == EINTR || (errno == EAGAIN && await_room(fd)));
        }
    }
    errno = saved;
    return written;
}

char *_thimble_take_word(char **line, char end) {
    char *word = *line, *behind = strchr(word, end);
    if (behind)
        *behind++ = '\0';
    *line = behind ? behind : strchr(word, '\0');
    return word;
}
