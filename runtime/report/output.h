/* output.h: the report's way to standard output, through a buffer. */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

void _thimble_out(const char *bytes, size_t length);
void _thimble_outs(const char *string);
void _thimble_outf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* False once something could not be written. */
bool _thimble_flush_output(void);

/* The length of the character that these bytes begin with, 0 where they are no
 * UTF-8. */
size_t _thimble_character(const char *bytes, size_t length);

#endif
