/* scan.h: what the files of `thimble scan` share.
 *
 * The scan is a third reader for plugin/core, on libclang's C interface, which knows
 * of a source what an editor needs: cursors (declarations, statements, expressions),
 * types and places. It takes the command line apart (command.c), finds the flags of a source
 * (flags.c), reads the unit (unit.c) with its functions and their types (reader.c), walks the
 * bodies (walk.c) and prints what core made of it (text.c, or core's report).
 */
#ifndef COMMAND_SCAN_SCAN_H
#define COMMAND_SCAN_SCAN_H

#include "core/model.h"
#include "core/options.h"
#include "core/seams.h"
#include "core/table.h"
#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>

struct subcommand;

/* ---- command.c ---- */

/* What bin/thimble calls. Returns a STATUS. */
__attribute__((__visibility__("default"))) int thimble_scan(const struct subcommand *, int argc,
                                                            char **argv);

struct request {
    const char *database; /* the folder of compile_commands.json, or null: look for it */
    char **flags;         /* behind "--", null-terminated; or null */
    bool json;
};

/* ---- flags.c ---- */

/* How one source is compiled. */
struct compilation {
    const char *named; /* the source, as the user named it */
    char *home;        /* the folder that the user is in */
    char *directory;   /* where the compiler runs */
    char *file;        /* the source as it is named there */
    char **words;      /* for libclang; null-terminated */
    size_t count, capacity;
    struct options options; /* of the plugin */
};

/* False where it cannot be told, with the complaint made. */
bool compilation_find(struct compilation *, const struct request *, const char *file);
void compilation_free(struct compilation *);
/* Takes out the flags that this libclang does not know, which are another compiler's.
 * Returns whether there were any. */
bool compilation_drop_unknown(struct compilation *, CXIndex);

/* ---- unit.c ---- */

/* A function with all that its declarations say together. */
struct declared {
    CXCursor key;        /* the canonical declaration */
    CXCursor first;      /* the first one in the source */
    CXCursor definition; /* null where the unit has none */
    CXCursor *attributed;
    size_t attributed_count, attributed_capacity;
    bool external;  /* a declaration asks for a symbol: it is not inline, or extern */
    uint32_t index; /* in the model, or THIMBLE_NONE */
    bool implied;   /* the canonical declaration stands in no source */
    bool decided, seam;
};

struct unit {
    const struct compilation *compilation;
    CXIndex index;
    CXTranslationUnit translation;
    struct model *model;
    struct declared *functions;
    size_t count, capacity;
    struct table by_hash;
    CXCursor *objects; /* by their index in the model */
    size_t object_count, object_capacity;
    bool gnu_inline; /* inline means what it did before C99 */
    bool cplusplus;
    bool refused; /* the plugin would make it an error */
};

/* Reads and prints one source. Returns a STATUS. */
int scan_file(const struct request *, const char *file);
/* The function that a declaration declares; stays until the next one is asked for. */
struct declared *unit_function(struct unit *, CXCursor declaration);

/* ---- reader.c ---- */

struct place {
    CXString file; /* as the compiler was given it or found it; dispose of it */
    unsigned line;
};

struct place place_of(CXCursor);
/* The index in the model; read at the first time. */
uint32_t read_type(struct unit *, CXType);
uint32_t read_function(struct unit *, CXCursor declaration);
/* One more call of the function, which core makes a seam or not. */
void read_call(struct unit *, CXCursor declaration);
bool is_in_system_header(CXCursor);
/* The call of __attribute__((cleanup(f))), where a variable has one. */
void read_cleanup(struct unit *, CXCursor variable);
/* Takes note that the function was mentioned where it may be called or its address taken. */
void note_use(struct unit *, CXCursor declaration);

/* ---- marks.c ---- */

/* What stands in front of a function, told to the model: TAG("slow"). */
void read_marks(struct unit *, CXCursor definition);

/* ---- walk.c ---- */

/* Counts the calls in a function's body and the uses of tests in it. */
void walk_body(struct unit *, CXCursor definition);
/* Notes the uses of tests in the initializer of a variable. */
void walk_initializer(struct unit *, CXCursor variable);

/* ---- generic.c ---- */

/* Which of the cursors below a _Generic is the expression that it selects. */
size_t generic_selected(CXCursor generic, const CXCursor *children, size_t count);

/* ---- text.c ---- */

void print_text(const struct unit *);

#endif
