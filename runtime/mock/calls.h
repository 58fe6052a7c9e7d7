/* calls.h: what a mock was called with, as it was when it was called. */
#ifndef MOCK_CALLS_H
#define MOCK_CALLS_H

#include "keep.h"
#include "signature.h"

/* One call. Its arguments follow what is recorded, laid out as its signature says. */
struct call {
    struct call *older; /* of the same mock */
    size_t number;      /* of those, with this one */
    uint64_t order;     /* among the calls of all mocks */
    const struct signature *signature;
    char *arguments;
    size_t recorded_count;
    struct recorded recorded[]; /* what the arguments' pointers led to */
};

/* The calls of one mock. Any number of threads may add to them. */
struct calls {
    struct call *_Atomic newest;
    _Atomic size_t not_kept; /* there were too many */
};

void _thimble_calls_reset(struct calls *);

/* Keeps a call's arguments, each at the address where `arguments` says; the signature is the
 * call's own, and stays for as long. Allocates test memory; saves no errno. */
void _thimble_record(struct calls *, const struct signature *, void *const *arguments);

/* All that were made, those too that were not kept. */
size_t _thimble_call_count(const struct calls *);

/* The calls in the order in which they were made, in test memory, and how many. */
const struct call **_thimble_calls(const struct calls *, size_t *count);

/* Argument number i of a call. */
struct kept_value _thimble_argument(const struct call *, size_t i);

#endif
