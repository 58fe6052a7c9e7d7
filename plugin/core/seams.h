/* seams.h: which calls become seams. */
#ifndef CORE_SEAMS_H
#define CORE_SEAMS_H

#include "options.h"

/* A direct call as a reader sees it. */
struct call {
    const char *name;   /* of the callee as the source spells it */
    const char *symbol; /* the linker's name: "malloc" for "__builtin_malloc" */
    const char *file;   /* where the callee is declared */
    bool system;        /* and that is a system header */
    bool internal;      /* the callee has internal linkage */
    bool defined;       /* has a body in this unit, so far as is known at the call */
    bool builtin;       /* the compiler knows the function by its name */
    bool intrinsic;     /* the compiler says: a built-in without a library function */
    bool returns_twice; /* setjmp and its like, vfork */
    bool always_inline;
    bool forbidden; /* attribute error or warning */
    bool must_tail; /* the call has to be a tail call */
};

enum seam_decision {
    SEAM_YES,
    SEAM_NO,
    SEAM_ASSERT /* a failed assert: always goes through a slot where asserts=on */
};

/* Decides from the declaration alone: where a compiler rewrites, the callee's
 * body is often yet to come. */
enum seam_decision seams_decide(const struct options *, const struct call *);

/* A function that is told the place of a macro's call: where __LINE__ is an argument, the
 * line of the macro's name is meant. */
bool seams_takes_place(const char *symbol);

/* Whether the calls inside a function's body are looked at. */
bool seams_rewrite_body(bool in_system_header);

/* What is promised of the real function (that it never gets or returns null) is not
 * promised of another: the attributes that the type of a replacement must not keep, with a
 * null behind the last. That the function does not return it keeps: the runtime sees to it. */
const char *const *seams_promises(void);

#endif
