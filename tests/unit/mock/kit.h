/* kit.h: what the unit tests of mock/ and repr/ stand on: a unit made by hand, as
 * a reader of the plugin would make it, with seams that are written out here; and
 * a test that ends, or fails, where the runner's would. */
#ifndef MOCK_KIT_H
#define MOCK_KIT_H

#include "../../../plugin/core/model.h"
#include "../../../runtime/base/text.h"
#include "../../../runtime/registry/registry.h"
#include <stdbool.h>
#include <stddef.h>
#include <thimble/called.h>
#include <thimble/mock.h>

/* ---- Checks ---- */

#define CHECK(condition) kit_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_TEXT(got, wanted) kit_check_text((got), (wanted), __FILE__, __LINE__)
#define CHECK_CONTAINS(got, part) kit_check_contains((got), (part), __FILE__, __LINE__)

void kit_check(bool condition, const char *file, int line, const char *what);
void kit_check_text(const char *got, const char *wanted, const char *file, int line);
void kit_check_contains(const char *got, const char *part, const char *file, int line);
int kit_summary(void);

/* The failure with which the statement leaves the test, or "" where it does not. */
#define FAILURE_OF(statement)                                                                      \
    (kit_failed_at(&kit_jump), !setjmp(kit_jump) ? ((statement), kit_no_failure()) : kit_failure())

/* What mocks have said that is no failure. */
const char *kit_said(void);

/* What the runner does at a test's end. */
void kit_end_test(void);

#define REPLACEMENT(g) ((struct thimble_replacement){(g), {0, THIMBLE_NONE, 0}})

/* ---- Units ---- */

struct kit {
    struct options options;
    struct model *model;
    uint64_t next_key;
    const char *file;
    struct {
        uint64_t size;
        uint32_t align;
    } known[512]; /* types, by their index */
    struct thimble_unit object;
    void *slots[256];
    const void *symbols[16];
    /* types */
    uint32_t void_, bool_, char_, schar, uchar, short_, ushort, int_, uint, long_, ulong, llong,
        ullong, float_, double_, ldouble, string, const_string, void_pointer;
};

void kit_start(struct kit *, const char *file);
/* Lays the unit out and registers it. */
void kit_register(struct kit *);
/* Takes it out again; its memory is gone then, as after a dlclose. */
void kit_unregister(struct kit *);
const struct unit *kit_unit(struct kit *);

uint32_t kit_scalar(struct kit *, enum thimble_type_kind, const char *name, uint64_t size,
                    bool is_signed);
uint32_t kit_pointer(struct kit *, uint32_t target);
uint32_t kit_qualified(struct kit *, uint32_t target, uint32_t qualifiers);
uint32_t kit_typedef(struct kit *, const char *name, uint32_t target);
uint32_t kit_complex(struct kit *, uint32_t part);
uint32_t kit_array(struct kit *, uint32_t target, uint64_t count);
uint32_t kit_enum(struct kit *, const char *tag, const struct model_enumerator *, size_t count);
uint32_t kit_struct(struct kit *, const char *tag, uint64_t size, uint32_t align, uint32_t flags,
                    const struct model_member *, size_t count);
uint32_t kit_union(struct kit *, const char *tag, uint64_t size, uint32_t align, uint32_t flags,
                   const struct model_member *, size_t count);
uint32_t kit_function_type(struct kit *, uint32_t returned, uint32_t flags,
                           const struct model_member *, size_t count);

/* A function with a slot, that of its own index. */
uint32_t kit_function(struct kit *, const char *name, uint32_t type, uint32_t flags);
/* One that no call goes to. */
uint32_t kit_uncalled(struct kit *, const char *name, uint32_t type, uint32_t flags);

#define FIELD(s, member, t)                                                                        \
    { #member, t, offsetof(s, member) * 8, 0, false }
#define BITS(name, t, first, wide)                                                                 \
    { name, t, first, wide, true }
#define PARAMETER(name, t)                                                                         \
    { name, t, 0, 0, false }
#define LIST(type, ...)                                                                            \
    (const type[]){__VA_ARGS__}, sizeof((const type[]){__VA_ARGS__}) / sizeof(type)
#define MEMBERS(...) LIST(struct model_member, __VA_ARGS__)

/* ---- What the header's macros make ---- */

#define FUNCTION(kit, index, text)                                                                 \
    ((struct thimble_name){{&(kit)->object, index, THIMBLE_REF_FUNCTION}, 0, text})
#define STRING(text)                                                                               \
    ((struct thimble_name){{0, THIMBLE_NONE, THIMBLE_REF_NONE}, text, "\"" text "\""})
#define POINTER(kit, type, lvalue)                                                                 \
    ((struct thimble_name){{&(kit)->object, type, THIMBLE_REF_TYPE}, &(lvalue), #lvalue})
#define VALUE(kit, index, T, ...)                                                                  \
    { {&(kit)->object, index, THIMBLE_REF_TYPE}, (T[1]){__VA_ARGS__}, #__VA_ARGS__ }
#define VALUES(...) LIST(struct thimble_value, __VA_ARGS__)

/* LIST has the array first, the header's functions the count. */
#define COUNTED(...)                                                                               \
    sizeof((const struct thimble_value[]){__VA_ARGS__}) / sizeof(struct thimble_value),            \
        (const struct thimble_value[]) {                                                           \
        __VA_ARGS__                                                                                \
    }

/* ---- The tests ---- */

#include <setjmp.h>

extern jmp_buf kit_jump;
void kit_failed_at(jmp_buf *);
const char *kit_failure(void);
const char *kit_no_failure(void);

void test_repr(void);
void test_equal(void);
void test_types(void);
void test_passing(void);
void test_convert(void);
void test_checks(void);
void test_patches(void);
void test_names(void);
void test_keep(void);
void test_threads(void);
void test_answers(void);

#endif
