// run: -j 1
// not-modes: pedantic
#include <float.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <thimble.h>
#include <time.h>

/* Types that the test did not write, and the rarer ones of C. */

struct rare {
    long double wide;
    _Complex float complex;
    volatile int volatile_one;
    _Atomic short atomic_one;
    unsigned long long bits : 40;
    signed char small;
    int table[2][2];
    int (*row)[2];
};

void test_tm(void) {
    time_t noon = 43200, later = 46923;
    struct tm a, b, same;
    gmtime_r(&noon, &a);
    gmtime_r(&noon, &same);
    gmtime_r(&later, &b);
    assert_equal(a, same);
    assert_equal(a, b);
}

void test_stat(void) {
    struct stat root, same, null;
    assert_equal(stat("/", &root), 0);
    assert_equal(stat("/", &same), 0);
    assert_equal(stat("/dev/null", &null), 0);
    assert_equal(root.st_mode & S_IFMT, S_IFDIR);
    assert_equal(root.st_ino, same.st_ino);
    same = root;
    same.st_size = root.st_size + 1;
    assert(memcmp(&same, &root, sizeof root) != 0);
    root.st_size = 4096;
    same.st_size = 4097;
    assert_equal(root, same);
}

void test_timespec(void) {
    struct timespec a = {.tv_sec = 1, .tv_nsec = 5}, b = {.tv_sec = 2, .tv_nsec = 5};
    assert_equal(&a, &b);
}

void test_rare(void) {
    int rows[2] = {1, 2}, same_rows[2] = {1, 2};
    struct rare a = {1.5L, 1, 2, 3, 4, -5, {{1, 2}, {3, 4}}, &rows}, b;
    memset(&b, 255, sizeof b);
    b.wide = 1.5L;
    b.complex = 1;
    b.volatile_one = 2;
    b.atomic_one = 3;
    b.bits = 4;
    b.small = -5;
    memcpy(b.table, a.table, sizeof b.table);
    b.row = &same_rows;
    assert_equal(a, b);
    same_rows[1] = 3;
    assert_equal(a, b);
}

void test_rare_ones_that_differ(void) {
    struct rare a = {.wide = 1, .complex = 1}, b = {.wide = 1, .complex = 1};
    b.wide += LDBL_EPSILON;
    b.complex = 2;
    b.volatile_one = 2;
    b.atomic_one = 3;
    b.bits = 4;
    b.small = -5;
    b.table[1][0] = 6;
    assert_equal(a, b);
}

void test_int128(void) {
    __extension__ __int128 large = (__extension__ (__int128)INT64_MAX) * 4, same = large;
    assert_equal(large, same);
    assert_equal(large, INT64_MAX);
}

void test_formats_of_their_own(void) {
    __float128 wide = 1.5, same = 1.5;
    assert_equal(wide, same);
    assert_equal(wide, 1.5);
}

void test_vla(void) {
    int n = 2;
    int a[n], b[n];
    a[0] = b[0] = 1;
    a[1] = 2;
    b[1] = 3;
    assert_equal(a, b);
    assert_equal(a[1], b[1]);
}

void test_bit_field_operands(void) {
    struct {
        unsigned two : 2;
        int three : 3;
    } bits = {3, -1};
    assert_equal(bits.two, 3);
    assert_equal(bits.three, -2);
}
