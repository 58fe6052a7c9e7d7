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
 * the address of a function, a string or a pointer, or `(T *)0` for a type T. Of the
 * kind OBJECT it has to be the first thing in a struct thimble_value. */
struct thimble_ref thimble_this_file_needs_the_compiler_flag_fplugin_thimble(int kind, ...);

/* A function as a macro's operand names it. */
struct thimble_name {
    struct thimble_ref ref; /* of a pointer: of the type that it points to */
    void *operand;          /* the string, or the pointer's own address */
    const char *text;       /* the operand as written */
};

/* A value with its type. Of kind TYPE: at `data` lies an object of that type. Of kind
 * ARRAY: at `data` lies a pointer to the first element of an array of that type. */
struct thimble_value {
    struct thimble_ref type;
    const void *data;
    const char *text; /* the operand as written */
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

/* x as a call would pass it, and x as it is: an array with its bound. */
#define THIMBLE_VALUE_(x) THIMBLE_VALUE_OF_(THIMBLE_REF_TYPE, x, #x)
#define THIMBLE_OBJECT_(x) THIMBLE_VALUE_OF_(THIMBLE_REF_OBJECT, x, #x)
#define THIMBLE_VALUE_OF_(kind, x, text)                      \
    {                                                         \
        THIMBLE_MARKER_(kind, (THIMBLE_DECAYED_(x) *)0),      \
            (const void *)(THIMBLE_DECAYED_(x)[1]){(x)}, text \
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
    void *jump;
};

THIMBLE_API void thimble_block_leave(struct thimble_block *);

/* Whether a block's body is to run: once. In a function that calls this, variables keep their
 * values when a block is left by a jump; the plugin sees to that. */
THIMBLE_API int thimble_block_again(struct thimble_block *);

/* setjmp, without its header's names. */
int thimble_setjmp(void *) __asm__("_setjmp") __attribute__((__returns_twice__));

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

/* One to whose end the runtime jumps, from wherever the block's code has got to. */
#define THIMBLE_CATCHING_BLOCK_(enter) \
    THIMBLE_CATCHING_BLOCK_NAMED_(THIMBLE_PASTE_(thimble_block_, THIMBLE_UNIQUE_), enter)
#define THIMBLE_CATCHING_BLOCK_NAMED_(name, enter)                                    \
    for (__attribute__((__cleanup__(thimble_block_leave))) struct thimble_block name = \
             (enter);                                                                 \
         thimble_setjmp(name.jump) == 0 && thimble_block_again(&name);)

#define THIMBLE_PASTE_(a, b) THIMBLE_PASTE_NOW_(a, b)
#define THIMBLE_PASTE_NOW_(a, b) a##b

/* THIMBLE_VALUES_(V, f, a, b): the count and the array that describe a and b, each as
 * V(a) does; at most 32. Something comes along in front so that the list is never empty,
 * which ISO C before C23 has no way to say. */
#define THIMBLE_VALUES_(V, ...) THIMBLE_LIST_(struct thimble_value, V, __VA_ARGS__)
#define THIMBLE_LIST_(T, V, ...)                                                         \
    THIMBLE_PASTE_(THIMBLE_LIST_, THIMBLE_SOME_(__VA_ARGS__))(T, V, THIMBLE_COUNT_(__VA_ARGS__), \
                                                              __VA_ARGS__)
#define THIMBLE_LIST_0(T, V, count, f) 0, (T *)0
#define THIMBLE_LIST_1(T, V, count, f, ...) \
    count, ((T[]){THIMBLE_PASTE_(THIMBLE_EACH_, count)(V, __VA_ARGS__)})

#define THIMBLE_FIRST_(first, ...) first

/* How many arguments come behind the first, and whether there are any: 0 or 1. */
#define THIMBLE_COUNT_(...) \
    THIMBLE_NUMBER_(__VA_ARGS__, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, \
        18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0)
#define THIMBLE_SOME_(...) \
    THIMBLE_NUMBER_(__VA_ARGS__, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, \
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0)
#define THIMBLE_NUMBER_( \
    a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, \
        a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, \
        number, ...) \
    number

#define THIMBLE_EACH_1(V, a) V(a)
#define THIMBLE_EACH_2(V, a, ...) V(a), THIMBLE_EACH_1(V, __VA_ARGS__)
#define THIMBLE_EACH_3(V, a, ...) V(a), THIMBLE_EACH_2(V, __VA_ARGS__)
#define THIMBLE_EACH_4(V, a, ...) V(a), THIMBLE_EACH_3(V, __VA_ARGS__)
#define THIMBLE_EACH_5(V, a, ...) V(a), THIMBLE_EACH_4(V, __VA_ARGS__)
#define THIMBLE_EACH_6(V, a, ...) V(a), THIMBLE_EACH_5(V, __VA_ARGS__)
#define THIMBLE_EACH_7(V, a, ...) V(a), THIMBLE_EACH_6(V, __VA_ARGS__)
#define THIMBLE_EACH_8(V, a, ...) V(a), THIMBLE_EACH_7(V, __VA_ARGS__)
#define THIMBLE_EACH_9(V, a, ...) V(a), THIMBLE_EACH_8(V, __VA_ARGS__)
#define THIMBLE_EACH_10(V, a, ...) V(a), THIMBLE_EACH_9(V, __VA_ARGS__)
#define THIMBLE_EACH_11(V, a, ...) V(a), THIMBLE_EACH_10(V, __VA_ARGS__)
#define THIMBLE_EACH_12(V, a, ...) V(a), THIMBLE_EACH_11(V, __VA_ARGS__)
#define THIMBLE_EACH_13(V, a, ...) V(a), THIMBLE_EACH_12(V, __VA_ARGS__)
#define THIMBLE_EACH_14(V, a, ...) V(a), THIMBLE_EACH_13(V, __VA_ARGS__)
#define THIMBLE_EACH_15(V, a, ...) V(a), THIMBLE_EACH_14(V, __VA_ARGS__)
#define THIMBLE_EACH_16(V, a, ...) V(a), THIMBLE_EACH_15(V, __VA_ARGS__)
#define THIMBLE_EACH_17(V, a, ...) V(a), THIMBLE_EACH_16(V, __VA_ARGS__)
#define THIMBLE_EACH_18(V, a, ...) V(a), THIMBLE_EACH_17(V, __VA_ARGS__)
#define THIMBLE_EACH_19(V, a, ...) V(a), THIMBLE_EACH_18(V, __VA_ARGS__)
#define THIMBLE_EACH_20(V, a, ...) V(a), THIMBLE_EACH_19(V, __VA_ARGS__)
#define THIMBLE_EACH_21(V, a, ...) V(a), THIMBLE_EACH_20(V, __VA_ARGS__)
#define THIMBLE_EACH_22(V, a, ...) V(a), THIMBLE_EACH_21(V, __VA_ARGS__)
#define THIMBLE_EACH_23(V, a, ...) V(a), THIMBLE_EACH_22(V, __VA_ARGS__)
#define THIMBLE_EACH_24(V, a, ...) V(a), THIMBLE_EACH_23(V, __VA_ARGS__)
#define THIMBLE_EACH_25(V, a, ...) V(a), THIMBLE_EACH_24(V, __VA_ARGS__)
#define THIMBLE_EACH_26(V, a, ...) V(a), THIMBLE_EACH_25(V, __VA_ARGS__)
#define THIMBLE_EACH_27(V, a, ...) V(a), THIMBLE_EACH_26(V, __VA_ARGS__)
#define THIMBLE_EACH_28(V, a, ...) V(a), THIMBLE_EACH_27(V, __VA_ARGS__)
#define THIMBLE_EACH_29(V, a, ...) V(a), THIMBLE_EACH_28(V, __VA_ARGS__)
#define THIMBLE_EACH_30(V, a, ...) V(a), THIMBLE_EACH_29(V, __VA_ARGS__)
#define THIMBLE_EACH_31(V, a, ...) V(a), THIMBLE_EACH_30(V, __VA_ARGS__)
#define THIMBLE_EACH_32(V, a, ...) V(a), THIMBLE_EACH_31(V, __VA_ARGS__)

#endif
