// run: -l
// run: -l -k slow
// run: -l -k "feeds and not slow"
// run: -l -k HUNGRY
// run: -l tags_and_cases.c::test_feeds
// run: -l tags_and_cases.c::test_feeds[hungry]
// run: -l tags_and_cases.c::test_feeds[1]
// run: tags_and_cases.c::test_feeds[9]
// run: -l -k twice
// run: -l tags_and_cases.c::test_feeds[twice-3]
// run: -v --repeat 2 --shuffle=3 -k "feeds and not slow" -j 1
// shell: BROKEN=1 ./tests -q; ./tests -l --lf
#include <stdlib.h>
#include <thimble.h>

struct feeding {
    const char *name;
    int food;
};

const struct feeding cases_test_feeds[] = {{"hungry", 1}, {NULL, 2}, {"twice", 3}, {"twice", 4}};

void test_feeds(const struct feeding *feeding) {
    assert(feeding->food != 2 || !getenv("BROKEN"));
}

TAG("slow")
TAG("needs_lions")
void test_feeds_the_lions(void) {
}

void test_sells(void) {
}
