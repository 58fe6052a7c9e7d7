/* operands.h: the values of an assert's operands, between the unit that hands them over
 * and the function that reports the failure. */
#ifndef CHECK_OPERANDS_H
#define CHECK_OPERANDS_H

#include "../base/text.h"

/* Appends a line for each operand that this thread was handed over last, "\n  text =
 * repr", and forgets them. */
void _thimble_put_operands(struct text *);

#endif
