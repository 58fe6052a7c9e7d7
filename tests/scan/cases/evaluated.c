// Where calls stand that are made, and where ones that are not.
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    int left, right[2];
};

static int made(int x) {
    return x;
}

static int other(int x) {
    return -x;
}

static double real_number(double x) {
    return x;
}

static int never(int x) {
    return x;
}

/* In declarations */

static int in_declarations(int n) {
    int plain = made(1), array[] = {made(2), [3] = made(3)}, variable[made(4)];
    struct pair pair = {.left = made(5), .right = {[0] = made(6), [1] = made(7)}};
    __typeof__(never(1)) same = made(8);
    __typeof__(never(2)) const other_way[2] = {made(9), 0};
    typedef int bound_type[made(10)];
    static size_t constant = sizeof(never(3));
    static int (*pointer)(int) = other;
    __auto_type guessed = made(11);
    _Static_assert(sizeof(never(4)) == sizeof(int), "an int");
    int (*pointer_to_variable)[made(12)] = NULL;
    variable[0] = n;
    return plain + array[0] + variable[0] + pair.left + same + other_way[0] + (int)constant +
           pointer(1) + guessed + (int)sizeof(bound_type) + (pointer_to_variable == NULL);
}

static int in_parameters(int n, int array[made(n)], int (*table)[made(2)],
                         int fixed[static sizeof(never(1))]) {
    return n + array[0] + table[0][0] + fixed[0];
}

/* In statements */

static int in_statements(int n) {
    if (made(1))
        made(2);
    else
        made(3);
    for (int i = made(4); i < made(5); i += made(6))
        made(7);
    while (made(8) > n)
        made(9);
    do
        made(10);
    while (made(11) > n);
    switch (made(12)) {
    case 1:
        made(13);
        break;
    default:
        made(14);
    }
    void *label = &&end;
    if (made(15))
        goto *label;
    return made(16);
end:
    return 0;
}

/* In operators */

static int in_operators(int n) {
    struct pair pair = {0, {0, 0}}, *pointer = &pair;
    n += made(1) + -made(2) + !made(3) + ~made(4);
    n = (made(5), made(6));
    n = made(7) ? made(8) : made(9);
    n = made(10) ?: made(11);
    n = made(12) && made(13);
    n = made(14) || made(15);
    pointer[made(16) * 0].right[made(17) & 1] = made(18);
    n += (&pair + made(19))->left;
    n = (int)made(20);
    n = (__typeof__(never(1)))made(21);
    n += *(int[]){made(22)} + ((struct pair){.left = made(23)}).left;
    n += (int)((double)made(24) + (made(25) ?: 2.0));
    n += ({
        int inner = made(26);
        inner + made(27);
    });
    return n;
}

/* Questions about types and constants */

static int not_evaluated(int n) {
    n += (int)sizeof(never(1)) + (int)sizeof never(2) + (int)_Alignof(int);
    n += (int)sizeof(int[made(1)]);
    n += __builtin_types_compatible_p(__typeof__(never(3)), int);
    n += __builtin_constant_p(never(4));
    n += (int)__builtin_object_size(&n, (int)sizeof(never(5)) * 0);
    n += (int)offsetof(struct pair, right[1]);
    n += (int)sizeof(__typeof__(never(6)));
    return n;
}

static int selected(int n) {
    n += _Generic(never(1), int : made(1), double : never(2), default : never(3));
    n += _Generic(1.0, int : never(4), double : made(2));
    n += _Generic("", int : never(5), default : made(3));
    n += (int)_Generic(n, int : made, double : real_number)(4);
    n += (int)_Generic(2.0, int : never, double : real_number)(4);
    n += __builtin_choose_expr(1, made(5), never(6));
    n += __builtin_choose_expr(sizeof(never(7)) == 1, never(8), made(6));
    return n;
}

/* What is known while the source is parsed */

static int dead(int n) {
    n += 0 && never(1);
    n += 1 || never(2);
    n += 1 && made(1);
    n += 0 || made(2);
    n += 1 ? made(3) : never(3);
    n += sizeof(int) == 1 ? never(4) : made(4);
    n += made(5) && 0;
    n += made(6) || 1;
    n += n > 0 ? made(7) : (exit(3), 0);
    if (0)
        made(8);
    while (0)
        made(9);
    return n;
}

/* By other ways than a bare name */

static int by_name(int n) {
    int (*pointer)(int) = made;
    n += (made)(1) + (*made)(2) + (&made)(3) + (**made)(4) + __extension__ made(5);
    n += pointer(6) + (*pointer)(7) + (n ? made : other)(8);
    return n;
}

#define TWICE(x) ((x) + (x))
#define CALL(function, ...) function(__VA_ARGS__)
#define ADD_MADE(x) ((x) + made(1))

static int in_macros(int n) {
    return TWICE(made(n)) + CALL(made, 2) + ADD_MADE(made(3));
}

static void clean(int *value) {
    *value = made(*value);
}

static int cleaned_up(void) {
    __attribute__((cleanup(clean))) int value = made(1);
    return value + made(2);
}

static int atomic(int *n) {
    return __atomic_fetch_add(n, made(1), __ATOMIC_SEQ_CST) + __atomic_load_n(n, made(2) * 0) +
           __sync_fetch_and_add(n, made(3));
}

static void assembly(int n) {
    __asm__ volatile("" : "+r"(n) : "r"(made(1)));
}

int everything(int n) {
    int array[4] = {0}, table[1][2] = {{0, 0}};
    assembly(n);
    return in_declarations(n) + in_parameters(1, array, table, array) + in_statements(n) +
           in_operators(n) + not_evaluated(n) + selected(n) + dead(n) + by_name(n) + in_macros(n) +
           cleaned_up() + atomic(&n) + (int)real_number(1);
}
