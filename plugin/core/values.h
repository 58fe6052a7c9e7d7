/* values.h: what the functions of <thimble.h> ask of the values that they are given:
 * whether C could compare them, whether a format says what they are. */
#ifndef CORE_VALUES_H
#define CORE_VALUES_H

#include "model.h"

enum values_rule {
    VALUES_ANY,
    VALUES_COMPARABLE, /* assert_equal, expect_equal */
    VALUES_CLOSE,      /* assert_close */
    VALUES_FORMATTED   /* reprf */
};

/* What the header's function of this name asks of its arguments that are a struct
 * thimble_value. */
enum values_rule values_rule(const char *callee);

/* Whether values of these types do. `format` is the text of the format where it is a
 * literal, else null. False with what is wrong in `message`. */
bool values_fit(const struct model *, enum values_rule, const char *format, const uint32_t *types,
                size_t count, char *message, size_t size);

#endif
