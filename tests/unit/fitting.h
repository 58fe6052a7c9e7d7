/* fitting.h: which constants a type holds: what the compiler refuses (plugin/core/converts.c) and
 * what a test refuses when it runs (runtime/mock/convert.c) is the same. */
#ifndef UNIT_FITTING_H
#define UNIT_FITTING_H

#include <limits.h>
#include <math.h>

/* X(TO, FROM, FROM's C type, value, whether it fits) */
#define FITTING_INTEGERS(X)                                                                        \
    X(uchar, int_, int, 255, true)                                                                 \
    X(uchar, int_, int, 256, false)                                                                \
    X(uchar, int_, int, -128, true)                                                                \
    X(uchar, int_, int, -129, false)                                                               \
    X(schar, int_, int, 127, true)                                                                 \
    X(schar, int_, int, 255, true)                                                                 \
    X(schar, int_, int, -128, true)                                                                \
    X(schar, int_, int, -129, false)                                                               \
    X(uint, int_, int, -1, true)                                                                   \
    X(int_, long_, long, 4294967295, true)                                                         \
    X(int_, long_, long, 4294967296, false)                                                        \
    X(int_, long_, long, -2147483649, false)                                                       \
    X(ulong, long_, long, LONG_MIN, true)                                                          \
    X(long_, long_, long, LONG_MIN, true)                                                          \
    X(bool_, int_, int, 2, true)                                                                   \
    X(bool_, int_, int, -1, true)                                                                  \
    X(float_, int_, int, INT_MIN, true)

#define FITTING_REALS(X)                                                                           \
    X(int_, double_, double, 2.0, true)                                                            \
    X(int_, double_, double, -2.0, true)                                                           \
    X(int_, double_, double, 2.5, false)                                                           \
    X(int_, double_, double, 1e10, false)                                                          \
    X(int_, double_, double, (double)NAN, false)                                                   \
    X(int_, double_, double, (double)INFINITY, false)                                              \
    X(ulong, double_, double, 1e19, true)                                                          \
    X(ulong, double_, double, 18446744073709551616.0, false)                                       \
    X(uchar, double_, double, -128.0, true)                                                        \
    X(bool_, double_, double, 0.5, true)                                                           \
    X(float_, double_, double, 0.1, true)                                                          \
    X(float_, double_, double, 1e300, false)                                                       \
    X(float_, double_, double, (double)INFINITY, true)                                             \
    X(double_, double_, double, 1e300, true)

#endif
