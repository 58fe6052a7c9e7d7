// run:
// run: -l
/* Without <thimble.h> nobody can say at compile time who provides a parameter. */
#include <assert.h>

struct database;

void test_needs(struct database *database);

void test_needs(struct database *database) {
    assert(database);
}

void test_fine(void) {
}
