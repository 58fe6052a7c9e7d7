/* unit.c: one source: parsed by libclang, read into core's model, and printed. */
#define _GNU_SOURCE
#include "scan.h"

#include "../command.h"
#include "core/heap.h"
#include "core/line.h"
#include "core/naming.h"
#include "core/report.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Functions ---- */

/* Hashes of cursors may be equal where cursors are not. */
static uint64_t hash_key(CXCursor key, uint32_t attempt) {
    return (uint64_t)clang_hashCursor(key) << 32 | attempt;
}

static uint32_t find_function(const struct unit *unit, CXCursor key, uint32_t *attempt) {
    for (*attempt = 0;; ++*attempt) {
        uint32_t index = table_find(&unit->by_hash, hash_key(key, *attempt));
        if (index == THIMBLE_NONE || clang_equalCursors(unit->functions[index].key, key))
            return index;
    }
}

static struct declared *add_function(struct unit *unit, CXCursor key, uint32_t attempt) {
    unit->functions =
        heap_grow(unit->functions, &unit->capacity, unit->count + 1, sizeof *unit->functions);
    table_put(&unit->by_hash, hash_key(key, attempt), (uint32_t)unit->count);
    struct declared *function = &unit->functions[unit->count++];
    *function = (struct declared){
        .key = key, .definition = clang_getNullCursor(), .index = THIMBLE_NONE, .implied = true};
    return function;
}

static void note_attributes(struct declared *function, CXCursor declaration) {
    if (!clang_Cursor_hasAttrs(declaration))
        return;
    function->attributed = heap_grow(function->attributed, &function->attributed_capacity,
                                     function->attributed_count + 1, sizeof(CXCursor));
    function->attributed[function->attributed_count++] = declaration;
}

/* A declaration that the compiler made up is of nothing but the name. */
static bool stands_in_source(CXCursor declaration) {
    unsigned start, name;
    CXSourceRange range = clang_getCursorExtent(declaration);
    clang_getFileLocation(clang_getRangeStart(range), NULL, NULL, NULL, &start);
    clang_getFileLocation(clang_getCursorLocation(declaration), NULL, NULL, NULL, &name);
    return start != name || clang_isCursorDefinition(declaration);
}

/* What is behind the first declaration is known once the whole unit is gone through. */
static struct declared *note_declaration(struct unit *unit, CXCursor declaration) {
    uint32_t attempt;
    CXCursor key = clang_getCanonicalCursor(declaration);
    uint32_t index = find_function(unit, key, &attempt);
    struct declared *function =
        index == THIMBLE_NONE ? add_function(unit, key, attempt) : &unit->functions[index];
    if (index == THIMBLE_NONE)
        function->first = declaration;
    if (clang_isCursorDefinition(declaration))
        function->definition = declaration;
    if (stands_in_source(declaration) && clang_equalCursors(key, declaration))
        function->implied = false;
    function->external |= !clang_Cursor_isFunctionInlined(declaration) ||
                          clang_Cursor_getStorageClass(declaration) == CX_SC_Extern;
    note_attributes(function, declaration);
    return function;
}

struct declared *unit_function(struct unit *unit, CXCursor declaration) {
    uint32_t attempt;
    uint32_t index = find_function(unit, clang_getCanonicalCursor(declaration), &attempt);
    /* A built-in, or one declared inside a body only. */
    return index == THIMBLE_NONE ? note_declaration(unit, declaration) : &unit->functions[index];
}

static enum CXChildVisitResult visit_declaration(CXCursor cursor, CXCursor parent, void *data) {
    struct unit *unit = data;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    note_declaration(unit, cursor);
    CXString name = clang_getCursorSpelling(cursor);
    if (naming_is_marker(clang_getCString(name)))
        model_includes_header(unit->model);
    clang_disposeString(name);
    return CXChildVisit_Continue;
}

/* ---- Macros ---- */

/* Whether a definition of assert does not look at what is asserted. */
static bool is_emptied_assert(CXTranslationUnit translation, CXCursor definition) {
    CXToken *tokens;
    unsigned count;
    char parameter[256] = "", body[4096];
    struct line line = line_in(body, sizeof body);
    bool inside = clang_Cursor_isMacroFunctionLike(definition); /* the parentheses */
    if (!inside)
        return false;
    clang_tokenize(translation, clang_getCursorExtent(definition), &tokens, &count);
    for (unsigned i = 2; i < count; i++) {
        CXString text = clang_getTokenSpelling(translation, tokens[i]);
        const char *word = clang_getCString(text);
        if (inside && strcmp(word, ")") == 0)
            inside = false;
        else if (inside && !*parameter)
            snprintf(parameter, sizeof parameter, "%s", word);
        else if (!inside)
            line_add(&line, " %s", word);
        clang_disposeString(text);
    }
    clang_disposeTokens(translation, tokens, count);
    return !inside && *parameter && naming_assert_emptied(parameter, body);
}

/* libclang tells of definitions only, in their order: a macro that was undefined since
 * counts as defined. */
struct macros {
    struct unit *unit;
    bool ndebug, emptied;
};

static enum CXChildVisitResult visit_macro(CXCursor cursor, CXCursor parent, void *data) {
    struct macros *macros = data;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_MacroDefinition)
        return CXChildVisit_Continue;
    CXString text = clang_getCursorSpelling(cursor);
    const char *name = clang_getCString(text);
    if (strcmp(name, "NDEBUG") == 0)
        macros->ndebug = true;
    else if (strcmp(name, "__cplusplus") == 0)
        macros->unit->cplusplus = true;
    else if (strcmp(name, "__GNUC_GNU_INLINE__") == 0)
        macros->unit->gnu_inline = true;
    else if (strcmp(name, "assert") == 0)
        macros->emptied = is_emptied_assert(macros->unit->translation, cursor);
    clang_disposeString(text);
    return CXChildVisit_Continue;
}

static void read_macros(struct unit *unit) {
    struct macros macros = {.unit = unit};
    clang_visitChildren(clang_getTranslationUnitCursor(unit->translation), visit_macro, &macros);
    if (macros.ndebug && macros.emptied)
        model_asserts_emptied(unit->model);
}

/* ---- Errors ---- */

static void print_error(CXCursor where, const char *message) {
    struct place place = place_of(where);
    fprintf(stderr, "%s:%u: error: %s\n", clang_getCString(place.file), place.line, message);
    clang_disposeString(place.file);
}

static CXCursor definition_of(const struct unit *unit, uint32_t function) {
    size_t i = 0;
    while (unit->functions[i].index != function)
        i++;
    const struct declared *declared = &unit->functions[i];
    return clang_Cursor_isNull(declared->definition) ? declared->first : declared->definition;
}

/* What the plugin would refuse to compile. */
static void report_error(void *data, const struct model_place *where, const char *message) {
    struct unit *unit = data;
    unit->refused = true;
    CXCursor at = where->object != THIMBLE_NONE ? unit->objects[where->object]
                                                : definition_of(unit, where->function);
    if (where->object == THIMBLE_NONE && where->parameter != THIMBLE_NONE)
        at = clang_Cursor_getArgument(at, where->parameter);
    print_error(at, message);
}

/* Whether libclang complains of the flags: of no place in a source. */
static bool has_unknown_flags(CXTranslationUnit translation) {
    bool unknown = false;
    for (unsigned i = 0; i < clang_getNumDiagnostics(translation); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(translation, i);
        CXFile file;
        clang_getSpellingLocation(clang_getDiagnosticLocation(diagnostic), &file, NULL, NULL, NULL);
        unknown |= !file && clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        clang_disposeDiagnostic(diagnostic);
    }
    return unknown;
}

/* Prints the errors of libclang's. Returns whether there are any. */
static bool has_errors(CXTranslationUnit translation) {
    bool errors = false;
    for (unsigned i = 0; i < clang_getNumDiagnostics(translation); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(translation, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            CXString text =
                clang_formatDiagnostic(diagnostic, clang_defaultDiagnosticDisplayOptions());
            fprintf(stderr, "%s\n", clang_getCString(text));
            clang_disposeString(text);
            errors = true;
        }
        clang_disposeDiagnostic(diagnostic);
    }
    return errors;
}

/* ---- The go over the unit ---- */

static bool matters(const struct unit *unit, CXCursor cursor) {
    CXString name = clang_getCursorSpelling(cursor);
    bool answer = naming_matters(unit->compilation->options.prefix, clang_getCString(name));
    clang_disposeString(name);
    return answer;
}

static bool is_function_with_body(CXCursor cursor) {
    return clang_getCursorKind(cursor) == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor);
}

/* Tests first, so that they stand in their order. */
static enum CXChildVisitResult visit_test(CXCursor cursor, CXCursor parent, void *unit) {
    (void)parent;
    if (!is_function_with_body(cursor))
        return CXChildVisit_Continue;
    if (matters(unit, cursor))
        read_function(unit, cursor);
    read_marks(unit, cursor);
    return CXChildVisit_Continue;
}

/* Fixtures that other files have, of which only names and types are known here. */
static enum CXChildVisitResult visit_fixture(CXCursor cursor, CXCursor parent, void *unit) {
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    CXString name = clang_getCursorSpelling(cursor);
    enum thimble_fixture_kind kind;
    const char *value;
    if (naming_is_fixture(clang_getCString(name), &kind, &value))
        read_function(unit, cursor);
    clang_disposeString(name);
    return CXChildVisit_Continue;
}

/* Whether the unit has the object itself; one without an initializer too. */
static bool is_defined(const struct unit *unit, CXCursor variable) {
    CXCursor key = clang_getCanonicalCursor(variable);
    for (size_t i = 0; i < unit->object_count; i++)
        if (clang_equalCursors(clang_getCanonicalCursor(unit->objects[i]), key))
            return false; /* and it was seen before */
    return (clang_isCursorDefinition(variable) ||
            clang_Cursor_getStorageClass(variable) != CX_SC_Extern) &&
           clang_getCursorTLSKind(variable) == CXTLS_None;
}

/* Of the objects those count that hold a test's cases. */
static void read_object(struct unit *unit, CXCursor variable) {
    CXString name = clang_getCursorSpelling(variable);
    if (naming_test_of_cases(unit->compilation->options.prefix, clang_getCString(name)) &&
        is_defined(unit, variable)) {
        model_object_add(unit->model, clang_getCString(name),
                         read_type(unit, clang_getCursorType(variable)), false);
        unit->objects = heap_grow(unit->objects, &unit->object_capacity, unit->object_count + 1,
                                  sizeof *unit->objects);
        unit->objects[unit->object_count++] = variable;
    }
    clang_disposeString(name);
}

static enum CXChildVisitResult visit_body(CXCursor cursor, CXCursor parent, void *unit) {
    (void)parent;
    if (is_function_with_body(cursor) && seams_rewrite_body(is_in_system_header(cursor)))
        walk_body(unit, cursor);
    if (clang_getCursorKind(cursor) != CXCursor_VarDecl)
        return CXChildVisit_Continue;
    walk_initializer(unit, cursor);
    read_object(unit, cursor);
    return CXChildVisit_Continue;
}

static void read_unit(struct unit *unit) {
    CXCursor all = clang_getTranslationUnitCursor(unit->translation);
    clang_visitChildren(all, visit_declaration, unit);
    clang_visitChildren(all, visit_test, unit);
    if (model_serves_tests(unit->model))
        clang_visitChildren(all, visit_fixture, unit);
    clang_visitChildren(all, visit_body, unit);
    model_finish(unit->model, report_error, unit);
}

/* ---- One source ---- */

static bool parse(struct unit *unit, struct compilation *compilation) {
    for (bool again = true; again;) {
        enum CXErrorCode failed = clang_parseTranslationUnit2(
            unit->index, compilation->file, (const char *const *)compilation->words,
            (int)compilation->count, NULL, 0, CXTranslationUnit_DetailedPreprocessingRecord,
            &unit->translation);
        again = (failed || has_unknown_flags(unit->translation)) &&
                compilation_drop_unknown(compilation, unit->index);
        if (again && unit->translation)
            clang_disposeTranslationUnit(unit->translation);
        if (!again && failed)
            complain("%s: libclang cannot read it with its flags", compilation->named);
        if (again || failed)
            unit->translation = NULL;
    }
    return unit->translation && !has_errors(unit->translation);
}

static int print_unit(const struct unit *unit, bool json) {
    if (json) {
        int failed = report_print(unit->model, stdout, false);
        if (failed)
            complain("cannot write: %s", strerror(failed));
        if (failed)
            return STATUS_FAILED;
    } else {
        print_text(unit);
    }
    return unit->refused ? STATUS_FAILED : STATUS_OK;
}

static int read_and_print(struct unit *unit, bool json) {
    read_macros(unit);
    if (unit->cplusplus) {
        fprintf(stderr, "thimble: note: %s is C++, which is left alone\n",
                unit->compilation->named);
        return STATUS_OK;
    }
    read_unit(unit);
    return print_unit(unit, json);
}

static void free_unit(struct unit *unit) {
    for (size_t i = 0; i < unit->count; i++)
        free(unit->functions[i].attributed);
    free(unit->functions);
    free(unit->objects);
    table_free(&unit->by_hash);
    model_free(unit->model);
    if (unit->translation)
        clang_disposeTranslationUnit(unit->translation);
    clang_disposeIndex(unit->index);
}

static int scan_compilation(struct compilation *compilation, bool json) {
    if (options_excludes(&compilation->options, compilation->file)) {
        fprintf(stderr, "thimble: note: %s is left alone, as exclude= says\n", compilation->named);
        return STATUS_OK;
    }
    CXString version = clang_getClangVersion();
    struct unit unit = {.compilation = compilation, .index = clang_createIndex(0, 0)};
    unit.model = model_new(&compilation->options, compilation->file, compilation->directory,
                           clang_getCString(version));
    clang_disposeString(version);
    int status = STATUS_FAILED;
    if (parse(&unit, compilation))
        status = read_and_print(&unit, json);
    free_unit(&unit);
    return status;
}

int scan_file(const struct request *request, const char *file) {
    if (access(file, R_OK) != 0) {
        complain("%s: %s", file, strerror(errno));
        return STATUS_FAILED;
    }
    /* Flags are relative to the folder that the compiler runs in. */
    int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct compilation compilation;
    int status = STATUS_FAILED;
    fflush(stdout);
    if (compilation_find(&compilation, request, file))
        status = scan_compilation(&compilation, request->json);
    compilation_free(&compilation);
    fflush(stdout);
    if (here < 0 || fchdir(here) != 0)
        complain("the working directory is gone: %s", strerror(errno));
    close(here);
    return status;
}
