/* answers.h: what a mock does when it is called.
 *
 * An answer is made whole and then published: a call that is made while the mock is told
 * something else sees the old one or the new one. A mock that was told nothing has none.
 */
#ifndef MOCK_ANSWERS_H
#define MOCK_ANSWERS_H

#include "forwarding.h"
#include "signature.h"
#include "target.h"
#include <stdatomic.h>

struct mock;
struct set;

enum answer_kind {
    ANSWER_ZERO, /* there may be sets */
    ANSWER_VALUE,
    ANSWER_VALUES, /* one a call */
    ANSWER_EFFECT,
    ANSWER_REAL,
    ANSWER_EXIT,
    ANSWER_ABORT
};

/* Lives in test memory. */
struct answer {
    enum answer_kind kind;
    struct place place;     /* where the mock was told so */
    const char *text;       /* what it is called there */
    const char *values;     /* VALUE, VALUES: widened, each as a slot of the size below */
    size_t count;           /* VALUES */
    _Atomic size_t *next;   /* VALUES: that of the next call */
    int error;              /* VALUE: for errno, or 0 */
    int status;             /* EXIT */
    void (*function)(void); /* EFFECT, REAL */
    const struct forwarding *forwarding;
    const struct set *sets;
};

/* A call that is being made of a mock. */
struct invocation {
    const struct signature *signature; /* the call's own */
    void *const *arguments;            /* by that signature */
    ffi_cif *cif;                      /* the closure's, and what that received */
    void **received;
    void *returned;
};

/* Room for one returned value as the library wants it. */
size_t _thimble_slot_size(const struct signature *);
/* Copies a value of the returned type there. */
void _thimble_widen(const struct signature *, const void *value, void *slot);

/* Does it. May leave by a jump, or end the process; errno is the caller's, or what the answer
 * makes of it. */
void _thimble_answer(const struct mock *, const struct answer *, const struct invocation *);

/* From now on the mock does this; the sets that it was told stay. */
void _thimble_tell(struct mock *, const struct answer *);
/* The same of a set, beside what the mock does. */
void _thimble_tell_set(struct mock *, const struct set *);

/* ---- sets.c ---- */

struct set {
    const struct set *next;
    struct place place;
    const char *text; /* the mock, as it is called there */
    const char *name; /* of the parameter */
    size_t parameter;
    const void *bytes; /* what is written; null where the type is known in a call only: then */
    size_t size;
    struct thimble_value value; /* it is this, the object behind it copied; else its text alone */
};

/* Writes what the sets say. Fails where that cannot be. */
void _thimble_write_sets(const struct set *, const struct invocation *);

/* ---- set_bytes.c ---- */

/* Makes the set's bytes of the value, for the set's parameter. False where that cannot be; why
 * then holds a sentence. */
bool _thimble_make_set(struct set *, const struct signature *, const struct thimble_value *,
                       struct text *why);

#endif
