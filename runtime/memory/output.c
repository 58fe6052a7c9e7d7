/* For O_CLOEXEC. */
#define _GNU_SOURCE 1

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/text.h"

static void write_out(struct output *output, const char *bytes, size_t length) {
    if (output->text) {
        _thimble_put(output->text, bytes, length);
        return;
    }
    while (length > 0 && !output->error) {
        ssize_t put = write(output->file, bytes, length);
        if (put < 0 && errno != EINTR)
            output->error = errno;
        if (put > 0) {
            bytes += put;
            length -= (size_t)put;
        }
    }
}

static void flush(struct output *output) {
    write_out(output, output->bytes, output->used);
    output->used = 0;
}

void _thimble_output_put(struct output *output, const char *bytes, size_t length) {
    if (length > sizeof(output->bytes) - output->used)
        flush(output);
    if (length > sizeof(output->bytes)) {
        write_out(output, bytes, length);
        return;
    }
    memcpy(output->bytes + output->used, bytes, length);
    output->used += length;
}

void _thimble_output_puts(struct output *output, const char *string) {
    _thimble_output_put(output, string, strlen(string));
}

void _thimble_output_printf(struct output *output, const char *format, ...) {
    char bytes[400];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(bytes, sizeof(bytes), format, arguments);
    va_end(arguments);
    if (length > 0)
        _thimble_output_put(output, bytes,
                            (size_t)length < sizeof(bytes) ? (size_t)length : sizeof(bytes) - 1);
}

bool _thimble_output_end(struct output *output) {
    flush(output);
    errno = output->error ? output->error : errno;
    return !output->error;
}

/* ---- Files ---- */

static int open_beside(const char *path, char *beside, size_t room) {
    int length = snprintf(beside, room, "%s.%ld.new", path, (long)getpid());
    if (length < 0 || (size_t)length >= room) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

bool _thimble_write_file(const char *path, bool (*write)(struct output *, const void *context),
                         const void *context) {
    char beside[4096];
    struct stat status;
    bool is_special = stat(path, &status) == 0 && !S_ISREG(status.st_mode);
    struct output output = {.file = is_special ? open(path, O_WRONLY | O_CLOEXEC)
                                               : open_beside(path, beside, sizeof(beside))};
    if (output.file < 0)
        return false;
    bool is_whole = write(&output, context) && _thimble_output_end(&output);
    int error = errno;
    if (close(output.file) != 0 && is_whole) {
        error = errno;
        is_whole = false;
    }
    if (is_whole && !is_special && rename(beside, path) != 0) {
        error = errno;
        is_whole = false;
    }
    if (!is_whole && !is_special)
        unlink(beside);
    errno = error;
    return is_whole;
}
