/* sink.h: a report's way to a descriptor, through a buffer. */
#ifndef REPORT_SINK_H
#define REPORT_SINK_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sink {
    int file;
    int error; /* errno of the first write that failed, or 0 */
    uint64_t total;
    size_t used, size;
    char *buffer;
};

/* With a buffer from the arena. */
struct sink _thimble_new_sink(int file);

void _thimble_sink_put(struct sink *, const char *bytes, size_t length);
void _thimble_sink_puts(struct sink *, const char *string);
void _thimble_sink_printf(struct sink *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void _thimble_sink_vprintf(struct sink *, const char *format, va_list);

/* With that many digits, 1 to 6, behind a point: printf's may be a comma. */
void _thimble_sink_seconds(struct sink *, double seconds, int digits);

/* False once something could not be written. */
bool _thimble_sink_flush(struct sink *);

#endif
