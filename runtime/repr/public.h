/* public.h: what the public functions of repr share. */
#ifndef REPR_PUBLIC_H
#define REPR_PUBLIC_H

#include "../base/text.h"
#include "repr.h"
#include <thimble/base.h>

/* A text that is written to somewhere else when it is done. */
struct draft {
    struct text text;
    struct kept_text *kept; /* where its memory is taken from, or null */
};
struct draft _thimble_new_draft(void);
void _thimble_drop_draft(struct draft *);

/* Appends the value as repr shows it. */
void _thimble_put_value_of(struct text *, const struct thimble_value *);

#endif
