/* passing.h: how the closure library is told of a type that is passed by value. */
#ifndef MOCK_PASSING_H
#define MOCK_PASSING_H

#include "../registry/registry.h"
#include <ffi.h>

/* Lives as long as the process. Null for what the library cannot pass: *why then
 * ends a sentence about the type: "is packed". */
ffi_type *_thimble_passing(const struct unit *, uint32_t type, const char **why);

/* The same for a struct or union with unions or bit-fields in it, which the
 * library has no notion of: as one number for each of the eight bytes that the
 * machine's calling convention looks at. */
ffi_type *_thimble_passing_by_eightbytes(const struct unit *, const struct thimble_type *,
                                         const char **why);

/* A struct of the library's with room for that many elements. */
ffi_type *_thimble_passed_struct(const struct thimble_type *, size_t elements);

#endif
