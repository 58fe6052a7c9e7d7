// not-modes: pedantic
// error: 33: the first parameter of test_mistyped has to point to an element of cases_test_mistyped, a 'const struct row': it is a 'const struct other *'
// error: 39: the first parameter of test_writes has to point to an element of cases_test_writes, a 'const struct row': it is a 'struct row *'
// error: 45: the first parameter of test_second has to point to an element of cases_test_second, a 'const int': it is a 'const char *'
// error: 51: the first parameter of test_none has to point to an element of cases_test_none, a 'const int'
// error: 54: there is no test test_goodness for cases_test_goodness: the nearest is test_good
// error: 56: cases_test_scalar has to be an array, a case an element
// error: 62: cases_test_empty has no elements, so test_empty would never run
#include <thimble.h>

struct row {
    int x;
};

struct other {
    int y;
};

static const struct row cases_test_good[] = {{1}, {2}};

static void test_good(const struct row *row) {
    assert(row->x);
}

static int cases_test_numbers[2][3];

static void test_numbers(int (*row)[3]) {
    assert((*row)[0] == 0);
}

static const struct row cases_test_mistyped[] = {{1}};

static void test_mistyped(const struct other *row) {
    assert(row);
}

static const struct row cases_test_writes[] = {{1}};

static void test_writes(struct row *row) {
    assert(row);
}

static const int cases_test_second[] = {1};

static void test_second(const char *tmp_path, const int *row) {
    assert(tmp_path && row);
}

static const int cases_test_none[] = {1};

static void test_none(void) {
}

static const int cases_test_goodness[] = {1};

const int cases_test_scalar = 1;

static void test_scalar(const int *row) {
    assert(row);
}

static const struct row cases_test_empty[0];

static void test_empty(const struct row *row) {
    assert(row);
}

/* Declared here only, no test's, or inside of a function. */
extern const struct row cases_test_elsewhere[];
static const int cases_of_its_own = 1;

int inside(void) {
    static const int cases_test_inside = 1;
    return cases_test_inside + cases_of_its_own;
}
