#include "sink.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/text.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

struct sink _thimble_new_sink(int file) {
    return (struct sink){
        .file = file, .size = BUFFER_SIZE, .buffer = _thimble_alloc(&_thimble_arena, BUFFER_SIZE)};
}

/* Whoever shares the descriptor may have made it one that does not wait. */
static bool may_go_on(int file, int error) {
    struct pollfd room = {.fd = file, .events = POLLOUT};
    if (error == EAGAIN)
        poll(&room, 1, -1);
    return error == EAGAIN || error == EINTR;
}

static void write_all(struct sink *sink) {
    for (size_t done = 0; done < sink->used && !sink->error;) {
        ssize_t written = write(sink->file, sink->buffer + done, sink->used - done);
        if (written >= 0)
            done += (size_t)written;
        else if (!may_go_on(sink->file, errno))
            sink->error = errno;
    }
}

bool _thimble_sink_flush(struct sink *sink) {
    write_all(sink);
    sink->used = 0;
    return !sink->error;
}

void _thimble_sink_put(struct sink *sink, const char *bytes, size_t length) {
    sink->total += length;
    while (length > 0) {
        if (sink->used == sink->size)
            _thimble_sink_flush(sink);
        size_t room = sink->size - sink->used;
        size_t part = length < room ? length : room;
        memcpy(sink->buffer + sink->used, bytes, part);
        sink->used += part;
        bytes += part;
        length -= part;
    }
}

void _thimble_sink_puts(struct sink *sink, const char *string) {
    _thimble_sink_put(sink, string, strlen(string));
}

void _thimble_sink_vprintf(struct sink *sink, const char *format, va_list arguments) {
    char line[4096];
    struct text text = _thimble_text(line, sizeof(line));
    _thimble_vprintf(&text, format, arguments);
    _thimble_sink_put(sink, text.data, text.length);
}

void _thimble_sink_printf(struct sink *sink, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    _thimble_sink_vprintf(sink, format, arguments);
    va_end(arguments);
}

void _thimble_sink_seconds(struct sink *sink, double seconds, int digits) {
    uint64_t unit = 1;
    for (int i = 0; i < digits; i++)
        unit *= 10;
    uint64_t number = seconds > 0 ? (uint64_t)(seconds * (double)unit + 0.5) : 0;
    _thimble_sink_printf(sink, "%llu.%0*llu", (unsigned long long)(number / unit), digits,
                         (unsigned long long)(number % unit));
}
