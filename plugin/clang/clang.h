/* clang.h: what the files of this folder share.
 *
 * Clang hands each declaration to its code generator as soon as it is parsed. The
 * plugin holds them back until the unit ends (plugin.cc). Then, before code is made of
 * the first, it does its work in one go, as the GCC plugin does: it reads every
 * function (reader.cc), rewrites its calls (rewriter.cc) and adds the unit's
 * descriptors (emitter.cc), all of it in the syntax tree. Only in older Clangs frame
 * pointers and lines take a pass (passes.cc).
 *
 * All that is decided here is how Clang says a thing. What it means is decided in
 * plugin/core.
 */
#ifndef THIMBLE_CLANG_H
#define THIMBLE_CLANG_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/Stmt.h"
#include "clang/AST/Type.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

extern "C" {
#include "allocators.h"
#include "call_graph.h"
#include "call_types.h"
#include "emission.h"
#include "expression.h"
#include "installation.h"
#include "layout.h"
#include "marks.h"
#include "model.h"
#include "naming.h"
#include "options.h"
#include "references.h"
#include "report.h"
#include "seams.h"
#include "sites.h"
#include "traced.h"
}

#include "versions.h"

#include <thimble/abi.h>

/* One unit while the plugin works on it. */
struct unit {
    const struct options *options;
    struct model *model;
    clang::CompilerInstance *compiler;
    clang::ASTContext *context;
    const char *main_file;                                       /* as the compiler was given it */
    llvm::SmallVector<const clang::FunctionDecl *, 0> functions; /* by their index */
    llvm::SmallVector<clang::VarDecl *, 0> objects;              /* the same */

    /* What is made for the unit (build.cc, emitter.cc). */
    clang::FunctionDecl *expect;   /* __builtin_expect, once it is needed */
    clang::FunctionDecl *operands; /* thimble_operands, the same */
    clang::FunctionDecl *variadic; /* thimble_variadic, the same */
    clang::RecordDecl *record;     /* struct thimble_unit */
    clang::VarDecl *variable;      /* of that type */
    clang::VarDecl *slots;
    llvm::SmallVector<clang::Decl *, 8> added; /* to be handed to the code generator */
};

/* ---- reader.cc ---- */

struct place {
    const char *file; /* as the compiler was given it or found it; "" for none */
    uint32_t line, column;
};

/* Where a thing stands, of a macro's call: its name. Behind #line what that says. */
struct place place_of(struct unit *, clang::SourceLocation);
bool in_system_header(struct unit *, clang::SourceLocation);

/* The index of a type or function in the model; read at the first time. */
uint32_t read_type(struct unit *, clang::QualType);
uint32_t read_function(struct unit *, const clang::FunctionDecl *);
/* Those that the unit defines, in these functions too. */
void read_objects(struct unit *, llvm::ArrayRef<clang::FunctionDecl *> functions);
/* The declaration that has this index. */
const clang::FunctionDecl *function_of_index(struct unit *, uint32_t function);
/* What core asks about a direct call. */
struct call read_call(struct unit *, const clang::CallExpr *, const clang::FunctionDecl *);
struct allocator_attributes read_allocator_attributes(struct unit *, const clang::FunctionDecl *);
/* The linker's name. Stays. */
const char *symbol_of(struct unit *, const clang::FunctionDecl *);
/* The identifier, or "" for none. Stays. */
const char *name_of(const clang::NamedDecl *);
/* Of internal linkage. */
bool is_internal(const clang::FunctionDecl *);
/* Whether the function or variable exists, whoever refers to it. */
bool surely_exists(struct unit *, const clang::ValueDecl *);
uint64_t key_of_decl(const clang::Decl *);

/* ---- marks.cc ---- */

/* What stands in front of the function, told to the model and taken away. */
void read_marks(struct unit *, clang::FunctionDecl *);
/* Says so where one stands in front of something else. */
void check_marks(struct unit *, clang::VarDecl *);

/* ---- rewriter.cc ---- */

void rewrite_function(struct unit *, clang::FunctionDecl *);
/* Marks what the initializer of a variable with static storage refers to. */
void note_uses(struct unit *, const clang::VarDecl *);

/* ---- values.cc ---- */

/* What a marker's call is replaced by. */
clang::Expr *marked(struct unit *, const clang::CallExpr *);
/* Where the list is a struct thimble_value whose operand is an array, its marker becomes a
 * reference to the array's type. */
void mark_object(struct unit *, clang::InitListExpr *);
/* Says where the values that a function of the header is given are none for it. */
void check_values(struct unit *, const clang::CallExpr *, const clang::FunctionDecl *);

/* What the marker's reference is to, and of which index. */
enum thimble_ref_kind marked_kind(struct unit *, const clang::CallExpr *marker, uint32_t *index);
/* The type of a struct thimble_value that begins with the marker. */
uint32_t marked_type(struct unit *, const clang::InitListExpr *, const clang::CallExpr *marker);

/* ---- given.cc ---- */

/* Says what is wrong with what a function of the header is told about another function. */
void check_injection(struct unit *, const clang::CallExpr *, const clang::FunctionDecl *);

/* ---- plugin.cc ---- */

void say_error(struct unit *, clang::SourceLocation, const char *message);

/* ---- conditions.cc ---- */

/* A literal, a name for one, or what is made of such: its value is evident. */
bool is_evident(const clang::Expr *);
/* The condition at the place; an expression's node is the place of its value. */
struct expression *read_condition(struct unit *, clang::Stmt **place);
/* Whether nobody can tell that the condition is evaluated a second time. Then that is done
 * where it has failed, and the code of one that holds is what it is without us. */
bool can_be_repeated(struct unit *, const clang::Expr *);

/* ---- asserts.cc ---- */

/* An assert, taken apart. */
struct asserted {
    llvm::SmallVector<clang::VarDecl *, 8> variables; /* that hold operands' values */
    clang::Expr *condition;
    clang::CallExpr *call; /* that reports it */
    clang::Expr *operands; /* what has to be done in front of it, or null */
};

/* Whether the node is an assert: finds its condition and the call. */
bool find_assert(struct unit *, clang::Stmt *node, struct asserted *);
/* From now on the condition keeps its operands' values in the variables. */
void take_apart(struct unit *, clang::FunctionDecl *, clang::Stmt *node, struct asserted *);

/* ---- emitter.cc ---- */

/* The unit's variables, to refer to before they are given their values. */
void emitter_init(struct unit *);
clang::Expr *slot_value(struct unit *, uint32_t slot, clang::SourceLocation); /* a void * */
clang::Expr *unit_address(struct unit *, clang::SourceLocation);              /* a void * */
/* unit.allocated, unit.releasing */
clang::Expr *unit_hook(struct unit *, const char *name, clang::SourceLocation);
/* struct thimble_ref {unit, index, kind}, in the type that the header gave it. */
clang::Expr *ref_constant(struct unit *, clang::QualType, uint32_t kind, uint32_t index,
                          clang::SourceLocation);
/* Gives main's body a name of its own, with the weak aliases main and program_main, so
 * that the runner's main can take its place. */
void emit_program_main(struct unit *, clang::FunctionDecl *);
/* Adds all that describes the unit. */
void emit_unit(struct unit *);
/* A declaration of a function, static or extern. */
clang::FunctionDecl *declare_function(struct unit *, const char *name, clang::QualType,
                                      clang::StorageClass);

/* ---- frames.cc ---- */

void keep_frame_pointers(clang::CompilerInstance &);
/* Has a source that a way to a failure may lead through get tables of lines, where the
 * command line says nothing about debugging. */
void add_lines(const struct options *, clang::CompilerInstance &, const char *source_file);
/* The calls that these functions make; to be freed. Before they are rewritten. */
struct call_graph *read_calls(struct unit *, llvm::ArrayRef<clang::FunctionDecl *>);
/* Has every call of the function make a frame that can be told from others. */
void keep_calls(struct unit *, clang::FunctionDecl *, const struct call_graph *);

/* ---- twin.cc ---- */

/* In Clangs before 19, where lines are to be added: a code generator, which is to be handed
 * every declaration that the other one is handed, before that; else null. */
std::unique_ptr<clang::CodeGenerator> begin_twin(clang::CompilerInstance &, clang::ASTContext &);
void end_twin(clang::CompilerInstance &, clang::ASTContext &,
              std::unique_ptr<clang::CodeGenerator>);
void expect_twin(clang::CompilerInstance &);

/* ---- passes.cc ---- */

/* Runs over the unit's code before any other pass, in Clangs before 19. */
void add_pass(clang::CompilerInstance &, void (*pass)(llvm::Module &));

#endif
