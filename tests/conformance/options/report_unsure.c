// flags: -fplugin-arg-thimble-report=$BUILD/report.json
// link: none
// shell: cat report.json
/* Without the header a name alone says little: such functions are tests if the program
 * provides what they take. */
#include <assert.h>

struct database;

static int fixture_size(void) {
    return 1;
}

static const int cases_test_rows[] = {1, 2};

static void test_sure(int size) {
    assert(size);
}

static void test_rows(const int *row) {
    assert(*row);
}

static void test_unsure(struct database *database, const char *tmp_pat) {
    assert(database && tmp_pat);
}

static void test_mistyped(const char *size) {
    assert(size);
}
