/* thimble/patch.h: replacing what calls go to, and what variables hold.
 *
 *     patch(time, noon);                        until the test ends
 *     with_patch(time, noon) { … }              for the block
 *     patch_in("zoo.c", time, noon);            only calls that are made from that file
 *     patch_value(database.path, ":memory:");
 *     patch_env("HOME", "/tmp");
 *
 * f is a function; or a string, "zoo.c:parse_line", for one that this unit cannot
 * name; or a function pointer, db.get_animals. What a test injects is undone when it
 * ends, what a set-up injects when its tests are over. A call that fails says so at its
 * own file and line and ends the test.
 */
#ifndef THIMBLE_PATCH_H
#define THIMBLE_PATCH_H

#pragma GCC system_header

#include <thimble/base.h>

/* What is to be called in a function's place. */
struct thimble_replacement {
    void (*function)(void);
    struct thimble_ref type; /* of that function */
};

#define THIMBLE_REPLACEMENT_(f, g)                                                 \
    ((struct thimble_replacement){                                                 \
        THIMBLE_FUNCTION_LIKE_(f, g),                                              \
        THIMBLE_MARKER_(THIMBLE_REF_TYPE, (__typeof__(*(g)) *)0)})

/* The function g; a compile error where it is of another type than f. */
#define THIMBLE_FUNCTION_LIKE_(f, g) \
    ((void)THIMBLE_SAME_FUNCTION_TYPE_(f, g), (void (*)(void))(g))

/* Calls of f go to g until the test ends, wherever in the program they stand.
 * Follows unittest.mock.patch. Fails where no seam in the program calls f. */
#define thimble_patch(f, ...)                                \
    thimble_patch_at(__FILE__, __LINE__, THIMBLE_NAME_(f),   \
                     THIMBLE_REPLACEMENT_(f, (__VA_ARGS__)))
THIMBLE_API void thimble_patch_at(const char *file, int line, struct thimble_name f,
                                  struct thimble_replacement replacement);

/* The same for calls that are made from that source file: a path as the compiler was given
 * it, or its end from a '/' on. Fails where no seam in that file calls f. */
#define thimble_patch_in(source, f, ...)                                \
    thimble_patch_in_at(__FILE__, __LINE__, (source), THIMBLE_NAME_(f), \
                        THIMBLE_REPLACEMENT_(f, (__VA_ARGS__)))
THIMBLE_API void thimble_patch_in_at(const char *file, int line, const char *source,
                                     struct thimble_name f,
                                     struct thimble_replacement replacement);

/* The same as patch for the block behind it: with_patch(time, noon) { … } */
#define thimble_with_patch(f, ...)                                              \
    THIMBLE_BLOCK_(thimble_with_patch_at(__FILE__, __LINE__, THIMBLE_NAME_(f), \
                                         THIMBLE_REPLACEMENT_(f, (__VA_ARGS__))))
THIMBLE_API struct thimble_block thimble_with_patch_at(const char *file, int line,
                                                       struct thimble_name f,
                                                       struct thimble_replacement replacement);

/* The object `lvalue` holds the value behind it until the test ends; an array the elements
 * behind it in braces: patch_value(table, {1, 2}). A bit-field has no address. Follows
 * unittest.mock.patch.object. */
#define thimble_patch_value(lvalue, ...)                                            \
    thimble_patch_value_at(__FILE__, __LINE__, (void *)(uintptr_t) & (lvalue),      \
                           (const void *)(uintptr_t)(__typeof__(lvalue)[1]){__VA_ARGS__},   \
                           sizeof(lvalue), #lvalue)
THIMBLE_API void thimble_patch_value_at(const char *file, int line, void *object,
                                        const void *value, size_t size, const char *text);

/* The environment has this variable with this value until the test ends; null: has not.
 * Follows unittest.mock.patch.dict. */
#define thimble_patch_env(name, ...) \
    thimble_patch_env_at(__FILE__, __LINE__, (name), (__VA_ARGS__))
THIMBLE_API void thimble_patch_env_at(const char *file, int line, const char *name,
                                      const char *value);

/* The function itself, whatever its calls go to now: real(time)(NULL). Of a pointer: what it
 * held before it was mocked or patched. For use in a replacement. */
#define thimble_real(f)                                                                \
    (*(__typeof__(&*(f)))thimble_real_at(__FILE__, __LINE__, THIMBLE_NAME_(f),        \
                                         (struct thimble_replacement){                 \
                                             THIMBLE_ADDRESS_OF_(f),                   \
                                             THIMBLE_MARKER_(THIMBLE_REF_TYPE,         \
                                                             (__typeof__(*(f)) *)0)}))

/* The same for a name in a string; the function is typed like g:
 * real_as(fake_parse, "zoo.c:parse_line")(text). Fails where it is of another type. */
#define thimble_real_as(g, ...)                                                            \
    (*(__typeof__(&*(g)))thimble_real_at(__FILE__, __LINE__, THIMBLE_NAME_((__VA_ARGS__)), \
                                         (struct thimble_replacement){                     \
                                             (void (*)(void))0,                            \
                                             THIMBLE_MARKER_(THIMBLE_REF_TYPE,             \
                                                             (__typeof__(*(g)) *)0)}))
/* `like.function` is the address where the unit that asks knows it, else null. */
THIMBLE_API void (*thimble_real_at(const char *file, int line, struct thimble_name f,
                                   struct thimble_replacement like))(void);

/* The address of a function that is named by itself; null for a name in a string. */
#define THIMBLE_ADDRESS_OF_(f)                                               \
    __builtin_choose_expr(THIMBLE_IS_FUNCTION_(f), (void (*)(void))(f), (void (*)(void))0)

#ifndef THIMBLE_PREFIXED_ONLY
#define patch thimble_patch
#define patch_in thimble_patch_in
#define with_patch thimble_with_patch
#define patch_value thimble_patch_value
#define patch_env thimble_patch_env
#define real(...) thimble_real(__VA_ARGS__)
#define real_as thimble_real_as
#endif

#endif
