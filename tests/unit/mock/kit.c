#include "kit.h"

#include "../../../plugin/core/layout.h"
#include "../../../runtime/check/check.h"
#include "../../../runtime/check/running.h"
#include "../../../runtime/mock/memory.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Checks ---- */

static int passed, failed;

void kit_check(bool condition, const char *file, int line, const char *what) {
    passed += condition;
    failed += !condition;
    if (!condition)
        printf("%s:%d: %s\n", file, line, what);
}

void kit_check_text(const char *got, const char *wanted, const char *file, int line) {
    bool same = !strcmp(got, wanted);
    kit_check(same, file, line, "the text is another:");
    if (!same)
        printf("---- got\n%s\n---- wanted\n%s\n----\n", got, wanted);
}

void kit_check_contains(const char *got, const char *part, const char *file, int line) {
    bool found = strstr(got, part);
    kit_check(found, file, line, "a part of the text is missing:");
    if (!found)
        printf("---- got\n%s\n---- wanted in it\n%s\n----\n", got, part);
}

int kit_summary(void) {
    printf("%d passed, %d failed\n", passed, failed);
    return failed ? 1 : 0;
}

/* ---- The runtime's idea of a test ---- */

jmp_buf kit_jump;
static jmp_buf *failed_at;
static char failure[16384];

void kit_failed_at(jmp_buf *jump) {
    failed_at = jump;
}

const char *kit_failure(void) {
    failed_at = NULL;
    return failure;
}

const char *kit_no_failure(void) {
    failed_at = NULL;
    return "";
}

void _thimble_fail_text(const char *file, int line, const struct text *what) {
    snprintf(failure, sizeof failure, "%s:%d: %s", file, line, what->data);
    if (failed_at)
        longjmp(*failed_at, 1);
    printf("a failure that no test asked for: %s\n", failure);
    exit(1);
}

static void __attribute__((noreturn))
fail_formatted(const char *file, int line, const char *format, va_list arguments) {
    char buffer[4096];
    struct text what = _thimble_text(buffer, sizeof buffer);
    _thimble_vprintf(&what, format, arguments);
    _thimble_fail_text(file, line, &what);
}

void _thimble_fail(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fail_formatted(file, line, format, arguments);
    va_end(arguments);
}

void _thimble_fail_called(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fail_formatted(file, line, format, arguments);
    va_end(arguments);
}

bool _thimble_is_in_test(void) {
    return true;
}

/* What learning mocks say goes to a slate of the kit's own. */
static union {
    struct slate slate;
    char bytes[SLATE_SIZE];
} slate;

struct slate *_thimble_slate(void) {
    return &slate.slate;
}

void _thimble_slate_add(struct slate *at, const char *bytes, size_t length) {
    memcpy(at->text + at->length, bytes, length);
    at->length += (uint32_t)length;
    at->text[at->length] = '\0';
}

const char *kit_said(void) {
    return slate.slate.text;
}

void __attribute__((noreturn)) _thimble_exit(int status) {
    struct text what = _thimble_growing_text();
    _thimble_puts(&what, "exited");
    _thimble_fail_text("exit", status, &what);
}

void __attribute__((noreturn)) _thimble_abort(void) {
    struct text what = _thimble_growing_text();
    _thimble_puts(&what, "aborted");
    _thimble_fail_text("abort", 0, &what);
}

static struct {
    void (*undo)(void *);
    void *data;
} undos[10000];
static int undo_count;

void _thimble_at_test_end(void (*undo)(void *), void *data) {
    undos[undo_count].undo = undo;
    undos[undo_count++].data = data;
}

static unsigned scope;

unsigned _thimble_scope(void) {
    return scope;
}

void kit_end_test(void) {
    static const struct test_memory none;
    while (undo_count--)
        undos[undo_count].undo(undos[undo_count].data);
    undo_count = 0;
    _thimble_test_memory_release(&none);
    scope++;
}

/* ---- Units ---- */

void kit_start(struct kit *kit, const char *file) {
    memset(kit, 0, sizeof *kit);
    options_init(&kit->options);
    kit->file = file;
    kit->model = model_new(&kit->options, file, "/src", "GCC 12.2.0");
    kit->void_ = kit_scalar(kit, THIMBLE_VOID, "void", 0, false);
    kit->bool_ = kit_scalar(kit, THIMBLE_BOOL, "_Bool", 1, false);
    kit->char_ = kit_scalar(kit, THIMBLE_CHAR, "char", 1, (char)-1 < 0);
    kit->schar = kit_scalar(kit, THIMBLE_INTEGER, "signed char", 1, true);
    kit->uchar = kit_scalar(kit, THIMBLE_INTEGER, "unsigned char", 1, false);
    kit->short_ = kit_scalar(kit, THIMBLE_INTEGER, "short", sizeof(short), true);
    kit->ushort = kit_scalar(kit, THIMBLE_INTEGER, "unsigned short", sizeof(short), false);
    kit->int_ = kit_scalar(kit, THIMBLE_INTEGER, "int", sizeof(int), true);
    kit->uint = kit_scalar(kit, THIMBLE_INTEGER, "unsigned int", sizeof(int), false);
    kit->long_ = kit_scalar(kit, THIMBLE_INTEGER, "long", sizeof(long), true);
    kit->ulong = kit_scalar(kit, THIMBLE_INTEGER, "unsigned long", sizeof(long), false);
    kit->llong = kit_scalar(kit, THIMBLE_INTEGER, "long long", sizeof(long long), true);
    kit->ullong = kit_scalar(kit, THIMBLE_INTEGER, "unsigned long long", sizeof(long long), false);
    kit->float_ = kit_scalar(kit, THIMBLE_FLOAT, "float", sizeof(float), true);
    kit->double_ = kit_scalar(kit, THIMBLE_FLOAT, "double", sizeof(double), true);
    kit->ldouble = kit_scalar(kit, THIMBLE_FLOAT, "long double", sizeof(long double), true);
    kit->string = kit_pointer(kit, kit->char_);
    kit->const_string = kit_pointer(kit, kit_qualified(kit, kit->char_, THIMBLE_CONST));
    kit->void_pointer = kit_pointer(kit, kit->void_);
}

static void ignore_error(void *kit, const struct model_place *place, const char *message) {
    (void)kit, (void)place;
    printf("%s\n", message);
}

void kit_register(struct kit *kit) {
    uint32_t size;
    model_finish(kit->model, ignore_error, kit);
    kit->object.format = THIMBLE_FORMAT;
    kit->object.blob = (const void *)layout_blob(kit->model, false, &size);
    kit->object.blob_size = size;
    kit->object.slots = kit->slots;
    kit->object.slot_count = model_slot_count(kit->model);
    kit->object.symbols = kit->symbols;
    kit->object.symbol_count = model_symbol_count(kit->model);
    thimble_register(&kit->object);
    model_free(kit->model);
    options_free(&kit->options);
}

void kit_unregister(struct kit *kit) {
    thimble_unregister(&kit->object);
    free((void *)(uintptr_t)kit->object.blob);
    memset(kit, 0x55, sizeof *kit);
}

const struct unit *kit_unit(struct kit *kit) {
    return kit->object.state;
}

static uint32_t add_type(struct kit *kit, const struct model_type *type) {
    uint32_t index = model_type_add(kit->model, ++kit->next_key);
    model_type_set(kit->model, index, type);
    kit->known[index].size = type->size;
    kit->known[index].align = type->align;
    return index;
}

uint32_t kit_scalar(struct kit *kit, enum thimble_type_kind kind, const char *name, uint64_t size,
                    bool is_signed) {
    return add_type(kit, &(struct model_type){.kind = kind,
                                              .name = name,
                                              .size = size,
                                              .align = size ? (uint32_t)size : 1,
                                              .flags = is_signed ? THIMBLE_SIGNED : 0,
                                              .target = THIMBLE_NONE});
}

uint32_t kit_pointer(struct kit *kit, uint32_t target) {
    return add_type(kit, &(struct model_type){.kind = THIMBLE_POINTER,
                                              .size = sizeof(void *),
                                              .align = sizeof(void *),
                                              .target = target});
}

uint32_t kit_qualified(struct kit *kit, uint32_t target, uint32_t qualifiers) {
    return add_type(kit, &(struct model_type){.kind = THIMBLE_QUALIFIED,
                                              .size = kit->known[target].size,
                                              .align = kit->known[target].align,
                                              .flags = qualifiers,
                                              .target = target});
}

uint32_t kit_typedef(struct kit *kit, const char *name, uint32_t target) {
    return add_type(kit, &(struct model_type){.kind = THIMBLE_TYPEDEF,
                                              .name = name,
                                              .size = kit->known[target].size,
                                              .align = kit->known[target].align,
                                              .target = target});
}

uint32_t kit_complex(struct kit *kit, uint32_t part) {
    uint64_t size = kit->known[part].size;
    return add_type(kit, &(struct model_type){.kind = THIMBLE_COMPLEX,
                                              .size = 2 * size,
                                              .align = (uint32_t)size,
                                              .target = part});
}

uint32_t kit_array(struct kit *kit, uint32_t target, uint64_t count) {
    return add_type(kit, &(struct model_type){.kind = THIMBLE_ARRAY,
                                              .size = count * kit->known[target].size,
                                              .align = kit->known[target].align,
                                              .count = count,
                                              .flags = count ? 0 : THIMBLE_INCOMPLETE,
                                              .target = target});
}

uint32_t kit_enum(struct kit *kit, const char *tag, const struct model_enumerator *enumerators,
                  size_t count) {
    uint32_t type = add_type(
        kit, &(struct model_type){
                 .kind = THIMBLE_ENUM, .name = tag, .size = 4, .align = 4, .target = kit->uint});
    model_type_enumerators(kit->model, type, enumerators, count);
    return type;
}

static uint32_t tagged(struct kit *kit, enum thimble_type_kind kind, const char *tag, uint64_t size,
                       uint32_t align, uint32_t flags, const struct model_member *members,
                       size_t count) {
    uint32_t type = add_type(kit, &(struct model_type){.kind = kind,
                                                       .name = tag,
                                                       .size = size,
                                                       .align = align,
                                                       .flags = flags,
                                                       .target = THIMBLE_NONE});
    model_type_members(kit->model, type, members, count);
    return type;
}

uint32_t kit_struct(struct kit *kit, const char *tag, uint64_t size, uint32_t align, uint32_t flags,
                    const struct model_member *members, size_t count) {
    return tagged(kit, THIMBLE_STRUCT, tag, size, align, flags, members, count);
}

uint32_t kit_union(struct kit *kit, const char *tag, uint64_t size, uint32_t align, uint32_t flags,
                   const struct model_member *members, size_t count) {
    return tagged(kit, THIMBLE_UNION, tag, size, align, flags, members, count);
}

uint32_t kit_function_type(struct kit *kit, uint32_t returned, uint32_t flags,
                           const struct model_member *parameters, size_t count) {
    uint32_t type = add_type(
        kit, &(struct model_type){
                 .kind = THIMBLE_FUNCTION, .align = 1, .flags = flags, .target = returned});
    model_type_members(kit->model, type, parameters, count);
    return type;
}

uint32_t kit_uncalled(struct kit *kit, const char *name, uint32_t type, uint32_t flags) {
    struct model_function function = {
        .name = name,
        .symbol = name,
        .file = kit->file,
        .line = 10,
        .main_file = true,
        .type = type,
        .flags = flags,
    };
    return model_function_add(kit->model, ++kit->next_key, &function);
}

uint32_t kit_function(struct kit *kit, const char *name, uint32_t type, uint32_t flags) {
    uint32_t function = kit_uncalled(kit, name, type, flags);
    /* One slot each, so that a slot's number is its function's where all have one. */
    model_seam(kit->model, function);
    return function;
}
