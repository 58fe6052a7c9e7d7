/* naming.h: what names mean: tests, and which function a name is about. */
#ifndef CORE_NAMING_H
#define CORE_NAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a function of this name is a test if its signature is one's. */
bool naming_is_test(const char *prefix, const char *name);

/* Whether the name means something to the tests of its unit: setup*, teardown*, setUp,
 * tearDown and their Module forms, *fixture_*, cases_*. */
bool naming_serves_tests(const char *name);

/* The name by which users know libc's symbol: "open" for "open64", "sscanf" for
 * "__isoc99_sscanf", "printf" for "__printf_chk" and "__builtin_printf". Any
 * other symbol is returned as it is. Lives as long as its argument. */
const char *naming_canonical(const char *symbol);

/* FILE without leading "./" and with inner "/./" and "dir/../" taken out, into out. */
void naming_tidy_path(const char *file, char *out, size_t size);

/* What is equal for two descriptions of one function (see struct
 * thimble_function). For internal linkage, main_file says that the definition
 * stands in the unit's main source file: then the whole path counts; a header's
 * function counts by the header's last name, since units spell its path
 * differently. */
void naming_identity(bool internal, bool main_file, const char *symbol, const char *file,
                     uint32_t line, const char *name, char *out, size_t size);

#endif
