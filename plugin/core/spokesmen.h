/* spokesmen.h: repr_NAME and equal_NAME, by which a type speaks for itself. */
#ifndef CORE_SPOKESMEN_H
#define CORE_SPOKESMEN_H

#include "model.h"

/* Gives each a symbol. */
void spokesmen_find(struct model *);

#endif
