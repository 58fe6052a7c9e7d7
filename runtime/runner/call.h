/* call.h: calling functions of the user's, whatever their types: tests, fixtures, set-ups.
 */
#ifndef RUNNER_CALL_H
#define RUNNER_CALL_H

#include <ffi.h>

#include "../base/text.h"
#include "../registry/registry.h"

/* What a function may have of them. */
#define MOST_PARAMETERS 64

struct call {
    const struct unit *unit;
    const struct thimble_function *function;
    const void *address;
    uint32_t count; /* of its parameters */
    size_t returned_size;
    ffi_cif *cif; /* null where it takes and returns nothing */
};

/* Prepares calls of a function that has a symbol. False, with the reason in `why` ("cannot
 * pass …"), where its type can't be passed. */
bool _thimble_prepare_call(struct call *, const struct unit *, const struct thimble_function *,
                           struct text *why);

const struct thimble_type *_thimble_call_type(const struct call *);
const struct thimble_member *_thimble_call_parameter(const struct call *, uint32_t i);

/* Calls one that takes and returns nothing, a struct call; for _thimble_guarded. */
void _thimble_call_plain(void *call);

/* `arguments` point to the values. `returned` has room for returned_size bytes, rounded up
 * to a register's, and may be null where that is 0. */
void _thimble_make_call(const struct call *, void *const *arguments, void *returned);

#endif
