/* target.h: what a name in patch(f, …) or mock(f) is about. */
#ifndef MOCK_TARGET_H
#define MOCK_TARGET_H

#include "../base/text.h"
#include "../registry/registry.h"
#include <stdarg.h>
#include <thimble/base.h>

/* A line of the test's and what it does there: "patch". */
struct place {
    const char *file;
    int line;
    const char *verb;
};

/* A function, whose calls in all units are replaced; or a pointer, which is
 * replaced itself. */
struct target {
    const char *identity; /* interned; null for a pointer */
    void **pointer;
    const char *text;        /* as the user wrote it */
    const char *name;        /* interned; as it stands in front of a call's arguments */
    const struct unit *unit; /* whose description of its type is the best */
    uint32_t type;           /* a FUNCTION of that unit */
    bool noreturn;
};

/* Fails at the place where the name names nothing. */
struct target _thimble_target(struct place, struct thimble_name);

/* Chooses the best description of the function anew; false where no unit but
 * `without` has one. */
bool _thimble_describe_target(struct target *, const struct unit *without);

/* Fails with "VERB(NAME): …". */
void _thimble_fail_target(struct place, const char *text, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));

/* Whether the function has a slot in this unit, the place of which is then in
 * *slot. There may be several descriptions of one function: begin with *at = 0. */
bool _thimble_next_slot(const struct unit *, const char *identity, uint32_t *at, void ***slot);

/* ---- no_seam.c ---- */

/* Fails because no call of it goes through a slot, or the pointer cannot be written to. */
void _thimble_fail_no_seam(struct place, const struct target *) __attribute__((noreturn));

/* Fails because none that stands in that file does. */
void _thimble_fail_not_called_from(struct place, const struct target *, const char *source)
    __attribute__((noreturn));

/* The files that call it through a seam, "main.c, zoo.c"; in front of the first one `before`. */
void _thimble_put_callers(struct text *, const char *before, const struct target *);

/* ---- agree.c ---- */

/* Fails with both prototypes where the type, a FUNCTION, is known and another than the
 * function's; `what` is of that type: "the replacement". */
void _thimble_must_agree(struct place, const struct target *, struct thimble_ref type,
                         const char *what);

/* ---- near.c ---- */

/* The names that are spelled almost like another, the nearest first. */
struct near {
    const char *names[4];
    size_t distances[4];
    size_t count;
};
void _thimble_near_add(struct near *, const char *name, size_t distance);
/* Adds a name that is spelled like the other, but for the very same. */
void _thimble_near_consider(struct near *, const char *wanted, const char *name);

/* Appends "\n  near: a, b", or nothing where there are none. */
void _thimble_put_near_names(struct text *, const struct near *);

/* The same with the names of functions with slots. */
void _thimble_put_near(struct text *, const char *name);

#endif
