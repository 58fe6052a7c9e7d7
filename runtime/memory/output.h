/* output.h: writing a file, or to a descriptor that is there. Nothing is locked or allocated:
 * it is right in a signal's handler. */
#ifndef MEMORY_OUTPUT_H
#define MEMORY_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct snapshot;

struct text;

struct output {
    struct text *text; /* that it is appended to, instead of the file */
    int file;
    int error; /* errno of the first write that failed; nothing is written after it */
    size_t used;
    char bytes[4096];
};

void _thimble_output_put(struct output *, const char *bytes, size_t length);
void _thimble_output_puts(struct output *, const char *);
/* At most 400 bytes at once. */
void _thimble_output_printf(struct output *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What is left. False with errno where not all was written. */
bool _thimble_output_end(struct output *);

/* Writes the file beside its place, and puts it there when it is whole: what was there stays
 * where that fails. A device or a pipe is written to as it is. False with errno; `write` may
 * return false with errno, too. */
bool _thimble_write_file(const char *path, bool (*write)(struct output *, const void *context),
                         const void *context);

/* ---- text.c, json.c ---- */

/* What is live, by line, all lines: as tracker_print prints it. False where there was no
 * memory for it. `snapshot` is a struct snapshot. */
bool _thimble_write_text(struct output *, const void *snapshot);

/* {"version": 1, "program": …, "sites": [{"file": …}]}, the largest first. */
bool _thimble_write_json(struct output *, const void *snapshot);

#endif
