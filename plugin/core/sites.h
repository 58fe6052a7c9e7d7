/* sites.h: what is known of a function's sites when all of it was read: whose the blocks are,
 * the function's or its caller's, and what they hold. And which calls may pass a block on.
 *
 * A wrapper returns `void *` or `char *` and takes the size from a parameter of its own
 * (xmalloc): whose the block is, its caller knows. A function that knows the type is the site
 * itself, whatever it returns.
 */
#ifndef CORE_SITES_H
#define CORE_SITES_H

#include "allocators.h"
#include "flow.h"
#include "model.h"

/* A call, direct or through a pointer, as far as it counts for whether the block that another
 * function made comes out of it. */
struct passing {
    bool through_pointer;
    bool returns_block;  /* the declared result is void * or char *, behind typedefs */
    bool takes_number;   /* a parameter is an integer (no _Bool, no char, no enum) */
    bool system;         /* declared in a system header */
    bool builtin;        /* known to the compiler by its name */
    bool noreturn, pure; /* attributes; const is pure */
    bool must_tail;      /* the call has to be a tail call */
    bool itself;         /* the function calls itself: what comes out of it, its caller is told */
    bool interposable;   /* another function of the name may stand in for it: it is weak */
    uint64_t key;        /* the callee's, as for model_function_find */
};

/* Fills in *out and returns true if the call may pass a block on. */
bool sites_passes(const struct options *, const struct model *, const struct passing *,
                  struct allocator *out);

/* A function's body. */
struct site_function {
    uint64_t key;
    bool returns_block; /* as above */
    bool returns_pointer;
    bool takes_number;
    bool internal;     /* of internal linkage */
    bool takes_holder; /* a parameter is a void ** or char ** */
};

/* Whether it is to be told where the function's numbers and blocks go: it may be a wrapper. */
bool sites_may_wrap(const struct site_function *);
/* Whether what it stores where such a parameter points to is returned, too: the static helper of
 * a wrapper gives the block to it in that way. */
bool sites_returns_by_holder(const struct site_function *);

/* A call in it that has a site. */
struct site_call {
    uint32_t site; /* the model's */
    const void *node;
    struct allocator allocator;
    struct pointed result;   /* what the callee's own result points to */
    struct pointed measured; /* what the last sizeof in its arguments is about */
    bool multiplied;         /* the size is a product, or there is a count */
};

struct site_calls {
    struct site_call *list;
    size_t count, capacity;
};

void sites_add(struct site_calls *, const struct site_call *);

/* The index in the model of a type that the reader gave. */
typedef uint32_t sites_read_type(void *context, const void *type);

/* The function was read as a whole: gives its sites their types and flags. `text` is what
 * strings are of. */
void sites_finish(struct model *, const struct site_function *, struct flow *,
                  const struct site_calls *, const struct pointed *text, sites_read_type *,
                  void *context);

#endif
