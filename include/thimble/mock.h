/* thimble/mock.h: replacing what calls go to, and asking what was called.
 *
 * f is a function; or a string, "zoo.c:parse_line", for one that this unit cannot
 * name; or a function pointer, db.get_animals. What a test injects is undone
 * when it ends. A call that fails says so at its own file and line and ends the
 * test.
 */
#ifndef THIMBLE_MOCK_H
#define THIMBLE_MOCK_H

#pragma GCC system_header

#include <thimble/base.h>

/* What an argument is compared with, where that is not a value. */
struct thimble_matcher {
    int kind; /* enum thimble_matcher_kind */
};

enum thimble_matcher_kind { THIMBLE_MATCH_ANY = 1 };

/* Calls of f go to g until the test ends, wherever in the program they stand.
 * Follows unittest.mock.patch. Fails where no seam in the program calls f. */
#define thimble_patch(f, ...)                                             \
    thimble_patch_at(__FILE__, __LINE__, THIMBLE_NAME_(f),                \
                     (void (*)(void))(__VA_ARGS__),                       \
                     THIMBLE_SAME_FUNCTION_TYPE_(f, (__VA_ARGS__)))
THIMBLE_API void thimble_patch_at(const char *file, int line, struct thimble_name f,
                                  void (*replacement)(void), size_t same_type);

/* The same for the block behind it: with_patch(time, noon) { … } */
#define thimble_with_patch(f, ...)                                                        \
    THIMBLE_BLOCK_(thimble_with_patch_at(__FILE__, __LINE__, THIMBLE_NAME_(f),            \
                                         (void (*)(void))(__VA_ARGS__),                   \
                                         THIMBLE_SAME_FUNCTION_TYPE_(f, (__VA_ARGS__))))
THIMBLE_API struct thimble_block thimble_with_patch_at(const char *file, int line,
                                                       struct thimble_name f,
                                                       void (*replacement)(void),
                                                       size_t same_type);

/* The object `lvalue` holds the value behind it until the test ends. Follows
 * unittest.mock.patch.object. */
#define thimble_patch_value(lvalue, ...)                                            \
    thimble_patch_value_at(__FILE__, __LINE__, (void *)(uintptr_t) & (lvalue),      \
                           (__typeof__(lvalue)[1]){__VA_ARGS__}, sizeof(lvalue))
THIMBLE_API void thimble_patch_value_at(const char *file, int line, void *object,
                                        const void *value, size_t size);

/* Calls of f are recorded and return zero, until the test ends. */
#define thimble_mock(f) thimble_mock_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_mock_at(const char *file, int line, struct thimble_name f);

/* Mocks f, if it is not yet mocked, and has it return the value, converted to
 * its type. Follows Mock.return_value. */
#define thimble_mock_return(f, ...)                                \
    thimble_mock_return_at(__FILE__, __LINE__, THIMBLE_NAME_(f),   \
                           (struct thimble_value)THIMBLE_VALUE_((__VA_ARGS__)))
THIMBLE_API void thimble_mock_return_at(const char *file, int line, struct thimble_name f,
                                        struct thimble_value value);

/* How often f's mock was called. Follows Mock.call_count. */
#define thimble_mock_call_count(f) thimble_mock_call_count_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API size_t thimble_mock_call_count_at(const char *file, int line, struct thimble_name f);

/* The last call of f's mock had these arguments: (f, a, b, …). Follows
 * Mock.assert_called_with. */
#define thimble_assert_called_with(...)                                              \
    thimble_assert_called_with_at(__FILE__, __LINE__,                                \
                                  THIMBLE_NAME_OF_FIRST_(__VA_ARGS__, ), THIMBLE_VALUES_(THIMBLE_VALUE_, __VA_ARGS__))
THIMBLE_API void thimble_assert_called_with_at(const char *file, int line, struct thimble_name f,
                                               size_t count, const struct thimble_value *values);

/* f's mock was called once, with these arguments. Follows
 * Mock.assert_called_once_with. */
#define thimble_assert_called_once_with(...)                                              \
    thimble_assert_called_once_with_at(__FILE__, __LINE__,                                \
                                       THIMBLE_NAME_OF_FIRST_(__VA_ARGS__, ), THIMBLE_VALUES_(THIMBLE_VALUE_, __VA_ARGS__))
THIMBLE_API void thimble_assert_called_once_with_at(const char *file, int line,
                                                    struct thimble_name f, size_t count,
                                                    const struct thimble_value *values);

#define THIMBLE_NAME_OF_FIRST_(f, ...) THIMBLE_NAME_(f)

/* Equal to whatever it is compared with. Follows unittest.mock.ANY. */
#define thimble_ANY ((struct thimble_matcher){THIMBLE_MATCH_ANY})

#ifndef THIMBLE_PREFIXED_ONLY
#define patch thimble_patch
#define with_patch thimble_with_patch
#define patch_value thimble_patch_value
#define mock thimble_mock
#define mock_return thimble_mock_return
#define mock_call_count thimble_mock_call_count
#define assert_called_with thimble_assert_called_with
#define assert_called_once_with thimble_assert_called_once_with
#define ANY thimble_ANY
#endif

#endif
