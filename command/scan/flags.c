/* flags.c: how a source is compiled, and what of that is for libclang. */
#define _GNU_SOURCE
#include "scan.h"

#include "../command.h"
#include "core/heap.h"
#include <clang-c/CXCompilationDatabase.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char database_name[] = "compile_commands.json";

static char *copy(const char *text) {
    return heap_copy_text(text, strlen(text));
}

/* ---- Words ---- */

static void add_word(struct compilation *to, const char *word) {
    to->words = heap_grow(to->words, &to->capacity, to->count + 2, sizeof *to->words);
    to->words[to->count++] = copy(word);
    to->words[to->count] = NULL;
}

static void remove_word(struct compilation *from, size_t at) {
    free(from->words[at]);
    memmove(from->words + at, from->words + at + 1, (from->count - at) * sizeof *from->words);
    from->count--;
}

static bool begins(const char *word, const char *with) {
    return strncmp(word, with, strlen(with)) == 0;
}

/* Words that say what to write, and where: nothing is written. The second table's are
 * followed by a word of their own. Of OpenMP's pragmas libclang shows no bodies, so
 * they are read as plain statements. */
static const char *const dropped[] = {
    "-c",       "-S",
    "-E",       "--",
    "-M",       "-MM",
    "-MD",      "-MMD",
    "-MP",      "-MG",
    "-MV",      "-pedantic-errors",
    "-fopenmp", "-fopenmp-simd",
};
static const char *const dropped_with_value[] = {"-o", "-MF", "-MT", "-MQ", "-MJ"};
static const char *const dropped_beginnings[] = {
    "-o",        "-MF",       "-MT",          "-MQ",    "-save-temps", "--save-temps",
    "-fplugin=", "-fopenmp=", "-fplugin-arg", "-Wp,-M", "-specs=",     "-fdiagnostics",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_among(const char *word, const char *const *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, table[i]) == 0)
            return true;
    return false;
}

static bool is_dropped(const char *word) {
    for (size_t i = 0; i < COUNT(dropped_beginnings); i++)
        if (begins(word, dropped_beginnings[i]))
            return true;
    return is_among(word, dropped, COUNT(dropped));
}

/* -fplugin=DIR/thimble.so, or -fplugin=thimble. */
static bool is_thimble(const char *word) {
    static const char flag[] = "-fplugin=";
    if (!begins(word, flag))
        return false;
    const char *slash = strrchr(word, '/');
    const char *name = slash ? slash + 1 : word + strlen(flag);
    return strcmp(name, "thimble.so") == 0 || strcmp(name, "thimble") == 0;
}

/* -fplugin-arg-thimble-KEY[=VALUE], of which the flags may hold any. */
static bool take_option(struct compilation *to, const char *word) {
    static const char flag[] = "-fplugin-arg-thimble-";
    if (!begins(word, flag))
        return true;
    char *key = copy(word + strlen(flag));
    char *value = strchr(key, '=');
    if (value)
        *value++ = '\0';
    char message[1024];
    bool good = options_set(&to->options, key, value, message, sizeof message);
    if (!good)
        complain("%s: %s", to->named, message);
    free(key);
    return good;
}

static bool is_the_source(const struct compilation *of, const char *word) {
    struct stat source, other;
    return *word != '-' && stat(of->file, &source) == 0 && stat(word, &other) == 0 &&
           source.st_dev == other.st_dev && source.st_ino == other.st_ino;
}

/* Takes what is for libclang from a compiler's arguments, in the compiler's folder. */
static bool take_words(struct compilation *to, const char *const *words, size_t count) {
    bool thimble = false, defined = false, openmp = false;
    for (size_t i = 0; i < count; i++) {
        const char *word = words[i];
        thimble |= is_thimble(word);
        defined |= begins(word, "-D__THIMBLE__");
        openmp |= begins(word, "-fopenmp") && strcmp(word, "-fopenmp-simd") != 0;
        if (!take_option(to, word))
            return false;
        if (is_among(word, dropped_with_value, COUNT(dropped_with_value)))
            i++;
        else if (!is_dropped(word) && !is_the_source(to, word))
            add_word(to, word);
    }
    if (thimble && !defined)
        add_word(to, "-D__THIMBLE__=1");
    if (openmp)
        add_word(to, "-D_OPENMP=201511");
    /* Not ours to judge: another compiler may take what this one's defaults refuse. */
    add_word(to, "-Wno-everything");
    return true;
}

/* ---- Flags that are no words of libclang's ---- */

/* Whether libclang reads an empty source with these words. */
static bool is_known(CXIndex index, const char *const *words, size_t count) {
    struct CXUnsavedFile empty = {"thimble-scan.c", "", 0};
    CXTranslationUnit unit = NULL;
    clang_parseTranslationUnit2(index, "thimble-scan.c", words, (int)count, &empty, 1, 0, &unit);
    if (!unit)
        return false;
    bool known = true;
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        known &= clang_getDiagnosticSeverity(diagnostic) < CXDiagnostic_Error;
        clang_disposeDiagnostic(diagnostic);
    }
    clang_disposeTranslationUnit(unit);
    return known;
}

/* Compilers' own flags begin so, and hold their values themselves. */
static bool may_be_unknown(const char *word) {
    return begins(word, "-f") || begins(word, "-m") || begins(word, "-g") ||
           begins(word, "--param") || begins(word, "-std=") || begins(word, "-Q");
}

bool compilation_drop_unknown(struct compilation *of, CXIndex index) {
    bool some = false;
    for (size_t i = 0; i < of->count;) {
        const char *word = of->words[i];
        bool unknown = false;
        if (strcmp(word, "--param") == 0 && i + 1 < of->count) {
            unknown = true;
            remove_word(of, i + 1);
        } else if (may_be_unknown(word)) {
            unknown = !is_known(index, &word, 1);
        }
        some |= unknown;
        if (unknown)
            remove_word(of, i);
        else
            i++;
    }
    return some;
}

/* ---- Where flags come from ---- */

/* As $PWD spells it, where that is this folder: compilers write that down, too. */
static char *working_directory(void) {
    char *folder = get_current_dir_name();
    return folder ? folder : copy("/");
}

/* The path from the root on, so that it holds in any folder. */
static char *absolute(const char *file) {
    char *folder = working_directory(), *path;
    if (asprintf(&path, *file == '/' ? "%.0s%s" : "%s/%s", folder, file) < 0)
        abort();
    free(folder);
    return path;
}

/* The folder of compile_commands.json at or above the file's, or null. */
static char *find_database(const char *file) {
    char *folder = absolute(file);
    for (char *slash; (slash = strrchr(folder, '/'));) {
        char *path;
        *slash = '\0';
        if (asprintf(&path, "%s/%s", folder, database_name) < 0)
            abort();
        bool found = access(path, R_OK) == 0;
        free(path);
        if (found)
            return folder;
    }
    free(folder);
    return NULL;
}

/* The arguments of a command of the database, without the compiler. */
static bool take_command(struct compilation *to, CXCompileCommand command) {
    CXString directory = clang_CompileCommand_getDirectory(command);
    CXString file = clang_CompileCommand_getFilename(command);
    to->directory = copy(clang_getCString(directory));
    to->file = copy(clang_getCString(file));
    clang_disposeString(directory);
    clang_disposeString(file);
    unsigned count = clang_CompileCommand_getNumArgs(command);
    CXString *strings = heap_new((count + 1) * sizeof *strings);
    const char **words = heap_new((count + 1) * sizeof *words);
    for (unsigned i = 0; i < count; i++) {
        strings[i] = clang_CompileCommand_getArg(command, i);
        words[i] = clang_getCString(strings[i]);
    }
    bool good = chdir(to->directory) == 0;
    if (!good)
        complain("%s: its folder in %s, %s, is not there", to->named, database_name, to->directory);
    /* The compiler's own arguments spell the source as its diagnostics do. */
    for (unsigned i = 1; good && i < count; i++)
        if (is_the_source(to, words[i])) {
            free(to->file);
            to->file = copy(words[i]);
        }
    good = good && take_words(to, words + 1, count ? count - 1 : 0);
    for (unsigned i = 0; i < count; i++)
        clang_disposeString(strings[i]);
    free(strings);
    free(words);
    return good;
}

static CXCompilationDatabase open_database(const char *folder) {
    CXCompilationDatabase_Error error = CXCompilationDatabase_CanNotLoadDatabase;
    CXCompilationDatabase database = NULL;
    char *path;
    if (asprintf(&path, "%s/%s", folder, database_name) < 0)
        abort();
    if (access(path, R_OK) != 0)
        complain("%s: %s", path, strerror(errno));
    else
        database = clang_CompilationDatabase_fromDirectory(folder, &error);
    if (!database && access(path, R_OK) == 0)
        complain("%s: it is no compilation database", path);
    free(path);
    return database;
}

/* libclang guesses the flags of a source that the database does not name from those of a
 * source that it does. */
static bool take_from_database(struct compilation *to, const char *folder) {
    CXCompilationDatabase database = open_database(folder);
    if (!database)
        return false;
    char *path = absolute(to->named);
    CXCompileCommands commands = clang_CompilationDatabase_getCompileCommands(database, path);
    bool there = commands && clang_CompileCommands_getSize(commands) > 0;
    bool good = there && take_command(to, clang_CompileCommands_getCommand(commands, 0));
    if (!there)
        complain("%s: %s/%s says nothing about it", to->named, folder, database_name);
    if (commands)
        clang_CompileCommands_dispose(commands);
    clang_CompilationDatabase_dispose(database);
    free(path);
    return good;
}

/* The words of `thimble flags --cflags`. */
static bool take_defaults(struct compilation *to) {
    char *include;
    if (asprintf(&include, "-I%s/include", installation()) < 0)
        abort();
    const char *words[] = {"-D__THIMBLE__=1", include};
    bool good = take_words(to, words, COUNT(words));
    free(include);
    return good;
}

static bool take_flags(struct compilation *to, char **flags) {
    size_t count = 0;
    while (flags[count])
        count++;
    return take_words(to, (const char *const *)flags, count);
}

bool compilation_find(struct compilation *to, const struct request *request, const char *file) {
    *to = (struct compilation){.named = file, .home = working_directory()};
    options_init(&to->options);
    char *folder = NULL;
    if (!request->flags)
        folder = request->database ? copy(request->database) : find_database(file);
    bool good;
    if (folder) {
        good = take_from_database(to, folder);
    } else {
        to->directory = working_directory();
        to->file = copy(file);
        good = request->flags ? take_flags(to, request->flags) : take_defaults(to);
    }
    free(folder);
    return good;
}

void compilation_free(struct compilation *of) {
    for (size_t i = 0; i < of->count; i++)
        free(of->words[i]);
    free(of->words);
    free(of->home);
    free(of->directory);
    free(of->file);
    options_free(&of->options);
}
