// error: 22: setup has to be void setup(void)
// error: 26: teardown has to be void teardown(void)
// error: 30: setUpModule has to be void setUpModule(void)
// error: 34: fixture_food has to return the value for parameters named 'food': T fixture_food(...)
// error: 42: teardown_animal has to be void teardown_animal(struct animal *), for it takes what fixture_animal makes
// error: 47: the parameter 'animal' of fixture_cage is a 'int': fixture_animal makes a 'struct animal *'
// error: 52: teardown_cage has to be void teardown_cage(struct cage *), for it takes what fixture_cage makes
// error: 73: session_fixture_zoo is made once for the whole run, so it cannot ask for 'tmp_path', which is made for each test
// error: 74: session_fixture_zoo is made once for the whole run, so it cannot ask for 'keeper', which is made for each unit
// error: 80: fixtures ask for each other in a circle: zoo -> keeper -> zoo
// error: 81: module_fixture_keeper is made once for all tests of its unit, so it cannot ask for 'animal', which is made for each test
// error: 95: fixtures ask for each other in a circle: day -> night -> noon -> day
// error: 103: fixtures ask for each other in a circle: itself -> itself
// error: 109: nobody provides the parameter 'animl' of test_slip: thimble knows const char *tmp_path, struct capture *capture, ... did you mean 'animal'?
// error: 113: the parameter 'animal' of test_type is a 'struct cage *': fixture_animal makes a 'struct animal *'
// error: 117: the parameter 'visitor' of test_declared is a 'int': fixture_visitor makes a 'struct visitor *'
#include <thimble.h>

struct animal;
struct cage;

static int setup(void) {
    return 0;
}

static void teardown(int x) {
    assert(x);
}

void setUpModule(int x, ...) {
    assert(x);
}

static void fixture_food(const char *tmp_path) {
    assert(tmp_path);
}

static struct animal *fixture_animal(void) {
    return NULL;
}

static void teardown_animal(int *animal) {
    assert(animal);
}

/* It has no name to go by, but one that is known anyway. */
static struct cage *fixture_cage(int animal) {
    assert(animal);
    return NULL;
}

static void teardown_cage(void) {
}

/* Nobody makes these values here: names of the program's own. */
static void teardown_all(void) {
}

static void setup_all(int x) {
    assert(x);
}

/* Neither are these, that the unit uses for itself. */
static int tearDownModule(int x) {
    return x;
}

static int fixture_of(int size) {
    return size;
}

static struct animal *session_fixture_zoo(
    const char *tmp_path,
    int keeper) {
    assert(tmp_path && keeper);
    return NULL;
}

static int module_fixture_keeper(
    struct animal *zoo,
    struct animal *animal) {
    assert(zoo && animal);
    return 1;
}

static int fixture_day(int night) {
    return night;
}

static int fixture_night(const char *tmp_path, int noon) {
    assert(tmp_path);
    return noon;
}

static int fixture_noon(int day) {
    return day;
}

static int fixture_before_day(int day) {
    return day;
}

static int fixture_itself(int itself) {
    return itself;
}

struct visitor *fixture_visitor(int ticket);

void test_slip(struct animal *animl) {
    assert(animl);
}

void test_type(struct cage *animal) {
    assert(animal);
}

void test_declared(int visitor) {
    assert(visitor);
}

/* No slips: of another type, or one more of the kind. */
void test_no_slip(int animl, struct animal *animal2, struct visitor *const visitor) {
    assert(animl && animal2 && visitor);
    assert(tearDownModule(1) && fixture_of(1));
}
