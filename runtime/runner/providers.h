/* providers.h: finding who provides a parameter, and saying why nobody does. */
#ifndef RUNNER_PROVIDERS_H
#define RUNNER_PROVIDERS_H

#include "fixtures.h"

struct built_in {
    const char *name;
    int kind; /* of its source */
    enum thimble_type_kind target;
    const char *tag;
    const char *declaration;
};

#define BUILT_INS 2
extern const struct built_in _thimble_built_ins[BUILT_INS];
const struct built_in *_thimble_find_built_in(const char *name);
bool _thimble_takes_built_in(const struct unit *, uint32_t type, const struct built_in *);

/* Of the unit's own, or of the others'. Of those there may be several: then `second` is set
 * to another, else to null. */
struct fixture *_thimble_find_fixture(const struct unit *, const char *name, bool own,
                                      struct fixture **second);
/* A static function of a header is one fixture, however many units hold a copy. */
struct fixture *_thimble_first_copy(struct fixture *);

const struct unit *_thimble_fixture_unit(const struct fixture *);

/* ---- Each appends "FILE:LINE: parameter 'NAME' of FUNCTION: why" ---- */

void _thimble_nobody_provides(struct text *, const struct call *, const char *parameter);
void _thimble_another_type(struct text *, const struct call *, const struct thimble_member *,
                           const char *name, const struct fixture *);
void _thimble_another_built_in(struct text *, const struct call *, const struct thimble_member *,
                               const struct built_in *);
void _thimble_two_provide(struct text *, const struct call *, const char *name,
                          const struct fixture *, const struct fixture *);
void _thimble_lives_too_short(struct text *, const struct call *, const char *name, enum lifetime);
void _thimble_in_a_circle(struct text *, const struct call *, const char *name,
                          const struct fixture *);
void _thimble_end_takes_another(struct text *, const struct call *end, const struct fixture *);

#endif
