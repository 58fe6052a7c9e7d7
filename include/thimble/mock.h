/* thimble/mock.h: generated functions that stand in for others: they record their calls
 * and do as they are told.
 *
 *     mock_return(time, 9 * 3600);
 *     mock_error(write, ENOSPC, -1);
 *     mock_return_each(next_animal, &spot, &jojo, NULL);
 *
 * A function is named as in thimble/patch.h. Each of these but mock_wait and mock_reset mocks
 * it, if it is not yet mocked in this test; of those that say what a call does the last one
 * holds, and mock_set is beside them. A mock that was told nothing returns zero. Values convert
 * as in a call; one that the function's type cannot hold is an error. What calls were made is
 * asked in thimble/called.h.
 */
#ifndef THIMBLE_MOCK_H
#define THIMBLE_MOCK_H

#pragma GCC system_header

#include <thimble/patch.h>

/* Calls of f are recorded and return zero, until the test ends. A mock that there is already
 * goes on doing what it was told; one that was patched over since is in front again. Follows
 * unittest.mock.create_autospec. */
#define thimble_mock(f) thimble_mock_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_mock_at(const char *file, int line, struct thimble_name f);

/* The same for each of these: mock_all(f, g, h); up to 32. Follows patch.multiple. */
#define thimble_mock_all(...)                                                      \
    thimble_mock_all_at(__FILE__, __LINE__, THIMBLE_LIST_(struct thimble_name,     \
                                                          THIMBLE_NAME_, 0, __VA_ARGS__))
THIMBLE_API void thimble_mock_all_at(const char *file, int line, size_t count,
                                     const struct thimble_name *functions);

/* The same for every function pointer in the struct that p points to, null ones too, and in
 * structs and arrays in it: mock_struct(&database); mock_return(database.open, 1). Of a
 * union's members, which all lie in one place, the first that holds some.
 * Follows Mock(spec=…). */
#define thimble_mock_struct(...)                                                       \
    thimble_mock_struct_at(__FILE__, __LINE__,                                         \
                           (struct thimble_value){                                     \
                               THIMBLE_MARKER_(THIMBLE_REF_TYPE,                       \
                                               (THIMBLE_DECAYED_((__VA_ARGS__)))0),    \
                               (const void *)(__VA_ARGS__), #__VA_ARGS__})
THIMBLE_API void thimble_mock_struct_at(const char *file, int line, struct thimble_value object);

/* f returns the value. Follows Mock.return_value. */
#define thimble_mock_return(f, ...)                                \
    thimble_mock_return_at(__FILE__, __LINE__, THIMBLE_NAME_(f),   \
                           (struct thimble_value)THIMBLE_VALUE_((__VA_ARGS__)))
THIMBLE_API void thimble_mock_return_at(const char *file, int line, struct thimble_name f,
                                        struct thimble_value value);

/* f returns these values, one a call: (f, a, b, …), up to 32. A call past the last fails the
 * test. Follows Mock.side_effect with a list. */
#define thimble_mock_return_each(...)                                                \
    thimble_mock_return_each_at(__FILE__, __LINE__,                                  \
                                THIMBLE_NAME_OF_FIRST_(__VA_ARGS__, ),               \
                                THIMBLE_VALUES_(THIMBLE_VALUE_, __VA_ARGS__))
THIMBLE_API void thimble_mock_return_each_at(const char *file, int line, struct thimble_name f,
                                             size_t count, const struct thimble_value *values);

/* The same with the n elements of an array, which are copied. */
#define thimble_mock_return_array(f, array, ...)                                \
    thimble_mock_return_array_at(__FILE__, __LINE__, THIMBLE_NAME_(f),          \
                                 (struct thimble_value)THIMBLE_VALUE_((array)), \
                                 (__VA_ARGS__))
THIMBLE_API void thimble_mock_return_array_at(const char *file, int line, struct thimble_name f,
                                              struct thimble_value array, size_t n);

/* f does what g does and returns what g returns; g gets the arguments, and errno is as g leaves
 * it. A g of another type is a compile error; for a name in a string one at this line. Follows
 * Mock.side_effect with a function. */
#define thimble_mock_effect(f, ...)                              \
    thimble_mock_effect_at(__FILE__, __LINE__, THIMBLE_NAME_(f), \
                           THIMBLE_REPLACEMENT_(f, (__VA_ARGS__)))
THIMBLE_API void thimble_mock_effect_at(const char *file, int line, struct thimble_name f,
                                        struct thimble_replacement effect);

/* f sets errno and returns the value: mock_error(open, ENOENT, -1). An error that is no errno is
 * an error here. Follows Mock.side_effect with an OSError. */
#define thimble_mock_error(f, error, ...)                                    \
    thimble_mock_error_at(__FILE__, __LINE__, THIMBLE_NAME_(f), (error),     \
                          (struct thimble_value)THIMBLE_VALUE_((__VA_ARGS__)))
THIMBLE_API void thimble_mock_error_at(const char *file, int line, struct thimble_name f, int error,
                                       struct thimble_value value);

/* f exits with the status; it aborts. assert_exits and assert_aborts catch that. */
#define thimble_mock_exit(f, ...) \
    thimble_mock_exit_at(__FILE__, __LINE__, THIMBLE_NAME_(f), (__VA_ARGS__))
THIMBLE_API void thimble_mock_exit_at(const char *file, int line, struct thimble_name f, int status);
#define thimble_mock_abort(f) thimble_mock_abort_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_mock_abort_at(const char *file, int line, struct thimble_name f);

/* f writes the value to where its parameter of that name points, besides what else it does, and
 * over what an effect or f itself wrote there: a string or array all of itself, BYTES(p, n) n
 * bytes, any other value converted to what the parameter points to, or as it is for a `void *`.
 * Where that is a null pointer nothing is written; where nothing can be written, the call fails
 * the test. The value is copied now. A name as in `arg`: mock_set(sscanf, "3", 42) is about the
 * first argument behind the format. For each parameter the last one holds. */
#define thimble_mock_set(f, parameter, ...)                                    \
    thimble_mock_set_at(__FILE__, __LINE__, THIMBLE_NAME_(f), (parameter),     \
                        (struct thimble_value)THIMBLE_OBJECT_((__VA_ARGS__)))
THIMBLE_API void thimble_mock_set_at(const char *file, int line, struct thimble_name f,
                                     const char *parameter, struct thimble_value value);

/* Calls of f are recorded and go to f itself. Follows Mock's `wraps`. */
#define thimble_mock_spy(f)                                   \
    thimble_mock_spy_at(__FILE__, __LINE__, THIMBLE_NAME_(f), THIMBLE_ADDRESS_OF_(f))
THIMBLE_API void thimble_mock_spy_at(const char *file, int line, struct thimble_name f,
                                     void (*address)(void));

/* The same; and when the test ends, passed or failed, the assert_has_calls that would pass is
 * shown with its result, to be pasted. */
#define thimble_mock_learn(f)                                   \
    thimble_mock_learn_at(__FILE__, __LINE__, THIMBLE_NAME_(f), THIMBLE_ADDRESS_OF_(f))
THIMBLE_API void thimble_mock_learn_at(const char *file, int line, struct thimble_name f,
                                       void (*address)(void));

/* Waits until f's mock has been called that often, by any threads. Fails after that many
 * seconds. Follows ThreadingMock.wait_until_called. */
#define thimble_mock_wait(f, count, ...) \
    thimble_mock_wait_at(__FILE__, __LINE__, THIMBLE_NAME_(f), (count), (__VA_ARGS__))
THIMBLE_API void thimble_mock_wait_at(const char *file, int line, struct thimble_name f,
                                      size_t count, double seconds);

/* Forgets the calls of f's mock so far; what it was told to do stays. Follows
 * Mock.reset_mock. */
#define thimble_mock_reset(f) thimble_mock_reset_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_mock_reset_at(const char *file, int line, struct thimble_name f);

#ifndef THIMBLE_PREFIXED_ONLY
#define mock thimble_mock
#define mock_all thimble_mock_all
#define mock_struct thimble_mock_struct
#define mock_return thimble_mock_return
#define mock_return_each thimble_mock_return_each
#define mock_return_array thimble_mock_return_array
#define mock_effect thimble_mock_effect
#define mock_error thimble_mock_error
#define mock_exit thimble_mock_exit
#define mock_abort thimble_mock_abort
#define mock_set thimble_mock_set
#define mock_spy thimble_mock_spy
#define mock_learn thimble_mock_learn
#define mock_wait thimble_mock_wait
#define mock_reset thimble_mock_reset
#endif

#endif
