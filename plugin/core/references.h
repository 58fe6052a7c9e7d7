/* references.h: what a unit's code refers to, to tell what is there anyway from what would come
 * into the object file only because we speak of it.
 *
 * A static function's address is something to speak of carefully: compilers leave out a static
 * function that nobody calls, or whose calls were all inlined, and what it refers to is not
 * missed at the link.
 */
#ifndef CORE_REFERENCES_H
#define CORE_REFERENCES_H

#include "model.h"

/* Functions and variables go by the compiler's keys, under which the model knows the functions.
 * These two are nobody's: code or data that is there in any case; and what another unit defines,
 * or nobody. */
#define REFERENCES_ROOT UINT64_C(0)
#define REFERENCES_FOREIGN UINT64_C(1)

/* One refers to the other, where that may happen: not behind a condition that is a constant
 * and false. Whatever is not sure to exist is foreign, behind such a condition too. */
void references_add(struct model *, uint64_t from, uint64_t to);
/* The compiler takes out what it can; else only what is never referred to. */
void references_optimized(struct model *);

/* Gives functions of internal linkage that have a slot and are defined in the main source file a
 * symbol, where no link can fail for that. Behind all that gives symbols for other reasons. */
void references_give_symbols(struct model *);

#endif
