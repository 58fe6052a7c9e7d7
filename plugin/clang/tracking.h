/* tracking.h: what flows.cc, sites.cc and the walk share of a function until all of it was
 * walked. */
#ifndef THIMBLE_CLANG_TRACKING_H
#define THIMBLE_CLANG_TRACKING_H

#include "clang.h"

struct tracking {
    struct unit *unit;
    const clang::FunctionDecl *function;
    struct site_function facts;
    bool may_wrap;
    struct flow flow;
    struct site_calls calls;
};

/* ---- flows.cc ---- */

struct pointed pointed_to(clang::QualType target); /* null is none */
struct pointed pointed_by(clang::QualType pointer);
struct site_function read_site_function(const clang::FunctionDecl *);
/* decl is null for a call through a pointer. */
struct passing read_passing(struct tracking *, const clang::CallExpr *,
                            const clang::FunctionDecl *decl);
/* What the node says of where values go; what is below it is not looked at. */
void note_flow(struct tracking *, const clang::Stmt *node);
void note_initializer(struct tracking *, const clang::VarDecl *);
void note_asked(struct tracking *, const clang::CallExpr *, const struct allocator *);
/* Where the call puts the block's address. */
void note_holder(struct tracking *, const clang::CallExpr *, const clang::Expr *holder);

/* ---- sites.cc ---- */

void tracking_begin(struct tracking *, struct unit *, const clang::FunctionDecl *function);
void tracking_end(struct tracking *);
/* Whether the call is a site. */
bool find_site(struct tracking *, const clang::CallExpr *, const clang::FunctionDecl *decl,
               struct allocator *out);
/* The direct call, with what the tracker is told before and behind it. `decl` is the function
 * that the call is about, or null. */
clang::Expr *build_tracked(struct tracking *, clang::CallExpr *, clang::QualType measured,
                           const clang::FunctionDecl *decl, const struct allocator *);
/* The type whose sizeof stands in the arguments, or null: to be asked before these are rewritten
 * away. */
clang::QualType measured_type_of(const clang::CallExpr *);

#endif
