// flags: -fplugin-arg-thimble-report=$BUILD/report.json -Wshadow -Wconversion -Wcast-qual -Wundef
// link: none
// shell: cat report.json
/* Everything that is there for tests, in a unit that compiles without a word. */
#include <stdlib.h>
#include <thimble.h>

struct animal;
struct cage;

struct row {
    const char *name;
    int grams;
};

#define SECONDS 2

static void setup(void) {
}

void teardown(void) {
}

static void setUpModule(void) {
}

static void tearDownModule(void) {
}

static struct animal *session_fixture_animal(void) {
    return NULL;
}

static struct cage *module_fixture_cage(struct animal *animal) {
    return animal ? NULL : malloc(1);
}

static void teardown_cage(struct cage *cage) {
    free(cage);
}

static int fixture_grams(struct cage *const cage, const char *tmp_path, struct capture *capture) {
    return cage && tmp_path && capture;
}

/* Somebody else's, and what nobody here has heard of. */
struct keeper *fixture_keeper(void);
struct weather;

static const struct row cases_test_feeds[] = {{"Spot", 1}, {"Jojo", 2}};

TAG("slow") TIMEOUT(1.5 * SECONDS) TAG("food" " " "drink") static void test_feeds(const struct row *row, int grams) {
    assert(row->grams == grams);
}

int cases_test_numbers[3][2];

static XFAIL("not yet") TIMEOUT(0) void test_numbers(int (*row)[2], struct keeper *keeper) {
    assert((*row)[0] && keeper);
}

static SKIP("no \"weather\"") void test_weather(struct weather *weather) {
    assert(weather);
}
