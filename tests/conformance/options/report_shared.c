// flags: -fplugin-arg-thimble-report=$BUILD/report.json
// link: none
// shell: cat report.json
/* Fixtures for other files, in one that has no test of its own; what only this file can name
 * is for nobody. */
#include <stddef.h>

struct animal *fixture_animal(const char *tmp_path);
void teardown_animal(struct animal *animal);
void setup(void);
void teardown_all(int *all);

struct animal *fixture_animal(const char *tmp_path) {
    return tmp_path ? NULL : NULL;
}

void teardown_animal(struct animal *animal) {
    (void)animal;
}

static int module_fixture_own(void) {
    return 1;
}

void setup(void) {
    module_fixture_own();
}

void teardown_all(int *all) {
    *all = 0;
}
