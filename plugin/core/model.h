/* model.h: a unit as the plugin knows it: types, functions, tests, seams, sites.
 *
 * A reader fills it in while the compiler parses, each thing once: it asks for
 * the index under the compiler's own key (a declaration's or type's unique
 * number) and adds what is missing. Indices stay; strings are copied. When the
 * unit ends, model_finish decides what needs the whole unit, and layout.h and
 * report.h write it down.
 */
#ifndef CORE_MODEL_H
#define CORE_MODEL_H

#include "options.h"
#include <stdbool.h>
#include <thimble/abi.h>

struct model;

struct model *model_new(const struct options *, const char *source_file, const char *directory,
                        const char *compiler);
void model_free(struct model *);

/* ---- Types ---- */

struct model_type {
    enum thimble_type_kind kind;
    const char *name; /* null for none, like file */
    uint64_t size, count;
    uint32_t align;
    uint32_t flags;
    uint32_t target; /* an index, or THIMBLE_NONE */
    const char *file;
    uint32_t line;
};

struct model_member {
    const char *name; /* null for none */
    uint32_t type;
    uint64_t offset; /* bits */
    uint32_t width;  /* bits of a bit-field, else 0 */
    bool bitfield;
};

struct model_enumerator {
    const char *name;
    int64_t value;
};

/* The index under this key, or THIMBLE_NONE. */
uint32_t model_type_find(const struct model *, uint64_t key);
/* A new index under this key, OPAQUE until it is set: a type may contain itself. */
uint32_t model_type_add(struct model *, uint64_t key);
/* A later call replaces what an earlier one said (a struct that was completed). The name
 * of an arithmetic type is spelled in one way, whatever the compiler's: "unsigned long". */
void model_type_set(struct model *, uint32_t type, const struct model_type *);
/* A bit-field without a name is padding, and left out. */
void model_type_members(struct model *, uint32_t type, const struct model_member *, size_t count);
void model_type_enumerators(struct model *, uint32_t type, const struct model_enumerator *,
                            size_t count);
bool model_type_incomplete(const struct model *, uint32_t type);

/* An object with a name, of static storage duration, that the unit defines. Its index. One
 * inside a function may bear any name. */
uint32_t model_object_add(struct model *, const char *name, uint32_t type, bool inside_function);

/* ---- Functions ---- */

struct model_function {
    const char *name;
    const char *symbol; /* the linker's name */
    const char *file;   /* of the definition, else of the declaration */
    uint32_t line;
    bool main_file; /* that file is the unit's main source file */
    bool nested;    /* inside another function: no test */
    uint32_t type;
    uint32_t flags; /* enum thimble_function_flag */
};

uint32_t model_function_find(const struct model *, uint64_t key);
uint32_t model_function_add(struct model *, uint64_t key, const struct model_function *);
/* A declaration was followed by its definition. */
void model_function_set(struct model *, uint32_t function, const struct model_function *);
/* Stays until the next function is added. */
const struct model_function *model_function(const struct model *, uint32_t function);
uint32_t model_function_count(const struct model *);

/* The function is called by its unit, or its address is taken there. */
void model_function_used(struct model *, uint32_t function);

/* The slot of the function's calls, one more of which is a seam. */
uint32_t model_seam(struct model *, uint32_t function);
uint32_t model_slot_count(const struct model *);
/* The function whose calls go through number i, and how many of them there are. */
uint32_t model_slot_function(const struct model *, uint32_t i);
uint32_t model_function_calls(const struct model *, uint32_t function);

/* What has its address in the table of symbols: an object or a function. */
struct model_symbol {
    bool object;
    uint32_t index;
};

/* Its address is to stand in the table. Returns the place there. */
uint32_t model_symbol(struct model *, uint32_t function);
uint32_t model_symbol_object(struct model *, uint32_t object);
uint32_t model_symbol_count(const struct model *);
struct model_symbol model_symbol_at(const struct model *, uint32_t i);

/* ---- Sites ---- */

struct model_site {
    enum thimble_site_kind kind;
    const char *file;
    uint32_t line, column;
    uint32_t function; /* that the call stands in */
    uint32_t callee;   /* THIMBLE_NONE for a call through a pointer */
    uint32_t type;     /* of an element, or THIMBLE_NONE */
    uint32_t flags;    /* enum thimble_site_flag */
};

/* A block is not const, whatever its size was taken from: the type's own qualifiers are
 * taken off. */
uint32_t model_site_add(struct model *, const struct model_site *);
/* What is known of it only when its function was read as a whole. */
void model_site_set(struct model *, uint32_t site, uint32_t type, uint32_t flags);

/* What the function returns is given back by the one of this name. What was told before is
 * told in vain. */
void model_pair_add(struct model *, uint32_t allocator, const char *release);

/* ---- Asserts ---- */

struct model_operand {
    const char *text;
    uint32_t type;   /* of an array that is handed over as a pointer: the array's */
    uint32_t flags;  /* enum thimble_operand_flag */
    uint32_t offset; /* of the value in what is handed over, bytes */
};

/* An assert that hands over these operands when it fails. */
uint32_t model_assert_add(struct model *, const struct model_operand *, size_t count);

/* ---- Marks ---- */

/* What stands in front of a function: TAG("slow"). Those of one function come in their
 * order; what was told before is told in vain. Text is null where there is no string, and
 * seconds are NAN where there is no constant number. */
void model_mark_add(struct model *, uint32_t function, enum thimble_mark_kind, const char *text,
                    double seconds);

/* ---- The unit as a whole ---- */

/* The unit includes <thimble.h>. */
void model_includes_header(struct model *);
/* Whether frames of the unit's functions have to be there to be seen on the way to a
 * failure: of tests, and of helpers that use what is for tests. Known once the functions
 * whose names matter are read. */
bool model_serves_tests(const struct model *);
/* In the unit NDEBUG has emptied assert. */
void model_asserts_emptied(struct model *);

/* Where in the source a message belongs: at an object; or at a function, at its parameter
 * number `parameter` (from 0). What does not count is THIMBLE_NONE. */
struct model_place {
    uint32_t function, parameter, object;
};

/* A message for the user. */
typedef void model_error(void *context, const struct model_place *, const char *message);

/* Decides which functions are tests and fixtures (in order of definition), gives each a
 * symbol, and reports what is wrong. Call once, before layout and report. */
void model_finish(struct model *, model_error *, void *context);

/* Where Thimble is installed: a unit with tests or thimble.h says so, and no other. Call it behind
 * model_finish. */
void model_installed_in(struct model *, const char *folder);

/* Nothing is there to describe: the unit stays as it would be without the plugin. */
bool model_is_empty(const struct model *);

/* In order of definition. */
uint32_t model_test_count(const struct model *);
uint32_t model_test_function(const struct model *, uint32_t test);
uint32_t model_test_flags(const struct model *, uint32_t test); /* enum thimble_test_flag */
uint32_t model_fixture_count(const struct model *);
uint32_t model_fixture_function(const struct model *, uint32_t fixture);

/* Known once the model is finished. */
const char *model_function_identity(const struct model *, uint32_t function);
/* Why the function is no test, though its name is one's; else null. */
const char *model_function_why(const struct model *, uint32_t function);

#endif
