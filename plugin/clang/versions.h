/* versions.h: what is spelled otherwise from one LLVM to the next, by one name. */
#ifndef THIMBLE_CLANG_VERSIONS_H
#define THIMBLE_CLANG_VERSIONS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Version.h"

#if CLANG_VERSION_MAJOR >= 18
static const auto normal_array = clang::ArraySizeModifier::Normal;
static const auto ordinary_string = clang::StringLiteralKind::Ordinary;
#elif CLANG_VERSION_MAJOR >= 15
static const auto normal_array = clang::ArrayType::Normal;
static const auto ordinary_string = clang::StringLiteral::Ordinary;
#else
static const auto normal_array = clang::ArrayType::Normal;
static const auto ordinary_string = clang::StringLiteral::Ascii;
#endif

static inline clang::QualType record_type(const clang::ASTContext &context,
                                          const clang::RecordDecl *record) {
#if CLANG_VERSION_MAJOR >= 22
    return context.getCanonicalTagType(record);
#else
    return context.getRecordType(record);
#endif
}

#if CLANG_VERSION_MAJOR >= 17
#include "llvm/Frontend/Debug/Options.h"
namespace debugging = llvm::codegenoptions;
#else
#include "clang/Basic/DebugInfoOptions.h"
namespace debugging = clang::codegenoptions;
#endif

/* The priority of a constructor is an expression in some and a number in others. */
struct priority {
    clang::Expr *expression;
    int number;
    operator clang::Expr *() const {
        return expression;
    }
    operator int() const {
        return number;
    }
};

/* A compound statement remembers pragmas about floating point since 15. */
static inline clang::CompoundStmt *create_compound(clang::ASTContext &context,
                                                   llvm::ArrayRef<clang::Stmt *> body,
                                                   clang::SourceLocation start,
                                                   clang::SourceLocation end) {
#if CLANG_VERSION_MAJOR >= 15
    return clang::CompoundStmt::Create(context, body, clang::FPOptionsOverride(), start, end);
#else
    return clang::CompoundStmt::Create(context, body, start, end);
#endif
}

#endif
