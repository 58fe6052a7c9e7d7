/* thimble/repr.h: any value as C source.
 *
 *     print_repr(spot);    spot = (struct animal){.name = "Spot", .grams = 3}
 *
 * A repr is C that initialises an object of the same type to an equal value. Memory is
 * read in a way that cannot fault: a wild pointer, a cycle, a huge array have a form too.
 * A type's own `const char *repr_NAME(const struct NAME *)` speaks for it, wherever in
 * the program it stands.
 */
#ifndef THIMBLE_REPR_H
#define THIMBLE_REPR_H

#pragma GCC system_header

#include <thimble/base.h>

/* The value as C source. The string lives until the test ends. Follows repr(). */
#define thimble_repr(...) \
    thimble_repr_of((struct thimble_value)THIMBLE_OBJECT_((__VA_ARGS__)))
THIMBLE_API const char *thimble_repr_of(struct thimble_value value);

/* One line a value, "text = repr", to standard output; up to 16 values. */
#define thimble_print_repr(...) \
    thimble_print_repr_of(#__VA_ARGS__, THIMBLE_VALUES_(THIMBLE_OBJECT_, 0, __VA_ARGS__))
THIMBLE_API void thimble_print_repr_of(const char *operands, size_t count,
                                       const struct thimble_value *values);

/* printf, and %r for the repr of a value of any type; up to 16 values. Returns the number
 * of bytes written, or a negative number with errno. A format that is a literal is
 * checked when the unit is compiled. */
#define thimble_reprf(...)                                \
    thimble_reprf_of(THIMBLE_FIRST_(__VA_ARGS__, ), \
                     THIMBLE_VALUES_(THIMBLE_OBJECT_, __VA_ARGS__), __FILE__, __LINE__)
THIMBLE_API int thimble_reprf_of(const char *format, size_t count,
                                 const struct thimble_value *values, const char *file, int line);

/* How many pointers are followed from a value on: 3 unless said; 0 follows none, but for
 * strings. Until the test ends. */
THIMBLE_API void thimble_repr_set_depth(unsigned depth);

/* About how many bytes a repr may have before the rest is left out: 8192 unless said.
 * Until the test ends. */
THIMBLE_API void thimble_repr_set_limit(size_t bytes);

#ifndef THIMBLE_PREFIXED_ONLY
#define repr thimble_repr
#define print_repr thimble_print_repr
#define reprf thimble_reprf
#define repr_set_depth thimble_repr_set_depth
#define repr_set_limit thimble_repr_set_limit
#endif

#endif
