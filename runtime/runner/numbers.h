/* numbers.h: numbers that users write. */
#ifndef RUNNER_NUMBERS_H
#define RUNNER_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

/* Digits only. */
bool _thimble_read_number(const char *text, uint64_t *number);

/* The same, up to INT32_MAX. */
bool _thimble_read_count(const char *text, uint32_t *count);

#endif
