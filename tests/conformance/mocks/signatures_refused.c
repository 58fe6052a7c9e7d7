// not-modes: pedantic lto
// flags: -Wno-psabi
// run: -j 1
#include <string.h>
#include <thimble.h>

struct packed { char c; int i; } __attribute__((packed));
struct holds_packed { long a; struct packed b; };
struct aligned { int a; } __attribute__((aligned(32)));
struct aligned_member { int a; int b __attribute__((aligned(16))); };
typedef struct { int a; } over_aligned __attribute__((aligned(16)));
typedef float vector __attribute__((vector_size(16)));
struct holds_vector { vector v; };
struct only_wide { long double a; };
struct wrapped_wide { struct only_wide a[1]; };
union wide_or_not { long double a; long b; };
struct flexible { int count; int items[]; };
struct quad { __float128 a; };

/* Name, its type and what each says of it. */
#define REFUSED(R)                     \
    R(packed, struct packed)           \
    R(holds_packed, struct holds_packed) \
    R(aligned, struct aligned)         \
    R(aligned_member, struct aligned_member) \
    R(over_aligned, over_aligned)      \
    R(vector, vector)                  \
    R(holds_vector, struct holds_vector) \
    R(wide_or_not, union wide_or_not)  \
    R(flexible, struct flexible)       \
    R(quad, __float128)                 \
    R(holds_quad, struct quad)

#define DEFINE(name, T)                                            \
    static T real_##name;                                          \
    static T fake_value_##name;                                    \
    static int take_##name(int a, T b) { return (void)b, a; }      \
    static int fake_##name(int a, T b) { return (void)b, -a; }     \
    static T give_##name(void) { return real_##name; }             \
    static T fake_give_##name(void) { return fake_value_##name; }  \
    void test_patch_of_##name(void) {                              \
        T got;                                                     \
        memset(&fake_value_##name, 1, sizeof fake_value_##name);   \
        patch(take_##name, fake_##name);                           \
        patch(give_##name, fake_give_##name);                      \
        assert(take_##name(5, real_##name) == -5);                 \
        got = give_##name();                                       \
        assert(*(char *)&got == 1);                                \
    }                                                              \
    void test_taking_##name(void) { mock(take_##name); }           \
    void test_giving_##name(void) { mock(give_##name); }
REFUSED(DEFINE)

static struct only_wide give_only_wide(void) { return (struct only_wide){1}; }
static struct wrapped_wide give_wrapped_wide(void) { return (struct wrapped_wide){{{1}}}; }

void test_giving_only_wide(void) {
    assert(give_only_wide().a == 1);
    mock_return_each(give_only_wide, give_only_wide());
}

void test_giving_wrapped_wide(void) {
    assert(give_wrapped_wide().a[0].a == 1);
    mock_spy(give_wrapped_wide);
}

static int variadic(const char *format, ...) { return format[0]; }

void test_behind_the_dots(void) {
    vector v = {1, 2, 3, 4};
    mock(variadic);
    variadic("v", v);
}
