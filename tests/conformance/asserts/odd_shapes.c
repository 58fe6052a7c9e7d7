// run: -j 1
// not-modes: pedantic
/* Operands that are rare, and what compilers make something else of while they parse. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <complex.h>
static inline int helper(int x) { assert(x > 2); return x; }
int global_array[4] = {1,2,3,4};
struct big { int a[4]; } big;
union u { int i; float f; };
typedef int v4 __attribute__((vector_size(16)));
static int takes(struct big b) { return b.a[0]; }
void test_switch(void) { int k = 3; switch (k) { case 3: assert(k == 4); break; default: break; } }
void test_struct_arg(void) { big.a[0] = 7; assert(takes(big) == 8); }
void test_complex(void) { double complex z = 1 + 2 * I; assert(z == 3.0); }
void test_vector(void) { v4 v = {1,2,3,4}; assert(v[2] == 4); }
void test_global_array(void) { int i = 2; assert(global_array[i] == 4); }
void test_string_index(void) { int i = 1; assert("abc"[i] == 'c'); }
void test_loop(void) { for (int i = 0; i < 10; i++) assert(i < 5); }
void test_vla(void) { int n = 3; int a[n]; memset(a, 0, sizeof a); assert(a[n - 1] == 1 && sizeof a == 12); }
void test_compound(void) { assert(((struct { int x; }){5}).x == 6); }
void test_generic(void) { int x = 4; assert(_Generic(x, int: x + 1, default: 0) == 6); }
void test_int128(void) { __int128 x = 5; assert(x == 6); }
void test_longdouble(void) { long double x = 5.5L; assert(x == 6 && x < 7); }
void test_union(void) { union u u = {.i = 3}; assert(u.i == 4); }
void test_isnan(void) { double d = 1; assert(isnan(d)); }
void test_inline(void) { helper(1); }
void test_ptrdiff(void) { int *p = global_array, *q = p + 3; assert(q - p == 2); }
void test_negative_index(void) { int *p = global_array + 2; int i = 1; assert(p[-1] == 3 && p[-i] == 0); }
void test_compared_and_assigned(void) { const char *s = "x"; int r; assert((r = strcmp(s, "y") > 0) == 1); }
void test_comma(void) { int a = 1; assert((a++, a) == 3); }
void test_elvis(void) { int a = 0; assert((a ?: 5) == 6); }
void test_not_not(void) { int a = 4; assert(!!a == 0); }
void test_logic_value(void) { int a = 1, b = 0; assert((a && b) == 1); }
void test_pointer_compare(void) { int *p = global_array; assert(p == NULL || p > &global_array[1]); }
void test_bits(void) { unsigned f = 5; assert(f & 2 || (f & 8) == 8); }
static double half(double x) { return x / 2; }
static double twice(double x) { return x * 2; }
void test_array_of_functions(void) { double (*f[2])(double) = {half, twice}; int i = 1; assert(f[i](1.0) == 0.0); }
static int parse(const char *text, int *number) { return *text >= '0' && *text <= '9' ? *number = *text - '0', 1 : 0; }
void test_has_no_value_yet(void) { int got, parsed = parse("x", &got); assert(parsed && got == 3); }
void test_volatile_is_left_alone(void) { volatile int port = 3; int ready = 0; assert(ready && port == 4); }

/* A constant that no long long holds. */
void test_large_constants(void) {
    unsigned long long all = 5;
    assert(all == ~0ull || all == (unsigned long long)~(unsigned __int128)0 >> 1);
}
