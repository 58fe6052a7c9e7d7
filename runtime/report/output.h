/* output.h: standard output, through a buffer. */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include "sink.h"

struct sink *_thimble_output(void);

void _thimble_out(const char *bytes, size_t length);
void _thimble_outs(const char *string);
void _thimble_outf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* False once something could not be written. */
bool _thimble_flush_output(void);

#endif
