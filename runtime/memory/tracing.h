/* tracing.h: whether blocks are traced, and since when. */
#ifndef MEMORY_TRACING_H
#define MEMORY_TRACING_H

#include <stdbool.h>
#include <stdint.h>

/* Blocks with at least this number are traced. False: none are. */
bool _thimble_traced_since(uint32_t *number);

/* Recording has begun before: traces all blocks from that number on. */
void _thimble_trace_since(uint32_t number);

/* One line on standard error; errno stays. */
void _thimble_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
