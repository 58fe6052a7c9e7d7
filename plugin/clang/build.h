/* build.h: making nodes of Clang's syntax tree, as if the source had said so. */
#ifndef THIMBLE_CLANG_BUILD_H
#define THIMBLE_CLANG_BUILD_H

#include "clang.h"

clang::Expr *build_number(struct unit *, clang::QualType, uint64_t value, clang::SourceLocation);
/* The variable or function itself, an lvalue. */
clang::Expr *build_reference(struct unit *, clang::ValueDecl *, clang::SourceLocation);
clang::Expr *build_cast(struct unit *, clang::QualType, clang::CastKind, clang::Expr *);
/* What stands in an lvalue. */
clang::Expr *build_load(struct unit *, clang::Expr *lvalue);
/* The variable's or function's address, as a pointer of that type. */
clang::Expr *build_address(struct unit *, clang::ValueDecl *, clang::QualType pointer,
                           clang::SourceLocation);
clang::Expr *build_subscript(struct unit *, clang::Expr *array, uint64_t index,
                             clang::QualType element, clang::SourceLocation);
/* A call through a pointer to a function. */
clang::Expr *build_call(struct unit *, clang::Expr *pointer, llvm::ArrayRef<clang::Expr *> args,
                        clang::QualType result, clang::SourceLocation);
/* POINTER ? YES : NO, where NO is expected. */
clang::Expr *build_choice(struct unit *, clang::Expr *pointer, clang::Expr *yes, clang::Expr *no);
clang::Expr *build_parentheses(struct unit *, clang::Expr *);
clang::Expr *build_nothing(struct unit *, clang::SourceLocation);

clang::QualType build_array_type(struct unit *, clang::QualType element, uint32_t count);
clang::Expr *build_list(struct unit *, clang::QualType, llvm::ArrayRef<clang::Expr *> values,
                        clang::SourceLocation);
/* A struct of these members, with or without names. */
clang::RecordDecl *build_record(struct unit *, const char *name, llvm::ArrayRef<clang::QualType>,
                                const char *const *names = nullptr);
/* The node in a block that declares the variables; an expression stays one. */
clang::Stmt *build_block(struct unit *, llvm::ArrayRef<clang::VarDecl *>, clang::Stmt *node);

/* What is evaluated one after another, as one expression whose value is the last step's.
 * A step that is a temporary is evaluated there, and stands for its value in the steps
 * behind it. `written` is what the source says in place of all this. */
struct sequence {
    llvm::SmallVector<clang::Expr *, 8> steps;
};

clang::Expr *build_temporary(struct unit *, struct sequence *, clang::Expr *value);
clang::Expr *build_sequence(struct unit *, const struct sequence *, clang::Expr *last,
                            clang::Expr *written);

#endif
