// not-modes: pedantic lto
// flags: -Wno-psabi
// run: -j 1
#define _GNU_SOURCE 1
#include <complex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thimble.h>

/* One of each class in which the convention passes structs. */
struct one_char { char a; };
struct three_chars { char a[3]; };
struct two_ints { int a, b; };
struct two_longs { long a, b; };
struct two_floats { float a, b; };
struct float_int { float a; int b; };
struct three_floats { float a, b, c; };
struct two_doubles { double a, b; };
struct long_double { long a; double b; };
struct double_long { double a; long b; };
struct wave { float complex a; };
struct memory { long a, b, c; };
struct wide { long double a; int b; };
struct only_wide { long double a; };
struct bits { unsigned a : 3, b : 30; int c : 31; };
struct bits_double { unsigned a : 5; double b; };
struct with_union { int kind; union { double real; char *text; } is; };
union number { long whole; double real; };
struct nested { struct two_floats a; struct one_char b[2]; };
struct callbacks { int (*first)(int); void *data; };
enum color { RED, GREEN = 70000 };
enum small { ONE, TWO } __attribute__((packed));
typedef int callback(int);

#define STRUCTS(S)                                                                     \
    S(struct one_char, one_char, {'a'}, {'b'})                                         \
    S(struct three_chars, three_chars, {"ab"}, {"cd"})                                 \
    S(struct two_ints, two_ints, {1 C 2}, {3 C 4})                                     \
    S(struct two_longs, two_longs, {1 C 2}, {3 C 4})                                   \
    S(struct two_floats, two_floats, {1.5f C 2}, {3 C 4})                              \
    S(struct float_int, float_int, {1.5f C 2}, {3 C 4})                                \
    S(struct three_floats, three_floats, {1.5f C 2 C 3}, {3 C 4 C 5})                  \
    S(struct two_doubles, two_doubles, {1.5 C 2}, {3 C 4})                             \
    S(struct long_double, long_double, {1 C 2.5}, {3 C 4})                             \
    S(struct double_long, double_long, {1.5 C 2}, {3 C 4})                             \
    S(struct wave, wave, {1 + 2 * I}, {3 + 4 * I})                                     \
    S(struct memory, memory, {1 C 2 C 3}, {3 C 4 C 5})                                 \
    S(struct wide, wide, {1.5L C 2}, {3 C 4})                                          \
    S(struct bits, bits, {1 C 2 C -3}, {3 C 4 C 5})                                    \
    S(struct bits_double, bits_double, {1 C 2.5}, {3 C 4})                             \
    S(struct with_union, with_union, {1 C {.real = 2.5}}, {3 C {.text = "x"}})         \
    S(union number, number, {.whole = 3}, {.real = 2.5})                               \
    S(struct nested, nested, {{1 C 2} C {{'a'} C {'b'}}}, {{3 C 4} C {{'c'} C {'d'}}}) \
    S(struct callbacks, callbacks, {abs C 0}, {0 C stdout_})                           \
    S(enum color, color, GREEN, RED)                                                   \
    S(enum small, small, TWO, ONE)                                                     \
    S(_Bool, boolean, 1, 0)                                                            \
    S(unsigned char, byte, 255, 3)                                                     \
    S(short, brief, -300, 3)                                                           \
    S(float, real, 1.5f, 2)                                                            \
    S(long double, extended, 1.5L, 2)                                                  \
    S(float complex, complex_float, 1 + 2 * I, 3 + 4 * I)                              \
    S(double complex, complex_double, 1 + 2 * I, 3 + 4 * I)                            \
    S(long double complex, complex_extended, 1 + 2 * I, 3 + 4 * I)                     \
    S(callback *, pointer, abs, 0)                                                     \
    S(struct two_ints *, to_struct, &ints, 0)
#define C ,

static char stdout_[1];
static struct two_ints ints = {5, 6};

/* Behind a different number of others each time: in registers, half of them, on the stack. */
#define DEFINE(T, name, first, second)                                                          \
    static T give_##name(T a, int i, T b, double d, T c, long j, T e, const char *s, T f) {     \
        return (void)b, (void)c, (void)e, (void)f, (void)d, (void)s, (void)j, i ? a : f;        \
    }                                                                                           \
    static T other_##name(T a, int i, T b, double d, T c, long j, T e, const char *s, T f) {    \
        return (void)a, (void)c, (void)e, (void)f, (void)d, (void)s, (void)j, (void)i, b;       \
    }                                                                                           \
    void test_##name(void) {                                                                    \
        T x = first; T y = second; T z;                                                             \
        memset(&z, 0, sizeof z);                                                                \
        mock(give_##name);                                                                      \
        z = give_##name(x, 1, y, 2.5, x, 3, y, "s", x);                                         \
        assert_called_once_with(give_##name, x, 1, y, 2.5, x, 3, y, "s", x);                    \
        mock_return(give_##name, y);                                                            \
        z = give_##name(x, 1, x, 2.5, x, 3, y, "s", x);                                         \
        assert_equal(z, y);                                                                     \
        mock_spy(give_##name);                                                                  \
        z = give_##name(x, 1, y, 2.5, y, 3, y, "s", y);                                         \
        assert_equal(z, x);                                                                     \
        z = give_##name(y, 0, y, 2.5, y, 3, y, "s", x);                                         \
        assert_equal(z, x);                                                                     \
        mock_effect(give_##name, other_##name);                                                 \
        z = give_##name(y, 0, x, 2.5, y, 3, y, "s", y);                                         \
        assert_equal(z, x);                                                                     \
        mock_return_each(give_##name, x, y);                                                    \
        z = give_##name(y, 0, y, 2.5, y, 3, y, "s", y);                                         \
        assert_equal(z, x);                                                                     \
    }
STRUCTS(DEFINE)

static long twelve(int a, double b, char c, float d, long e, const char *f, _Bool g, short h, long double i,
                   struct two_longs j, unsigned k, enum color l) {
    return a + (long)b + c + (long)d + e + f[0] + g + h + (long)i + j.b + (long)k + (long)l;
}

void test_twelve_arguments(void) {
    struct two_longs ten = {10, 11};
    mock_spy(twelve);
    assert(twelve(1, 2, '3', 4, 5, "6", 1, 8, 9, ten, 12, RED) == 1 + 2 + '3' + 4 + 5 + '6' + 1 + 8 + 9 + 11 + 12);
    assert_called_once_with(twelve, 1, 2, '3', 4, 5, "6", 1, 8, 9, ten, 12, RED);
}

static __int128 huge(__int128 a, int i, __int128 b, double d) {
    return i ? a + (long)d : b;
}

void test_wider_than_a_register(void) {
    __int128 a = (__int128)1 << 100, b = -5;
    mock_spy(huge);
    assert(huge(a, 1, b, 2.5) == a + 2 && huge(a, 0, b, 0) == b);
    assert_called_with(huge, a, 0, -5, 0);
    mock_return_each(huge, b, a, 7);
    assert(huge(0, 0, 0, 0) == b && huge(0, 0, 0, 0) == a && huge(0, 0, 0, 0) == 7);
}

static int take_wide(struct only_wide w, int x) {
    return (int)w.a + x;
}

void test_a_struct_of_one_long_double_as_an_argument(void) {
    struct only_wide w = {2.5L};
    mock_spy(take_wide);
    assert(take_wide(w, 3) == 5);
    assert_called_once_with(take_wide, w, 3);
}

static int link_to(int file, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, path);
    return connect(file, (struct sockaddr *)&address, sizeof address);
}

void test_a_transparent_union(void) {
    mock_return(connect, 7);
    assert(link_to(3, "/tmp/x") == 7);
    assert_called_once_with(connect, 3, ANY, sizeof(struct sockaddr_un));
    mock_spy(connect);
    assert(link_to(-1, "/tmp/x") == -1);
    assert(mock_call_count(connect) == 2);
}
