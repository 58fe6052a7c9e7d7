/* spelling.h: the operands of the header's macros, as the test spells them. */
#ifndef REPR_SPELLING_H
#define REPR_SPELLING_H

#include "../base/text.h"
#include <thimble/base.h>

/* Whether the value is a struct of that tag, which stands for something else. */
bool _thimble_value_is(const struct thimble_value *, const char *tag);

/* The value as the test spells it, shortened: without the parentheses that macros
 * put around it, NULL and ANY by their names. */
void _thimble_put_spelling(struct text *, const struct thimble_value *);

#endif
