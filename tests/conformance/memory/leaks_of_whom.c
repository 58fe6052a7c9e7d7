// not-modes: sanitize pedantic
// run: -j 1
// run: -j 1 --isolate worker -q
// run: -j 1 -v -k reach
// run: --leaks warn -j 1 -k taken
// run: --leaks off -j 1 -q
// run: -j 1 --frames 3 -k "taken or kept or excused"
// shell: ./tests -v --frames=2 --format json -k "reach or taken" | grep -o '"reachable[^,}]*'
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct animal {
    const char *name;
    struct animal *friend;
    int weight;
};

static uintptr_t hidden;

static void hide(void *block) {
    hidden = ~(uintptr_t)block;
}

static __attribute__((noinline)) struct animal *take_in(const char *name, int weight) {
    struct animal *animal = malloc(sizeof(*animal));
    *animal = (struct animal){strdup(name), NULL, weight};
    return animal;
}

static __attribute__((noinline)) struct animal *take_in_a_pair(int weight) {
    struct animal *animal = take_in("Jojo", weight);
    animal->friend = take_in("Spot", weight + 1);
    return animal;
}

/* ---- Of the module, of the set-up ---- */

static struct animal *module_animal, *set_up_animal;
static char *grows, *volatile first;

void setup_module(void) {
    module_animal = take_in("Rex", 1);
    grows = strdup("of the module");
}

void teardown_module(void) {
    free((char *)module_animal->name);
    free(module_animal);
}

void setup(void) {
    set_up_animal = take_in("Ada", 2);
}

void teardown(void) {
    free((char *)set_up_animal->name);
    free(set_up_animal);
    free(first);
    first = NULL;
}

void test_loses_what_is_not_its_own(void) {
    hide(module_animal);
    module_animal = NULL;
    module_animal = take_in("Rex the second", 1);
}

void test_resizes_what_is_the_modules(void) {
    grows = realloc(grows, 100000);
    hide(grows);
    grows = NULL;
}

void test_frees_what_is_the_modules(void) {
    free(grows);
    grows = NULL;
}

void test_freed_by_the_teardown(void) {
    first = malloc(20);
}

/* ---- The test's ---- */

void test_taken_in(void) {
    hide(take_in_a_pair(5));
}

void test_five_lost(void) {
    for (int i = 0; i < 5; i++)
        hide(take_in("Nessie", i));
}

struct secret {
    int number;
};

const char *repr_secret(const struct secret *secret);
const char *repr_secret(const struct secret *secret) {
    return secret->number == 1 ? "SECRET" : NULL;
}

void test_kept_to_itself(void) {
    struct secret *secrets = malloc(sizeof(*secrets));
    secrets->number = 1;
    hide(secrets);
    unsigned char *bytes = malloc(20);
    memset(bytes, 0xfe, 20);
    hide(bytes);
    void *unknown = memset(malloc(18), 7, 18);
    hide(unknown);
    unknown = strcpy(malloc(15), "a text");
    hide(unknown);
}

/* It, and what only it leads to. */
void test_excused_to_stay(void) {
    hide(leak_ok(take_in_a_pair(3)));
}

/* ---- Nobody's ---- */

static struct animal *volatile kept;
static __thread char *volatile of_this_thread;

void test_reaches_all_of_it(void) {
    kept = take_in_a_pair(7);
    of_this_thread = calloc(1, 40);
}
