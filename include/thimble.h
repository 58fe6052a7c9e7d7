/* thimble.h: tests, mocks and leaks for C, from one compiler flag.
 *
 *     #include <thimble.h>
 *     #include <time.h>
 *
 *     void test_opens_at_nine(void) {
 *         mock_return(time, 9 * 3600);
 *         assert(zoo_is_open());
 *         assert_called_once_with(time, NULL);
 *     }
 *
 * Everything has a name that begins with thimble_; the short names are macros
 * for those, unless THIMBLE_PREFIXED_ONLY is defined. Any compiler reads this
 * header; what it declares works in a unit compiled with -fplugin=thimble.so.
 *
 * Including it undefines NDEBUG, so that `assert` stays alive in this unit, also
 * where <assert.h> is included again later. Include headers whose structs
 * depend on NDEBUG before it.
 */
#ifndef THIMBLE_H
#define THIMBLE_H

#pragma GCC system_header

#undef NDEBUG
#include <assert.h>

#include <thimble/abi.h>
#include <thimble/base.h>
#include <thimble/called.h>
#include <thimble/check.h>
#include <thimble/debug.h>
#include <thimble/memory.h>
#include <thimble/mock.h>
#include <thimble/patch.h>
#include <thimble/repr.h>
#include <thimble/run.h>

#endif
