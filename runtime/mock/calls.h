/* calls.h: what a mock was called with, as it was when it was called. */
#ifndef MOCK_CALLS_H
#define MOCK_CALLS_H

#include "keep.h"
#include "signature.h"
#include <stddef.h>

/* One call. Small: a test may make a million. */
struct call {
    struct call *older; /* of the same mock */
    uint64_t order;     /* among the calls of all mocks */
    const struct signature *signature;
    uint32_t number; /* of the mock's calls, with this one */
    uint32_t recorded_count;
    uint64_t returned; /* as the library wants it, where it is not larger */
    _Atomic bool has_returned;
    /* Laid out as the signature says. Behind them lies what is recorded of what they point to. */
    _Alignas(max_align_t) char arguments[];
};

/* The calls of one mock. Any number of threads may add to them. */
struct calls {
    struct call *_Atomic newest;
    _Atomic size_t not_kept; /* there were too many */
};

void _thimble_calls_reset(struct calls *);

/* The calls that the unit describes are described by the signature from now on, which has the
 * same parameters, or the first of them: the unit leaves. */
void _thimble_calls_redescribe(struct calls *, const struct unit *, const struct signature *);

/* Keeps a call's arguments, each at the address where `arguments` says; the signature is the
 * call's own, and stays for as long. Null: there were too many. Allocates test memory; saves
 * no errno. */
struct call *_thimble_record(struct calls *, const struct signature *, void *const *arguments);

/* The call has returned what is there; the signature is the mock's. */
void _thimble_record_returned(struct call *, const struct signature *, const void *returned);

/* All that were made, those too that were not kept. */
size_t _thimble_call_count(const struct calls *);

/* The calls in the order in which they were made, in test memory, and how many. */
const struct call **_thimble_calls(const struct calls *, size_t *count);

/* Argument number i of a call. */
struct kept_value _thimble_argument(const struct call *, size_t i);

#endif
