/* isolate.h: what the files of `thimble isolate` share. */
#ifndef COMMAND_ISOLATE_H
#define COMMAND_ISOLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The names of symbols, each once. */
struct names {
    char **all;
    size_t count;
};
bool has_name(const struct names *, const char *name, size_t length);
void add_name(struct names *, const char *name, size_t length);

/* ---- isolate_run.c ---- */

struct words {
    char **all; /* a null behind the last */
    size_t count;
};
void add_word(struct words *, const char *word);

/* Runs a command, in English, with its output in *output. Returns its exit status; 127 where
 * it could not be run, with the complaint made. */
int run_command(char *const *command, bool verbose, char **output);

/* ---- isolate_words.c ---- */

/* The command's words, those in files of arguments (@FILE) in the place of these. */
struct words expand(char *const *command);

/* What the link command makes. */
const char *linked_file(const struct words *link);

/* The command that compiles the source to an object for the linker command. */
struct words compile_command(const struct words *link, const char *source, const char *object);

/* ---- isolate_missing.c ---- */

/* Adds what the linker's output says is undefined. False where that is nothing new. */
bool add_missing(struct names *, const char *output);

/* Whether the linker stopped before it had said all. */
bool is_cut_short(const char *output);

/* ---- isolate_stubs.c ---- */

/* Writes the source of a function for each of these names. */
void write_stubs(FILE *to, const struct names *);

/* ---- isolate_described.c ---- */

/* Those of the names that no unit in the file describes as a function. */
struct names undescribed(const char *file, const struct names *);

#endif
