/* diff.h: in what two objects differ, for people. Where one thing differs:
 *
 *     spot.list[2].name     = "Jojo"
 *     expected.list[2].name = "Joja"
 *                                 ^
 *
 * Where several members or elements of one object do, or an element of an array:
 *
 *     - spot
 *     + expected
 *         .name = "Spot"
 *     -   .legs = 4
 *     +   .legs = 3
 *
 * The two sides are named by the operands as written, first what was written first.
 */
#ifndef REPR_DIFF_H
#define REPR_DIFF_H

#include "equal.h"

/* Appends lines, each with a newline and two spaces in front, about a comparison that
 * found a difference. The operands are as the test spells them. */
void _thimble_put_difference(struct text *, struct comparison *, const char *const operands[2]);

/* Appends a line for each value that differs, `label = value`, aligned, and none for a
 * value that is spelled as its label; with an empty label the value alone. */
void _thimble_put_labelled(struct text *, size_t count, const char *const *labels,
                           const char *const *values);

#endif
