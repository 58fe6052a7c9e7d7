/* reader.c: libclang's functions and types to the model. Of types no more is read than
 * what tells a test from a helper, and what a report shows of parameters. */
#include "scan.h"

#include "core/heap.h"
#include "core/naming.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char no_text[] = "";

static const char *text_of(CXString string) {
    const char *text = clang_getCString(string);
    return text ? text : no_text;
}

struct place place_of(CXCursor cursor) {
    struct place place;
    clang_getPresumedLocation(clang_getCursorLocation(cursor), &place.file, &place.line, NULL);
    return place;
}

bool is_in_system_header(CXCursor cursor) {
    return clang_Location_isInSystemHeader(clang_getCursorLocation(cursor));
}

/* ---- Types ---- */

/* A type of C's own by its kind; spelled without qualifiers. */
static const struct arithmetic {
    enum CXTypeKind is;
    enum thimble_type_kind kind;
    const char *name;
} arithmetics[] = {
    {CXType_Void, THIMBLE_VOID, "void"},
    {CXType_Bool, THIMBLE_BOOL, "_Bool"},
    {CXType_Char_S, THIMBLE_CHAR, "char"},
    {CXType_Char_U, THIMBLE_CHAR, "char"},
    {CXType_SChar, THIMBLE_INTEGER, "signed char"},
    {CXType_UChar, THIMBLE_INTEGER, "unsigned char"},
    {CXType_Short, THIMBLE_INTEGER, "short"},
    {CXType_UShort, THIMBLE_INTEGER, "unsigned short"},
    {CXType_Int, THIMBLE_INTEGER, "int"},
    {CXType_UInt, THIMBLE_INTEGER, "unsigned int"},
    {CXType_Long, THIMBLE_INTEGER, "long"},
    {CXType_ULong, THIMBLE_INTEGER, "unsigned long"},
    {CXType_LongLong, THIMBLE_INTEGER, "long long"},
    {CXType_ULongLong, THIMBLE_INTEGER, "unsigned long long"},
    {CXType_Int128, THIMBLE_INTEGER, "__int128"},
    {CXType_UInt128, THIMBLE_INTEGER, "unsigned __int128"},
    {CXType_Float, THIMBLE_FLOAT, "float"},
    {CXType_Double, THIMBLE_FLOAT, "double"},
    {CXType_LongDouble, THIMBLE_FLOAT, "long double"},
    {CXType_Float128, THIMBLE_FLOAT, "_Float128"},
};

static const struct arithmetic *find_arithmetic(enum CXTypeKind kind) {
    for (size_t i = 0; i < sizeof arithmetics / sizeof *arithmetics; i++)
        if (arithmetics[i].is == kind)
            return &arithmetics[i];
    return NULL;
}

static uint32_t qualifiers_of(CXType type) {
    return (clang_isConstQualifiedType(type) ? THIMBLE_CONST : 0) |
           (clang_isVolatileQualifiedType(type) ? THIMBLE_VOLATILE : 0) |
           (clang_isRestrictQualifiedType(type) ? THIMBLE_RESTRICT : 0);
}

static void set_named(struct unit *unit, uint32_t index, struct model_type *is, CXString name) {
    is->name = text_of(name);
    model_type_set(unit->model, index, is);
    clang_disposeString(name);
}

static void read_tagged(struct unit *unit, uint32_t index, CXType type) {
    CXCursor declaration = clang_getTypeDeclaration(type);
    enum CXCursorKind kind = clang_getCursorKind(declaration);
    struct model_type is = {.kind = kind == CXCursor_EnumDecl    ? THIMBLE_ENUM
                                    : kind == CXCursor_UnionDecl ? THIMBLE_UNION
                                                                 : THIMBLE_STRUCT,
                            .target = THIMBLE_NONE,
                            .align = 1};
    if (clang_Type_getSizeOf(type) == CXTypeLayoutError_Incomplete)
        is.flags |= THIMBLE_INCOMPLETE;
    if (clang_Cursor_isAnonymous(declaration))
        model_type_set(unit->model, index, &is);
    else
        set_named(unit, index, &is, clang_getCursorSpelling(declaration));
}

static void read_typedef(struct unit *unit, uint32_t index, CXType type) {
    CXCursor declaration = clang_getTypeDeclaration(type);
    struct model_type is = {.kind = THIMBLE_TYPEDEF, .align = 1};
    is.target = read_type(unit, clang_getTypedefDeclUnderlyingType(declaration));
    set_named(unit, index, &is, clang_getCursorSpelling(declaration));
}

static void read_derived(struct unit *unit, uint32_t index, struct model_type is, CXType target) {
    is.align = 1;
    is.target = read_type(unit, target);
    model_type_set(unit->model, index, &is);
}

static void read_array(struct unit *unit, uint32_t index, CXType type) {
    struct model_type is = {.kind = THIMBLE_ARRAY};
    long long count = clang_getArraySize(type);
    if (type.kind == CXType_ConstantArray)
        is.count = (uint64_t)count;
    else
        is.flags = type.kind == CXType_IncompleteArray ? THIMBLE_INCOMPLETE : THIMBLE_VARIABLE;
    read_derived(unit, index, is, clang_getArrayElementType(type));
}

/* A declaration, or a null cursor, gives the parameters their names. */
static void read_function_type(struct unit *unit, uint32_t index, CXType type, CXCursor names) {
    struct model_type is = {.kind = THIMBLE_FUNCTION};
    int count = clang_getNumArgTypes(type);
    if (type.kind == CXType_FunctionNoProto)
        is.flags = THIMBLE_UNPROTOTYPED;
    else if (clang_isFunctionTypeVariadic(type))
        is.flags = THIMBLE_VARIADIC;
    if (type.kind == CXType_FunctionNoProto && !clang_Cursor_isNull(names))
        count = clang_Cursor_getNumArguments(names);
    read_derived(unit, index, is, clang_getResultType(type));
    size_t number = count > 0 ? (size_t)count : 0;
    struct model_member *members = heap_new((number + 1) * sizeof *members);
    CXString *strings = heap_new((number + 1) * sizeof *strings);
    for (unsigned i = 0; i < number; i++) {
        CXCursor parameter = clang_Cursor_getArgument(names, i);
        CXType own = type.kind == CXType_FunctionNoProto ? clang_getCursorType(parameter)
                                                         : clang_getArgType(type, i);
        strings[i] = clang_getCursorSpelling(parameter);
        members[i] =
            (struct model_member){.name = text_of(strings[i]), .type = read_type(unit, own)};
    }
    model_type_members(unit->model, index, members, number);
    for (size_t i = 0; i < number; i++)
        clang_disposeString(strings[i]);
    free(strings);
    free(members);
}

/* A type, its qualifiers aside. */
static void describe(struct unit *unit, uint32_t index, CXType type) {
    const struct arithmetic *arithmetic = find_arithmetic(type.kind);
    if (arithmetic) {
        struct model_type is = {
            .kind = arithmetic->kind, .name = arithmetic->name, .target = THIMBLE_NONE, .align = 1};
        model_type_set(unit->model, index, &is);
        return;
    }
    switch (type.kind) {
    case CXType_Record:
    case CXType_Enum:
        read_tagged(unit, index, type);
        break;
    case CXType_Typedef:
        read_typedef(unit, index, type);
        break;
    case CXType_Pointer:
        read_derived(unit, index, (struct model_type){.kind = THIMBLE_POINTER},
                     clang_getPointeeType(type));
        break;
    case CXType_Complex:
        read_derived(unit, index, (struct model_type){.kind = THIMBLE_COMPLEX},
                     clang_getElementType(type));
        break;
    case CXType_Atomic:
        read_derived(unit, index,
                     (struct model_type){.kind = THIMBLE_QUALIFIED, .flags = THIMBLE_ATOMIC},
                     clang_Type_getValueType(type));
        break;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray:
        read_array(unit, index, type);
        break;
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        read_function_type(unit, index, type, clang_getNullCursor());
        break;
    default: { /* vectors and the like */
        struct model_type is = {.kind = THIMBLE_OPAQUE, .target = THIMBLE_NONE, .align = 1};
        set_named(unit, index, &is, clang_getTypeSpelling(type));
    }
    }
}

/* The type as the model tells it apart: `struct s`, __typeof__ and attributes are ways to
 * write another. The qualifiers in front of such a way are not those of the other. */
static CXType without_sugar(CXType type, uint32_t *qualifiers) {
    *qualifiers = 0;
    for (; type.kind == CXType_Elaborated; type = clang_Type_getNamedType(type))
        *qualifiers |= qualifiers_of(type);
    if (type.kind == CXType_Unexposed) {
        CXType bare = clang_getCanonicalType(type);
        type = bare.kind == CXType_Unexposed ? type : bare;
    }
    return type;
}

/* libclang gives each type an address, which holds its qualifiers, too. */
enum { UNQUALIFIED = 1 };

static uint64_t key_of(CXType type) {
    return (uint64_t)(uintptr_t)type.data[0] << 1;
}

/* A type with qualifiers in front of it that libclang has no type for. */
static uint32_t read_qualified(struct unit *unit, CXType type, uint32_t qualifiers) {
    uint64_t key = key_of(type) ^ (uint64_t)qualifiers << 48;
    uint32_t index = model_type_find(unit->model, key);
    if (index != THIMBLE_NONE)
        return index;
    index = model_type_add(unit->model, key);
    struct model_type is = {.kind = THIMBLE_QUALIFIED,
                            .flags = qualifiers,
                            .target = read_type(unit, type),
                            .align = 1};
    model_type_set(unit->model, index, &is);
    return index;
}

uint32_t read_type(struct unit *unit, CXType type) {
    uint32_t in_front;
    type = without_sugar(type, &in_front);
    uint32_t qualifiers = qualifiers_of(type);
    if (in_front & ~qualifiers)
        return read_qualified(unit, type, in_front & ~qualifiers);
    uint32_t index = model_type_find(unit->model, key_of(type));
    if (index != THIMBLE_NONE)
        return index;
    index = model_type_add(unit->model, key_of(type));
    if (!qualifiers) {
        describe(unit, index, type);
        return index;
    }
    uint32_t bare = model_type_add(unit->model, key_of(type) | UNQUALIFIED);
    describe(unit, bare, type);
    struct model_type is = {
        .kind = THIMBLE_QUALIFIED, .flags = qualifiers, .target = bare, .align = 1};
    model_type_set(unit->model, index, &is);
    return index;
}

/* ---- Attributes ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* What stands behind the attribute's name in a declaration as libclang prints it, with
 * __attribute__((NAME…)) or [[gnu::NAME…]]; or null. */
static const char *find_attribute(const char *declaration, const char *name) {
    size_t length = strlen(name);
    for (const char *at = declaration; (at = strstr(at, name)); at++) {
        if (at - declaration < 2 || is_letter(at[length]))
            continue;
        if (strncmp(at - 2, "((", 2) == 0 || strncmp(at - 2, "::", 2) == 0)
            return at + length;
    }
    return NULL;
}

/* libclang has no name for most attributes, but it prints them. */
static CXString printed(CXCursor declaration) {
    CXPrintingPolicy policy = clang_getCursorPrintingPolicy(declaration);
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
    CXString text = clang_getCursorPrettyPrinted(declaration, policy);
    clang_PrintingPolicy_dispose(policy);
    return text;
}

static bool has_attribute(const struct declared *function, const char *name) {
    bool found = false;
    for (size_t i = 0; i < function->attributed_count && !found; i++) {
        CXString text = printed(function->attributed[i]);
        found = find_attribute(text_of(text), name) != NULL;
        clang_disposeString(text);
    }
    return found;
}

/* ---- Functions ---- */

static CXCursor telling(const struct declared *function) {
    bool defined = !clang_Cursor_isNull(function->definition);
    return defined ? function->definition : function->first;
}

static bool is_internal(const struct declared *function) {
    return clang_getCursorLinkage(function->first) == CXLinkage_Internal;
}

static bool is_inline(const struct declared *function) {
    return clang_Cursor_isFunctionInlined(telling(function));
}

/* Whether the unit has a body for the function's symbol: one that is inline may leave
 * that to another unit. */
static bool is_defined(const struct unit *unit, const struct declared *function) {
    if (clang_Cursor_isNull(function->definition))
        return false;
    if (is_internal(function) || !is_inline(function))
        return true;
    if (unit->gnu_inline || has_attribute(function, "gnu_inline"))
        return clang_Cursor_getStorageClass(function->definition) != CX_SC_Extern;
    return function->external;
}

static uint32_t flags_of(const struct unit *unit, const struct declared *function) {
    return (is_internal(function) ? THIMBLE_INTERNAL : 0) |
           (is_inline(function) ? THIMBLE_INLINE : 0) |
           (has_attribute(function, "always_inline") ? THIMBLE_ALWAYS_INLINE : 0) |
           (is_defined(unit, function) ? THIMBLE_DEFINED : 0) |
           (is_in_system_header(telling(function)) ? THIMBLE_SYSTEM : 0);
}

/* A function's own type, so that its parameters keep their names. */
static uint32_t read_own_type(struct unit *unit, const struct declared *function) {
    CXCursor declaration = telling(function);
    CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
    uint32_t qualifiers;
    CXType written = without_sugar(clang_getCursorType(declaration), &qualifiers);
    bool plain = written.kind == CXType_FunctionProto || written.kind == CXType_FunctionNoProto;
    /* No type is at the odd addresses. */
    uint64_t key = (uint64_t)(uintptr_t)function->key.data[0] << 1 | UNQUALIFIED;
    uint32_t index = model_type_add(unit->model, key);
    read_function_type(unit, index, plain ? written : type, declaration);
    return index;
}

/* ---- Built-ins ---- */

static const char builtin_prefix[] = "__builtin_";

static bool is_builtin_name(const char *name) {
    return strncmp(name, builtin_prefix, strlen(builtin_prefix)) == 0;
}

/* Whether the compiler knew the function before the source declared it. Without a
 * prototype it is one that nobody declared. */
static bool is_builtin(const struct declared *function, const char *name) {
    bool prototype = clang_getCursorType(function->key).kind == CXType_FunctionProto;
    return function->implied && (prototype || is_builtin_name(name));
}

/* Whether libclang knows a function of libc's by this name: then it says so of a call
 * without a declaration. */
static bool is_in_library(CXIndex index, const char *name) {
    char source[256];
    static const char *const words[] = {"-std=gnu89"};
    int length = snprintf(source, sizeof source, "void probe(void) { %s(); }\n", name);
    if (length < 0 || (size_t)length >= sizeof source)
        return false;
    struct CXUnsavedFile file = {"thimble-scan.c", source, (unsigned long)length};
    CXTranslationUnit unit =
        clang_parseTranslationUnit(index, file.Filename, words, 1, &file, 1, 0);
    bool known = false;
    for (unsigned i = 0; unit && i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        CXString text = clang_getDiagnosticSpelling(diagnostic);
        known |= strstr(text_of(text), "library function") != NULL;
        clang_disposeString(text);
        clang_disposeDiagnostic(diagnostic);
    }
    if (unit)
        clang_disposeTranslationUnit(unit);
    return known;
}

/* The linker's name: "malloc" of __builtin_malloc, but a built-in without a library
 * function keeps its own. */
static const char *symbol_of(const struct unit *unit, const char *name, const char *mangled) {
    if (!is_builtin_name(name))
        return *mangled ? mangled : name;
    const char *plain = name + strlen(builtin_prefix);
    bool alias = strcmp(naming_canonical(plain), plain) != 0;
    return alias || is_in_library(unit->index, plain) ? plain : name;
}

/* ---- What core asks ---- */

/* The strings that describe a function, while they are needed. */
struct names {
    CXString name, mangled;
    const char *symbol;
    struct place place;
};

static struct names names_of(const struct unit *unit, const struct declared *function) {
    struct names names = {
        .name = clang_getCursorSpelling(function->first),
        .mangled = clang_Cursor_getMangling(telling(function)),
        .place = place_of(telling(function)),
    };
    names.symbol = symbol_of(unit, text_of(names.name), text_of(names.mangled));
    return names;
}

static void dispose_names(struct names *names) {
    clang_disposeString(names->name);
    clang_disposeString(names->mangled);
    clang_disposeString(names->place.file);
}

uint32_t read_function(struct unit *unit, CXCursor declaration) {
    struct declared *function = unit_function(unit, declaration);
    if (function->index != THIMBLE_NONE)
        return function->index;
    struct names names = names_of(unit, function);
    const char *file = text_of(names.place.file);
    struct model_function is = {
        .name = naming_function(text_of(names.name)),
        .symbol = names.symbol,
        .file = file,
        .line = names.place.line,
        .main_file = strcmp(file, unit->compilation->file) == 0,
        .type = read_own_type(unit, function),
        .flags = flags_of(unit, function),
    };
    function->index = model_function_add(unit->model, (uint64_t)(function - unit->functions), &is);
    dispose_names(&names);
    return function->index;
}

static struct call call_of(struct unit *unit, const struct declared *function,
                           const struct names *names) {
    return (struct call){
        .name = text_of(names->name),
        .symbol = names->symbol,
        .file = text_of(names->place.file),
        .system = is_in_system_header(telling(function)),
        .internal = is_internal(function),
        .defined = is_defined(unit, function),
        .builtin = is_builtin(function, text_of(names->name)),
        .returns_twice = has_attribute(function, "returns_twice"),
        .always_inline = has_attribute(function, "always_inline"),
        .forbidden = has_attribute(function, "error") || has_attribute(function, "warning"),
    };
}

/* All calls of a function are alike, so core decides once. */
static bool is_seam(struct unit *unit, CXCursor declaration) {
    struct declared *function = unit_function(unit, declaration);
    if (function->decided)
        return function->seam;
    struct names names = names_of(unit, function);
    struct call call = call_of(unit, function, &names);
    function->seam = seams_decide(&unit->compilation->options, &call) != SEAM_NO;
    function->decided = true;
    dispose_names(&names);
    return function->seam;
}

static bool is_named(CXCursor cursor, const char *name, size_t length) {
    CXString text = clang_getCursorSpelling(cursor);
    bool same = strlen(text_of(text)) == length && strncmp(text_of(text), name, length) == 0;
    clang_disposeString(text);
    return same;
}

/* The function of this name, or null. */
static const struct declared *find_named(const struct unit *unit, const char *name, size_t length) {
    for (size_t i = unit->count; length && i > 0; i--)
        if (is_named(unit->functions[i - 1].first, name, length))
            return &unit->functions[i - 1];
    return NULL;
}

/* The function whose seam a call is: of fortify's __printf_chk, which libc's macros name
 * where they see Clang, the plain printf. */
static CXCursor plain_function(const struct unit *unit, CXCursor declaration) {
    CXString text = clang_getCursorSpelling(declaration);
    const struct declared *plain = NULL;
    if (naming_added_arguments(text_of(text))) {
        const char *name = naming_canonical(text_of(text));
        plain = find_named(unit, name, strlen(name));
    }
    clang_disposeString(text);
    return plain ? plain->first : declaration;
}

void read_call(struct unit *unit, CXCursor declaration) {
    if (is_seam(unit, declaration))
        model_seam(unit->model, read_function(unit, plain_function(unit, declaration)));
}

void note_use(struct unit *unit, CXCursor declaration) {
    if (clang_getCursorKind(declaration) != CXCursor_FunctionDecl)
        return;
    CXString name = clang_getCursorSpelling(declaration);
    if (naming_use_counts(unit->compilation->options.prefix, text_of(name)))
        model_function_used(unit->model, read_function(unit, declaration));
    clang_disposeString(name);
}

void read_cleanup(struct unit *unit, CXCursor variable) {
    if (!clang_Cursor_hasAttrs(variable))
        return;
    CXString text = printed(variable);
    const char *name = find_attribute(text_of(text), "cleanup");
    size_t length = 0;
    while (name && *name == '(' && is_letter(name[1 + length]))
        length++;
    const struct declared *function = find_named(unit, name ? name + 1 : "", length);
    if (function)
        read_call(unit, function->first);
    clang_disposeString(text);
}
