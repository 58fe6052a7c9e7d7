/* naming.h: what names mean: tests, and which function a name is about. */
#ifndef CORE_NAMING_H
#define CORE_NAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <thimble/abi.h>

/* Whether a function of this name is a test if its signature is one's. */
bool naming_is_test(const char *prefix, const char *name);

/* Whether the name means something to the tests of its unit: setup*, teardown*, setUp,
 * tearDown and their Module forms, *fixture_*, cases_*. */
bool naming_serves_tests(const char *name);

/* Whether a function of this name is a fixture if its signature is one's, and of what kind.
 * `value` gets the name of the value that it makes or takes, in `name`; "" for none. */
bool naming_is_fixture(const char *name, enum thimble_fixture_kind *kind, const char **value);
/* Whether fixtures of this kind make a value. */
bool naming_makes_value(enum thimble_fixture_kind kind);

/* For cases_test_NAME, with that prefix, the test's name in it; else null. */
const char *naming_test_of_cases(const char *prefix, const char *name);

/* The function that the header's blocks call in the function that they stand in: that one
 * may go on there a second time, by a jump, and its locals have to be right then. */
bool naming_comes_back(const char *callee);

/* For repr_NAME and equal_NAME, by which a type speaks for itself, the place of NAME in
 * it; else null. */
const char *naming_type_spoken_for(const char *name);

/* Any of these: a reader reads these functions first of all, so that they stand in their order. */
bool naming_matters(const char *prefix, const char *name);
/* Whether it counts that the unit calls a function of this name, or takes its address. */
bool naming_use_counts(const char *prefix, const char *name);

/* The function main that a program starts with. */
bool naming_is_program_main(const char *name, bool internal, bool nested);

/* The function that <thimble.h> declares and no library has: a call of it is for the
 * plugin to replace, and a unit that declares it includes the header. */
#define NAMING_MARKER "thimble_this_file_needs_the_compiler_flag_fplugin_thimble"
bool naming_is_marker(const char *name);

/* Whether the macro assert whose first parameter and whose expansion these are does not
 * look at what is asserted. A parameter "..." is __VA_ARGS__ in the expansion. */
bool naming_assert_emptied(const char *parameter, const char *body);

/* A function's name as users know it: "printf" for "__builtin_printf". */
const char *naming_function(const char *name);

/* The name by which users know libc's symbol: "open" for "open64", "sscanf" for
 * "__isoc99_sscanf", "printf" for "__printf_chk" and "__builtin_printf". Any
 * other symbol is returned as it is. Lives as long as its argument. */
const char *naming_canonical(const char *symbol);

/* The arguments that fortify's function has and the plain one has not, as bits: 1 << 1 |
 * 1 << 2 for "__sprintf_chk", whose format is its fourth. 0 for any other symbol. */
unsigned naming_added_arguments(const char *symbol);

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
