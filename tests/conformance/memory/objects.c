// not-modes: sanitize
// run: -j 1 -s
/* Live objects in tests, what is in them, and leaks that are none. */
#define _GNU_SOURCE 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct animal {
    const char *name;
    int legs;
};

static struct animal *kept;
static void *hidden;

__attribute__((noinline)) static void hide(void *block) {
    hidden = (void *)~(size_t)block;
    __asm__ volatile("" : : "r"(block) : "memory");
}

void test_objects(void) {
    struct animal *older = malloc(sizeof(*older));
    assert(tracker_start(1));
    struct animal *one = calloc(1, sizeof(*one));
    *one = (struct animal){"Spot", 4};
    struct animal *two = malloc(2 * sizeof(*two));
    two[0] = *one;
    two[1] = (struct animal){"Jojo", 2};
    char *word = strdup("a \"word\"");
    unsigned char *bytes = malloc(3);
    memcpy(bytes, "\1\2\3", 3);
    void *nobody_knows = malloc(2);
    memset(nobody_knows, 7, 2);

    size_t count = 0;
    for (const struct thimble_heap_object *o = tracker_objects(); o->address; o++)
        count++;
    assert(count == 5);
    const struct thimble_heap_object *animals = tracker_objects({.type = "struct animal"});
    assert(animals[0].address && animals[1].address && !animals[2].address);
    const struct thimble_heap_object *at = tracker_where(&two[1].legs);
    assert(at->address == two && at->size == 2 * sizeof(*two));
    printf("%s:%u: %s in %s by %s\n", at->file, at->line, at->type, at->function, at->allocator);
    printf("%s\n%s\n%s\n", tracker_repr(at), tracker_repr(tracker_where(one)),
           tracker_repr(tracker_where(word)));
    printf("%s\n%s\n", tracker_repr(tracker_where(bytes)),
           tracker_repr(tracker_where(nobody_knows)));
    assert(tracker_where(older) == NULL && tracker_where(&count) == NULL);
    assert(tracker_where(NULL) == NULL);
    printf("%s", tracker_format(tracker_traceback(at)));
    free(one), free(two), free(word), free(bytes), free(nobody_knows), free(older);
    printf("%s\n", tracker_repr(at));
    tracker_stop();
}

void test_excused(void) {
    hide(leak_ok(malloc(10)));
    struct animal *animal = leak_ok((struct animal *)calloc(1, sizeof(*animal)));
    animal->name = strdup("reached from what is excused");
    hide(animal);
    kept = leak_ok(NULL);
}

void test_excuses_no_block(void) {
    int local = 0;
    leak_ok(&local);
    expect(local == 1);
}

void test_excuses_what_is_freed(void) {
    char *block = malloc(10);
    free(block);
    leak_ok(block);
}

/* What libc allocates for a call, moves, or hands over later. */
void test_libcs_own(void) {
    char *line = NULL, *text = NULL, *stream = NULL;
    size_t room = 0, length = 0, current, peak;
    void *aligned = NULL;
    tracker_start(1);
    FILE *lines = fmemopen("a line of the zoo's book\n", 25, "r");
    assert(getline(&line, &room, lines) == 25);
    fclose(lines);
    assert(asprintf(&text, "%s", "Jojo the gorilla") == 16);
    FILE *memory = open_memstream(&stream, &length);
    fputs("Kim", memory);
    fclose(memory);
    assert(posix_memalign(&aligned, 64, 100) == 0);
    int *numbers = malloc(4 * sizeof(int)), *moved;
    numbers = realloc(numbers, 5 * sizeof(int));
    moved = realloc(numbers, 100000 * sizeof(int));
    assert_equal(tracker_where(line)->allocator, "getline");
    assert(tracker_where(line)->size == room);
    assert_equal(tracker_where(text)->allocator, "asprintf");
    assert_equal(tracker_repr(tracker_where(text)), "\"Jojo the gorilla\"");
    assert(tracker_where(stream) && tracker_where(stream)->size > length);
    assert(tracker_where(aligned)->size == 100);
    assert(tracker_where(moved)->size == 100000 * sizeof(int));
    assert_equal(tracker_where(moved)->type, "int");
    free(line), free(text), free(stream), free(aligned), free(moved);
    tracker_traced(&current, &peak);
    assert(current == 0 && peak >= 100000 * sizeof(int));
    assert(tracker_objects()->address == NULL);
}
