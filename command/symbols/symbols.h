/* symbols.h: what the files of this folder share. */
#ifndef COMMAND_SYMBOLS_SYMBOLS_H
#define COMMAND_SYMBOLS_SYMBOLS_H

#include <elfutils/libdw.h>

struct subcommand;

/* The module's one door. */
__attribute__((__visibility__("default"))) int thimble_symbols(const struct subcommand *, int argc,
                                                               char **argv);

/* A function that an address belongs to. */
struct frame {
    const char *function; /* null where it is not known, and so the next */
    const char *file;
    int line; /* 0: not known */
};

/* What a function that is inlined into one that is inlined can come to. */
enum { MOST_FRAMES = 128 };

struct program;

/* ---- program.c ---- */

/* The program or shared library of this name, opened once; or null, with the complaint
 * made once. */
struct program *program_of(const char *path);
/* The functions that the address belongs to, the innermost first; returns how many.
 * What they point to stays until the next call. */
size_t program_frames(struct program *, Dwarf_Addr, struct frame frames[MOST_FRAMES]);
/* What tells it from any other that was built; returns how many bytes, 0 for none. */
size_t program_build_id(struct program *, const unsigned char **bytes);

/* ---- file_name.c ---- */

/* The file as the compiler was given it. `path` stands in the table of lines of `unit`;
 * `origin` is the unit from whose source the function came, another one where all was
 * compiled again at the link. What it returns stays until the next call. */
const char *file_as_given(const char *path, Dwarf_Die *unit, Dwarf_Die *origin);

#endif
