/* gcc.h: what the files of this folder share.
 *
 * GCC parses the whole unit first. Then, before it compiles the first function,
 * the plugin does its work in one go: it reads every function (reader.cc),
 * rewrites its calls (rewriter.cc) and adds the unit's descriptors (emitter.cc).
 * Within that go GCC collects no garbage, so no tree has to be kept alive; only
 * what the parser alone knows is noted while it runs (hints.cc).
 *
 * All that is decided here is how GCC says a thing. What it means is decided in
 * plugin/core.
 */
#ifndef THIMBLE_GCC_H
#define THIMBLE_GCC_H

#include "gcc-plugin.h"

#include "plugin-version.h"

#include "tree.h"

/* attribs.h uses what stringpool.h declares. */
#include "stringpool.h"

#include "attribs.h"
#include "c-family/c-common.h"
#include "c-family/c-pragma.h"
#include "c-tree.h"
#include "calls.h"
#include "cgraph.h"
#include "diagnostic.h"
#include "fold-const.h"
#include "gimple-expr.h"
#include "gimplify.h"
#include "langhooks.h"
#include "opts.h"
#include "plugin.h"
#include "stor-layout.h"
#include "target.h"
#include "toplev.h"
#include "tree-iterator.h"
#include "varasm.h"

#if GCCPLUGIN_VERSION < 12000
static inline void suppress_warning(tree expression) {
    TREE_NO_WARNING(expression) = 1;
}
#endif

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

#include <thimble/abi.h>

/* ---- reader.cc ---- */

/* The index of a type or function in the model; read at the first time. */
uint32_t read_type(struct model *, tree type);
uint32_t read_function(struct model *, tree decl);
/* Those that the unit defines, in these functions too. */
void read_objects(struct model *, const vec<tree> &functions);
/* The declaration that has this index. */
tree function_of_index(uint32_t function);
tree object_of_index(uint32_t object);
/* What core asks about a direct call of decl. */
struct call read_call(tree call, tree decl);
struct allocator_attributes read_allocator_attributes(tree decl);
/* The linker's name, so far as it is known. */
const char *symbol_of(tree decl);
const char *name_of(tree name); /* an identifier or a type's name; null for none */
bool is_internal(tree decl);    /* of internal linkage */
/* Where the function's body stands, or else its declaration. */
bool in_system_header(tree decl);

/* ---- hints.cc ---- */

void hints_init(const char *plugin_name);
/* The type whose size the call's arguments take, or null. */
tree sizeof_type_in(tree call);
/* The first pointer type, but for void *, that the call's value is converted to, or null. */
tree type_converted_to(tree call);
/* Functions of fixtures' names that the unit only declares. */
void read_declared_fixtures(struct model *);

/* ---- marks.cc ---- */

void marks_init(const char *plugin_name);
/* What stands in front of the function, told to the model and taken away. */
void read_marks(struct model *, tree decl);
/* Says so where something stands in front of a variable. */
void check_marks(tree variable);

/* ---- blocks.cc ---- */

/* Has a function's locals stay in memory, for one that goes on where a jump takes it. */
void keep_locals(tree decl);

/* ---- macros.cc, conditions.cc ---- */

#define ASSERTED "__builtin_thimble_asserted"

/* An operand of a condition, kept while it was parsed. */
struct kept_operand {
    tree type;      /* of an array the array's; the value is then its address */
    tree value;     /* stands in the condition, too */
    tree guard;     /* true where the value was evaluated; null: always */
    tree otherwise; /* the value where it was not, or null */
    char *text;
    uint32_t flags; /* enum thimble_operand_flag */
};

struct condition {
    auto_vec<struct kept_operand> operands;
};

/* From now on macros that report failed asserts are edited as they are defined. */
void macros_watch(void);
void conditions_init(const char *plugin_name, const struct options *);
/* Declares the function that edited macros call. */
void conditions_declare(void);
/* What the call that reports a failed assert reports, or null. */
struct condition *condition_reported_by(tree call);

/* ---- asserts.cc ---- */

/* What is to be done in front of the call, where it reports a failed assert whose operands
 * were kept; else null. */
tree operands_handed_over(struct model *, tree call);

/* ---- build.cc ---- */

/* A temporary that holds the operand's value; it gets its value behind *before. */
tree in_temporary(tree operand, tree *before);
tree sequence(location_t, tree before, tree value); /* before may be null */
tree is_set(location_t, tree pointer);              /* which is not expected */

/* ---- flows.cc, sites.cc ---- */

/* What is kept of a function until all of it was walked. */
struct tracking {
    const struct options *options;
    struct model *model;
    tree function;
    struct site_function facts;
    bool may_wrap;
    struct flow flow;
    struct site_calls calls;
};

struct pointed pointed_by(tree pointer);
struct site_function read_site_function(tree decl);
/* decl is null for a call through a pointer. */
struct passing read_passing(tree call, tree decl, tree function);
/* What the node says of where values go; what is below it is not looked at. */
void note_flow(struct tracking *, tree node);
void note_asked(struct tracking *, tree call, const struct allocator *);
/* Where the call puts the block's address. */
void note_holder(struct tracking *, tree call, tree holder);

void tracking_begin(struct tracking *, const struct options *, struct model *, tree function);
void tracking_end(struct tracking *);
/* Whether the call is a site. */
bool find_site(struct tracking *, tree call, tree decl, struct allocator *out);
/* The direct call, with what the tracker is told before and behind it. */
tree tracked(struct tracking *, tree call, tree decl, const struct allocator *);

/* ---- rewriter.cc ---- */

void rewrite_function(const struct options *, struct model *, tree decl);
/* Marks what the initializer of a variable at file scope refers to. */
void note_uses(const struct options *, struct model *, tree variable);

/* ---- values.cc ---- */

/* What a marker's call is replaced by. */
tree marked(struct model *, tree call);
/* Where the constructor is a struct thimble_value whose operand is an array, its marker
 * becomes a reference to the array's type. */
void mark_object(struct model *, tree constructor);
/* The string literal that an argument is, or null. */
tree literal_of(tree argument);
/* Says where the values that a function of the header is given are none for it. */
void check_values(struct model *, tree call, tree decl);

/* Whether the constructor is of that struct of the header's. */
bool is_header_struct(tree constructor, const char *name);

/* ---- given.cc ---- */

/* Says what is wrong with what a function of the header is told about another function. */
void check_injection(struct model *, tree call, tree decl);

/* ---- frames.cc ---- */

/* For option frames. */
void keep_frame_pointers(void);
/* Has a source that a way to a failure may lead through get tables of lines, where the
 * command line says nothing about debugging. Call it before the unit is begun. */
void add_lines(const struct options *);
/* The calls that these functions make; to be freed. Before they are rewritten. */
struct call_graph *read_calls(const vec<tree> &functions);
/* Has every call of these functions make a frame that can be told from others. */
void keep_calls(const vec<tree> &functions, const struct call_graph *);

/* ---- emitter.cc ---- */

/* The unit's variables, to refer to before they are given their values. */
void emitter_init(void);
tree slot_value(uint32_t slot);   /* what the slot holds, as const void * */
tree unit_address(void);          /* &unit */
tree unit_hook(const char *name); /* unit.allocated, unit.releasing */
tree ref_constant(tree type, uint32_t kind, uint32_t index);
/* Gives main's body a name of its own, with the weak aliases main and
 * program_main, so that the runner's main can take its place. */
void emit_program_main(tree decl);
void emit_unit(const struct model *);
/* A weak reference to a function of the runtime; the header may have declared it. */
tree runtime_function(const char *name, tree type);

#endif
