/* Deep equality, from inside: every number against every other, structures at random
 * against another way of comparing them, and what must not be asked of a test program. */
#define _GNU_SOURCE 1
#include "../../../runtime/repr/diff.h"
#include "kit.h"
#include <float.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static struct kit kit;

struct node {
    struct node *left, *right;
    const char *name;
    signed char small;
    int value;
    unsigned bits : 3;
    double weight;
    short table[2];
};

struct plain {
    char letter;
    long number;
    struct {
        short first;
        int second;
    } inner;
};

struct speaks {
    int loud, quiet;
};

static struct {
    uint32_t int128, uint128, cdouble, node, node_pointer, plain, speaks, ints, doubles;
} types;

/* ---- Comparing ---- */

static char text_bytes[8192];

static bool equal(uint32_t x, const void *a, uint32_t y, const void *b) {
    struct comparison comparison;
    struct repr_object one = {kit_unit(&kit), x, a}, other = {kit_unit(&kit), y, b};
    struct text text = _thimble_text(text_bytes, sizeof text_bytes);
    bool same = _thimble_compare(&comparison, &one, &other);
    if (!same)
        _thimble_put_difference(&text, &comparison, (const char *const[]){"a", "b"});
    _thimble_compare_end(&comparison);
    return same;
}

/* ---- Numbers ---- */

struct sample {
    uint32_t type;
    const void *data;
    int64_t value;
};

/* All integers of the type that are of interest, as far as it has them. */
static size_t add_samples(struct sample *samples, size_t count, uint32_t type, size_t size,
                          bool is_signed) {
    static const int64_t values[] = {
        0,          1,          -1,        2,         97,           INT8_MIN,
        INT8_MAX,   UINT8_MAX,  INT16_MIN, INT16_MAX, INT32_MIN,    INT32_MAX,
        UINT16_MAX, UINT32_MAX, INT64_MIN, INT64_MAX, INT64_MAX - 1};
    static int64_t kept[1024];
    static size_t used;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        int64_t least = !is_signed ? 0 : size == 8 ? INT64_MIN : -((int64_t)1 << (size * 8 - 1));
        int64_t most = size == 8   ? INT64_MAX
                       : is_signed ? ((int64_t)1 << (size * 8 - 1)) - 1
                                   : ((int64_t)1 << size * 8) - 1;
        if (values[i] < least || values[i] > most)
            continue;
        kept[used] = values[i]; /* the machine's order of bytes is little-endian or shifted */
        const char *data = (const char *)&kept[used++];
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        data += 8 - size;
#endif
        samples[count++] = (struct sample){type, data, values[i]};
    }
    return count;
}

static void test_integers(void) {
    struct sample samples[512];
    size_t count = 0, wrong = 0, pairs = 0;
    const struct {
        uint32_t type;
        size_t size;
        bool is_signed;
    } all[] = {{kit.char_, 1, CHAR_MIN < 0},
               {kit.schar, 1, true},
               {kit.uchar, 1, false},
               {kit.short_, 2, true},
               {kit.ushort, 2, false},
               {kit.int_, 4, true},
               {kit.uint, 4, false},
               {kit.long_, sizeof(long), true},
               {kit.ulong, sizeof(long), false},
               {kit.llong, 8, true},
               {kit.ullong, 8, false}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        count = add_samples(samples, count, all[i].type, all[i].size, all[i].is_signed);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++, pairs++)
            wrong += equal(samples[i].type, samples[i].data, samples[j].type, samples[j].data) !=
                     (samples[i].value == samples[j].value);
    CHECK(pairs > 10000);
    CHECK(wrong == 0);
}

#define EQUAL(x, X, a, y, Y, b) equal(x, (X[1]){a}, y, (Y[1]){b})
#define BOTH_WAYS(x, X, a, y, Y, b, same)                                                          \
    do {                                                                                           \
        CHECK(EQUAL(x, X, a, y, Y, b) == (same));                                                  \
        CHECK(EQUAL(y, Y, b, x, X, a) == (same));                                                  \
    } while (0)

static void test_large_integers(void) {
    BOTH_WAYS(kit.ullong, uint64_t, UINT64_MAX, kit.llong, int64_t, -1, false);
    BOTH_WAYS(kit.uint, unsigned, UINT32_MAX, kit.int_, int, -1, false);
    BOTH_WAYS(kit.ullong, uint64_t, 1ULL << 63, kit.llong, int64_t, INT64_MIN, false);
#ifdef __SIZEOF_INT128__
    __extension__ typedef __int128 wide;
    __extension__ typedef unsigned __int128 unsigned_wide;
    BOTH_WAYS(types.int128, wide, -1, kit.int_, int, -1, true);
    BOTH_WAYS(types.int128, wide, -1, types.uint128, unsigned_wide, -1, false);
    BOTH_WAYS(types.uint128, unsigned_wide, UINT64_MAX, kit.ullong, uint64_t, UINT64_MAX, true);
    BOTH_WAYS(types.int128, wide, (wide)1 << 100, kit.double_, double, 0x1p100, true);
    BOTH_WAYS(types.int128, wide, ((wide)1 << 100) + 1, kit.double_, double, 0x1p100, false);
    BOTH_WAYS(types.uint128, unsigned_wide, -1, kit.double_, double, 0x1p128, false);
#endif
}

static void test_reals(void) {
    BOTH_WAYS(kit.float_, float, 0.1f, kit.double_, double, 0.1, false);
    BOTH_WAYS(kit.float_, float, 0.1f, kit.double_, double, (double)0.1f, true);
    BOTH_WAYS(kit.float_, float, 0.5f, kit.ldouble, long double, 0.5L, true);
    BOTH_WAYS(kit.double_, double, 0.0, kit.double_, double, -0.0, true);
    BOTH_WAYS(kit.double_, double, -0.0, kit.int_, int, 0, true);
    BOTH_WAYS(kit.double_, double, NAN, kit.double_, double, NAN, false);
    BOTH_WAYS(kit.double_, double, NAN, kit.int_, int, 0, false);
    BOTH_WAYS(kit.double_, double, INFINITY, kit.float_, float, INFINITY, true);
    BOTH_WAYS(kit.double_, double, INFINITY, kit.double_, double, -INFINITY, false);
    BOTH_WAYS(kit.double_, double, INFINITY, kit.ullong, uint64_t, UINT64_MAX, false);
    BOTH_WAYS(kit.double_, double, 0x1p64, kit.ullong, uint64_t, UINT64_MAX, false);
    BOTH_WAYS(kit.double_, double, 0x1p63, kit.ullong, uint64_t, 1ULL << 63, true);
    BOTH_WAYS(kit.double_, double, -0x1p63, kit.llong, int64_t, INT64_MIN, true);
    BOTH_WAYS(kit.double_, double, 9007199254740992.0, kit.llong, int64_t, 9007199254740993, false);
    BOTH_WAYS(kit.double_, double, 2.5, kit.int_, int, 2, false);
    BOTH_WAYS(kit.double_, double, -2.0, kit.int_, int, 2, false);
    BOTH_WAYS(kit.ldouble, long double, 1 + LDBL_EPSILON, kit.double_, double, 1,
              LDBL_EPSILON < DBL_EPSILON ? false : true);
    BOTH_WAYS(types.cdouble, _Complex double, 2, kit.int_, int, 2, true);
    BOTH_WAYS(types.cdouble, _Complex double, 2.5, kit.float_, float, 2.5f, true);
    BOTH_WAYS(types.cdouble, _Complex double, __builtin_complex(2.0, 1.0), kit.int_, int, 2, false);
    BOTH_WAYS(types.cdouble, _Complex double, __builtin_complex(2.0, 1.0), types.cdouble,
              _Complex double, __builtin_complex(2.0, 3.0), false);
    BOTH_WAYS(types.cdouble, _Complex double, __builtin_complex(2.0, -0.0), types.cdouble,
              _Complex double, __builtin_complex(2.0, 0.0), true);
    BOTH_WAYS(types.cdouble, _Complex double, __builtin_complex(2.0, (double)NAN), kit.int_, int, 2,
              false);
}

/* ---- Structures at random ---- */

enum { POOL = 24 };

static struct node pool[POOL];
static uint32_t seed = 1;

static uint32_t chance(uint32_t below) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static struct node *random_pointer(void) {
    uint32_t which = chance(POOL + 8);
    return which < POOL ? &pool[which] : which < POOL + 7 ? NULL : (struct node *)16;
}

static void fill_pool(void) {
    static const char *const names[] = {"Spot", "Jojo", NULL, (const char *)24};
    static char copy[] = "Spot";
    for (int i = 0; i < POOL; i++) {
        memset(&pool[i], (int)chance(256), sizeof pool[i]);
        pool[i].left = random_pointer();
        pool[i].right = chance(4) ? NULL : random_pointer();
        pool[i].name = chance(12) ? names[0] : chance(2) ? copy : names[chance(4)];
        pool[i].small = (signed char)(chance(20) == 0);
        pool[i].value = chance(20) == 0;
        pool[i].bits = chance(20) == 0;
        pool[i].weight = chance(40) == 0 ? NAN : chance(20) == 0 ? 1.5 : chance(2) ? 0.0 : -0.0;
        pool[i].table[0] = 5;
        pool[i].table[1] = chance(20) == 0;
    }
}

/* The other way: two nodes are equal unless they can be told apart in so many steps, and
 * each step that tells two apart tells two more at least. */
static bool apart[POOL][POOL];

static bool same_name(const char *a, const char *b) {
    bool wild = a == (const char *)24 || b == (const char *)24;
    return a == b || (a && b && !wild && strcmp(a, b) == 0);
}

static bool told_apart(const struct node *a, const struct node *b) {
    if (a == b)
        return false;
    if (!a || !b || a == (struct node *)16 || b == (struct node *)16)
        return true;
    return apart[a - pool][b - pool];
}

static void tell_apart(void) {
    for (int i = 0; i < POOL; i++)
        for (int j = 0; j < POOL; j++)
            apart[i][j] = !same_name(pool[i].name, pool[j].name) ||
                          pool[i].small != pool[j].small || pool[i].value != pool[j].value ||
                          pool[i].bits != pool[j].bits || !(pool[i].weight == pool[j].weight) ||
                          pool[i].table[1] != pool[j].table[1];
    for (int step = 0; step < POOL * POOL; step++)
        for (int i = 0; i < POOL; i++)
            for (int j = 0; j < POOL; j++)
                apart[i][j] |= told_apart(pool[i].left, pool[j].left) ||
                               told_apart(pool[i].right, pool[j].right);
}

static void test_at_random(void) {
    size_t wrong = 0, same = 0, different = 0;
    for (int round = 0; round < 60; round++) {
        fill_pool();
        tell_apart();
        for (int i = 0; i < POOL; i++)
            for (int j = 0; j < POOL; j++) {
                bool is = equal(types.node, &pool[i], types.node, &pool[j]);
                wrong += is == apart[i][j];
                same += is;
                different += !is;
            }
    }
    CHECK(wrong == 0);
    CHECK(same > 2000 && different > 10000);
}

/* Random bytes are as good as any. */
static void test_random_bytes(void) {
    size_t asymmetric = 0;
    for (int round = 0; round < 3000; round++) {
        struct node a, b;
        for (size_t i = 0; i < sizeof a; i++) {
            ((unsigned char *)&a)[i] = (unsigned char)chance(256);
            ((unsigned char *)&b)[i] =
                chance(8) ? ((unsigned char *)&a)[i] : (unsigned char)chance(256);
        }
        asymmetric +=
            equal(types.node, &a, types.node, &b) != equal(types.node, &b, types.node, &a);
    }
    CHECK(asymmetric == 0);
}

/* A change of any one byte counts where the byte belongs to a member, and nowhere else. */
static void test_each_byte(void) {
    struct plain a = {'a', 1, {2, 3}};
    unsigned char member[sizeof a] = {0};
    memset(member + offsetof(struct plain, letter), 1, sizeof a.letter);
    memset(member + offsetof(struct plain, number), 1, sizeof a.number);
    memset(member + offsetof(struct plain, inner.first), 1, sizeof a.inner.first);
    memset(member + offsetof(struct plain, inner.second), 1, sizeof a.inner.second);
    for (size_t i = 0; i < sizeof a; i++) {
        struct plain b;
        memcpy(&b, &a, sizeof a);
        ((unsigned char *)&b)[i] ^= 0x40;
        CHECK(equal(types.plain, &a, types.plain, &b) == !member[i]);
    }
}

/* ---- What ends a comparison ---- */

static struct node *make_list(int count) {
    struct node *nodes = calloc((size_t)count, sizeof *nodes);
    for (int i = 0; i + 1 < count; i++)
        nodes[i].right = &nodes[i + 1];
    return nodes;
}

static void test_long_lists(void) {
    enum { COUNT = 50000 };
    struct node *a = make_list(COUNT), *b = make_list(COUNT);
    CHECK(equal(types.node, a, types.node, b));
    b[COUNT - 1].value = 7;
    CHECK(!equal(types.node, a, types.node, b));
    CHECK_TEXT(text_bytes,
               "\n  a.right->right->right->(49993 more)->right->right->right->value = 0"
               "\n  b.right->right->right->(49993 more)->right->right->right->value = 7");
    free(a);
    free(b);
}

/* Two circles of 300 and 200 nodes are 600 pairs; beyond those there is nothing to see. */
static void test_circles(void) {
    struct node *a = make_list(300), *b = make_list(200);
    struct comparison comparison;
    a[299].right = a;
    b[199].right = b;
    struct repr_object one = {kit_unit(&kit), types.node, a};
    struct repr_object other = {kit_unit(&kit), types.node, b};
    CHECK(_thimble_compare(&comparison, &one, &other));
    /* The first pair was handed over by type, and is met again behind a pointer. */
    CHECK(comparison.pairs.count == 600);
    _thimble_compare_end(&comparison);
    b[150].value = 1;
    CHECK(!equal(types.node, a, types.node, b));
    a[2].right = a;
    b[1].right = b;
    CHECK(_thimble_compare(&comparison, &one, &other));
    CHECK(comparison.pairs.count == 6);
    _thimble_compare_end(&comparison);
    free(a);
    free(b);
}

static void test_nan_in_an_array(void) {
    double numbers[4] = {1, NAN, 2, 3};
    CHECK(!equal(types.doubles, numbers, types.doubles, numbers));
    CHECK_CONTAINS(text_bytes, "[1] = NAN");
    numbers[1] = 0;
    CHECK(equal(types.doubles, numbers, types.doubles, numbers));
}

static size_t address_space(void) {
    char line[256] = "";
    FILE *file = fopen("/proc/self/statm", "r");
    char *got = file ? fgets(line, sizeof line, file) : NULL;
    if (file)
        fclose(file);
    return got ? strtoul(line, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

static void test_no_memory(void) {
    enum { COUNT = 200000 };
    struct node *a = make_list(COUNT), *b = make_list(COUNT);
    struct rlimit old, tight;
    getrlimit(RLIMIT_AS, &old);
    tight = old;
    tight.rlim_cur = address_space() + (1 << 20);
    setrlimit(RLIMIT_AS, &tight);
    bool same = equal(types.node, a, types.node, b);
    setrlimit(RLIMIT_AS, &old);
    CHECK(!same);
    CHECK_CONTAINS(text_bytes, "from here on there is more than can be compared");
    CHECK(equal(types.node, a, types.node, b));
    free(a);
    free(b);
}

static void test_the_end_of_memory(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + page, page, PROT_NONE);
    int *end = (int *)(pages + page) - 3, numbers[4] = {0};
    CHECK(!equal(types.ints, end, types.ints, numbers));
    CHECK_CONTAINS(text_bytes, "[3] = 0 /* unreadable */");
    CHECK(!equal(types.ints, numbers, types.ints, end));
    CHECK(equal(types.ints, end - 1, types.ints, numbers));
    memset(end, 'x', 3 * sizeof *end);
    char *string = (char *)end, *same = strdup("xxxxxxxxxxxx");
    CHECK(!equal(kit.string, &string, kit.string, &same));
    CHECK_CONTAINS(text_bytes, "what a points to can't be read from index 12 on");
    CHECK(equal(kit.string, &string, kit.string, &string));
    ((char *)end)[11] = '\0';
    same[11] = '\0';
    CHECK(equal(kit.string, &string, kit.string, &same));
    free(same);
    munmap(pages, 2 * page);
}

/* ---- A type's own function ---- */

static int asked;
static jmp_buf *leave;

static _Bool equal_speaks(const struct speaks *a, const struct speaks *b) {
    asked++;
    if (leave)
        longjmp(*leave, 1);
    if (a->quiet == 9) {
        struct speaks one = *a, other = *b;
        return equal(types.speaks, &one, types.speaks, &other);
    }
    return a->loud == b->loud;
}

static void test_own(void) {
    struct speaks a = {1, 2}, b = {1, 3}, c = {2, 2}, deep = {1, 9}, same = {1, 9}, other = {1, 8};
    CHECK(equal(types.speaks, &a, types.speaks, &b));
    CHECK(!equal(types.speaks, &a, types.speaks, &c));
    CHECK_TEXT(text_bytes, "\n  a = (struct speaks){.loud = 1, .quiet = 2}"
                           "\n  b = (struct speaks){.loud = 2, .quiet = 2}"
                           "\n  equal_speaks says that they differ");
    /* What it asks itself is answered by the fields. */
    CHECK(equal(types.speaks, &deep, types.speaks, &same));
    CHECK(!equal(types.speaks, &deep, types.speaks, &other));
}

/* Half of it is not there: the function must not see it. */
static void test_own_unreadable(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(pages + page, page, PROT_NONE);
    struct speaks a = {0, 0}, *half = (struct speaks *)(pages + page - sizeof(int));
    asked = 0;
    CHECK(!equal(types.speaks, &a, types.speaks, half));
    CHECK(!equal(types.speaks, half, types.speaks, &a));
    CHECK(asked == 0);
    munmap(pages, 2 * page);
}

static _Bool equal_plain(const struct plain *a, const struct plain *b) {
    return a->number == b->number;
}

/* A unit that comes later may bring it, and take it away again. */
static void test_own_that_comes_later(void) {
    static struct kit other;
    struct plain a = {'a', 1, {2, 3}}, b = {'b', 1, {2, 3}};
    CHECK(!equal(types.plain, &a, types.plain, &b));
    kit_start(&other, "late.c");
    uint32_t plain = kit_struct(&other, "plain", sizeof(struct plain), 8, 0,
                                MEMBERS(FIELD(struct plain, letter, other.char_)));
    uint32_t pointer = kit_pointer(&other, kit_qualified(&other, plain, THIMBLE_CONST));
    uint32_t own = kit_function_type(&other, other.bool_, 0,
                                     MEMBERS(PARAMETER("a", pointer), PARAMETER("b", pointer)));
    kit_uncalled(&other, "equal_plain", own, THIMBLE_DEFINED);
    other.symbols[0] = (const void *)equal_plain;
    kit_register(&other);
    CHECK(equal(types.plain, &a, types.plain, &b));
    kit_unregister(&other);
    CHECK(!equal(types.plain, &a, types.plain, &b));
}

/* One that was left by a failing assert does not run any more. */
static void test_own_left(void) {
    struct speaks a = {1, 2}, b = {1, 3};
    jmp_buf jump;
    asked = 0;
    leave = &jump;
    if (setjmp(jump) == 0)
        equal(types.speaks, &a, types.speaks, &b);
    leave = NULL;
    CHECK(asked == 1);
    CHECK(equal(types.speaks, &a, types.speaks, &b));
    CHECK(asked == 2);
}

/* ---- Types ---- */

static void make_types(void) {
    kit_start(&kit, "equal.c");
    types.int128 = kit_scalar(&kit, THIMBLE_INTEGER, "__int128", 16, true);
    types.uint128 = kit_scalar(&kit, THIMBLE_INTEGER, "unsigned __int128", 16, false);
    types.cdouble = kit_complex(&kit, kit.double_);
    types.ints = kit_array(&kit, kit.int_, 4);
    types.doubles = kit_array(&kit, kit.double_, 4);
    /* A type may contain pointers to itself: its index comes first. */
    types.node_pointer = model_type_add(kit.model, 1 << 20);
    types.node = kit_struct(
        &kit, "node", sizeof(struct node), 8, 0,
        MEMBERS(FIELD(struct node, left, types.node_pointer),
                FIELD(struct node, right, types.node_pointer),
                FIELD(struct node, name, kit.const_string), FIELD(struct node, small, kit.schar),
                FIELD(struct node, value, kit.int_),
                BITS("bits", kit.uint, (offsetof(struct node, value) + 4) * 8, 3),
                FIELD(struct node, weight, kit.double_),
                FIELD(struct node, table, kit_array(&kit, kit.short_, 2))));
    model_type_set(kit.model, types.node_pointer,
                   &(struct model_type){.kind = THIMBLE_POINTER,
                                        .size = sizeof(void *),
                                        .align = sizeof(void *),
                                        .target = types.node});
    uint32_t inner =
        kit_struct(&kit, NULL, 8, 4, 0,
                   MEMBERS({"first", kit.short_, 0, 0, false}, {"second", kit.int_, 32, 0, false}));
    types.plain = kit_struct(&kit, "plain", sizeof(struct plain), 8, 0,
                             MEMBERS(FIELD(struct plain, letter, kit.char_),
                                     FIELD(struct plain, number, kit.long_),
                                     FIELD(struct plain, inner, inner)));
    types.speaks = kit_struct(
        &kit, "speaks", sizeof(struct speaks), 4, 0,
        MEMBERS(FIELD(struct speaks, loud, kit.int_), FIELD(struct speaks, quiet, kit.int_)));
    uint32_t pointer = kit_pointer(&kit, kit_qualified(&kit, types.speaks, THIMBLE_CONST));
    uint32_t own = kit_function_type(&kit, kit.bool_, 0,
                                     MEMBERS(PARAMETER("a", pointer), PARAMETER("b", pointer)));
    kit_uncalled(&kit, "equal_speaks", own, THIMBLE_DEFINED);
    kit.symbols[0] = (const void *)equal_speaks;
    kit_register(&kit);
}

void test_equal(void) {
    make_types();
    test_integers();
    test_large_integers();
    test_reals();
    test_at_random();
    test_random_bytes();
    test_each_byte();
    test_long_lists();
    test_circles();
    test_nan_in_an_array();
    test_no_memory();
    test_the_end_of_memory();
    test_own();
    test_own_left();
    test_own_unreadable();
    test_own_that_comes_later();
}
