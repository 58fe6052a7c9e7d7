/* thimble/base.h: how the header's macros hand functions and values over.
 *
 * A macro describes its operand with the marker, a call that the plugin replaces
 * by a constant: which function of this unit, or which type. In a unit compiled
 * without the flag the marker stays, and the linker's complaint names the cure.
 */
#ifndef THIMBLE_BASE_H
#define THIMBLE_BASE_H

#pragma GCC system_header

#include <thimble/abi.h>

#ifdef __cplusplus
#error "thimble.h is for C: compile the tests as C and link the C++ code to them"
#endif

/* References to the runtime are weak: an object with tests in it still links
 * into a program that has no runtime. */
#ifndef THIMBLE_API
#define THIMBLE_API __attribute__((__weak__))
#endif

/* The marker: kind is an enum thimble_ref_kind, the one operand behind it is
 * the address of a function, a string or a pointer, or `(T *)0` for a type T. */
struct thimble_ref thimble_this_file_needs_the_compiler_flag_fplugin_thimble(int kind, ...);

/* A function as a macro's operand names it. */
struct thimble_name {
    struct thimble_ref ref; /* of a pointer: of the type that it points to */
    void *operand;          /* the string, or the pointer's own address */
    const char *text;       /* the operand as written */
};

/* A value with its type. */
struct thimble_value {
    struct thimble_ref type;
    const void *data;
    const char *text;
};

#define THIMBLE_MARKER_ thimble_this_file_needs_the_compiler_flag_fplugin_thimble

/* `*f` is `f` again for a function and for nothing else. */
#define THIMBLE_IS_FUNCTION_(f) __builtin_types_compatible_p(__typeof__(f), __typeof__(*(f)))
#define THIMBLE_IS_STRING_(f) __builtin_types_compatible_p(__typeof__(*(f)), char)

#define THIMBLE_NAME_(f)                                                                     \
    ((struct thimble_name){THIMBLE_MARKER_(THIMBLE_REF_FUNCTION, &(f)),                      \
                           __builtin_choose_expr(THIMBLE_IS_FUNCTION_(f), (void *)0,         \
                                                 (void *)(uintptr_t) & (f)),                 \
                           #f})

/* The type of x as a call would pass it; evaluates nothing. */
#define THIMBLE_DECAYED_(x) __typeof__(((void)0, (x)))

#define THIMBLE_VALUE_(x)                                                   \
    {                                                                       \
        THIMBLE_MARKER_(THIMBLE_REF_TYPE, (THIMBLE_DECAYED_(x) *)0),        \
            (const void *)(THIMBLE_DECAYED_(x)[1]){(x)}, #x                 \
    }

/* Is 1; a compile error where f and g are functions of different types. In strict
 * C99 glibc makes a declaration of _Static_assert, which a struct cannot hold; the
 * name of a field has to speak instead. */
#define THIMBLE_SAME_FUNCTION_TYPE_(f, g)                                                      \
    (__extension__ sizeof(struct {                                                             \
        THIMBLE_REQUIRE_(                                                                      \
            THIMBLE_IS_STRING_(f) ||                                                           \
                __builtin_types_compatible_p(__typeof__(*(f)), __typeof__(*(g))),              \
            the_replacement_is_of_another_type_than_the_function,                              \
            "the replacement is of another type than " #f) char same;                          \
    }))
#ifdef _Static_assert
#define THIMBLE_REQUIRE_(condition, name, text) int name : (condition) ? 1 : -1;
#else
#define THIMBLE_REQUIRE_(condition, name, text) _Static_assert(condition, text);
#endif

/* A block that is left once and undone however it is left. */
struct thimble_block {
    int running;
    void *undo;
};

THIMBLE_API void thimble_block_leave(struct thimble_block *);

/* Two blocks on one line need not shadow each other; but Clang 22 warns of the counter
 * wherever -pedantic is on, and nothing keeps it from that. */
#if defined(__clang__) && __clang_major__ >= 22
#define THIMBLE_UNIQUE_ __LINE__
#else
#define THIMBLE_UNIQUE_ __COUNTER__
#endif

#define THIMBLE_BLOCK_(enter) \
    THIMBLE_BLOCK_NAMED_(THIMBLE_PASTE_(thimble_block_, THIMBLE_UNIQUE_), enter)
#define THIMBLE_BLOCK_NAMED_(name, enter)                                             \
    for (__attribute__((__cleanup__(thimble_block_leave))) struct thimble_block name = \
             (enter);                                                                 \
         name.running; name.running = 0)

#define THIMBLE_PASTE_(a, b) THIMBLE_PASTE_NOW_(a, b)
#define THIMBLE_PASTE_NOW_(a, b) a##b

/* THIMBLE_VALUES_(f, a, b): the array and the count that describe a and b. The
 * function comes along so that the list is never empty, which ISO C before C23
 * has no way to say. */
#define THIMBLE_VALUES_(...) THIMBLE_PASTE_(THIMBLE_VALUES_, THIMBLE_COUNT_(__VA_ARGS__))(__VA_ARGS__)
#define THIMBLE_FIRST_(first, ...) first
#define THIMBLE_COUNT_(...) \
    THIMBLE_COUNT_NOW_(__VA_ARGS__, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define THIMBLE_COUNT_NOW_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, count, ...) count

#define THIMBLE_ARRAY_(...) ((struct thimble_value[]){__VA_ARGS__})
#define THIMBLE_V_ THIMBLE_VALUE_
#define THIMBLE_VALUES_1(f) 0, (struct thimble_value *)0
#define THIMBLE_VALUES_2(f, a) 1, THIMBLE_ARRAY_(THIMBLE_V_(a))
#define THIMBLE_VALUES_3(f, a, b) 2, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b))
#define THIMBLE_VALUES_4(f, a, b, c) \
    3, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c))
#define THIMBLE_VALUES_5(f, a, b, c, d) \
    4, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d))
#define THIMBLE_VALUES_6(f, a, b, c, d, e) \
    5, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e))
#define THIMBLE_VALUES_7(f, a, b, c, d, e, g) \
    6, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g))
#define THIMBLE_VALUES_8(f, a, b, c, d, e, g, h) \
    7, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h))
#define THIMBLE_VALUES_9(f, a, b, c, d, e, g, h, i) \
    8, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i))
#define THIMBLE_VALUES_10(f, a, b, c, d, e, g, h, i, j) \
    9, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j))
#define THIMBLE_VALUES_11(f, a, b, c, d, e, g, h, i, j, k) \
    10, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k))
#define THIMBLE_VALUES_12(f, a, b, c, d, e, g, h, i, j, k, l) \
    11, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k), THIMBLE_V_(l))
#define THIMBLE_VALUES_13(f, a, b, c, d, e, g, h, i, j, k, l, m) \
    12, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k), THIMBLE_V_(l), THIMBLE_V_(m))
#define THIMBLE_VALUES_14(f, a, b, c, d, e, g, h, i, j, k, l, m, n) \
    13, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k), THIMBLE_V_(l), THIMBLE_V_(m), THIMBLE_V_(n))
#define THIMBLE_VALUES_15(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o) \
    14, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k), THIMBLE_V_(l), THIMBLE_V_(m), THIMBLE_V_(n), THIMBLE_V_(o))
#define THIMBLE_VALUES_16(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p) \
    15, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k), THIMBLE_V_(l), THIMBLE_V_(m), THIMBLE_V_(n), THIMBLE_V_(o), \
        THIMBLE_V_(p))
#define THIMBLE_VALUES_17(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q) \
    16, THIMBLE_ARRAY_(THIMBLE_V_(a), THIMBLE_V_(b), THIMBLE_V_(c), THIMBLE_V_(d), \
        THIMBLE_V_(e), THIMBLE_V_(g), THIMBLE_V_(h), THIMBLE_V_(i), THIMBLE_V_(j), \
        THIMBLE_V_(k), THIMBLE_V_(l), THIMBLE_V_(m), THIMBLE_V_(n), THIMBLE_V_(o), \
        THIMBLE_V_(p), THIMBLE_V_(q))

#endif
