/* references.h: where static functions are.
 *
 * Nobody but its unit can name a static function, so the unit says where it is, for spies and
 * real_as. That has to be done with care: compilers leave out a static function that nobody
 * calls, or whose calls were all inlined or dead, and what it refers to is not missed at the
 * link. Where the optimizer works, only the calls themselves tell, at a place that it drops
 * together with them. Elsewhere the function's address stands in the table of symbols, if it is
 * referred to from what is there anyway.
 */
#ifndef CORE_REFERENCES_H
#define CORE_REFERENCES_H

#include "model.h"

/* The compiler takes out what it can; else only what is never referred to. Call it before
 * the first function is looked at. */
void references_optimized(struct model *);

/* Whether a seam of the function is to tell where that is. */
bool references_told(struct model *, uint32_t function);

/* Functions and variables go by the compiler's keys, under which the model knows the functions.
 * This one is nobody's: code or data that is there in any case. */
#define REFERENCES_ROOT UINT64_C(0)

/* One refers to the other, where that may happen: not behind a condition that is a constant
 * and false. */
void references_add(struct model *, uint64_t from, uint64_t to);

/* Gives the functions that no seam tells of their symbols. Behind all that gives symbols for
 * other reasons. */
void references_give_symbols(struct model *);

#endif
