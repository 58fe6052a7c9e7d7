// not-modes: sanitize pedantic
// link: program
// flags: -g
// shell: THIMBLE_COMMAND=$THIMBLE_PREFIX/bin/thimble $BUILD/tests; echo "status $?"
#define _GNU_SOURCE 1
/* Tracing, snapshots, statistics and tracebacks in a program: exact to the object. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <unistd.h>

struct animal {
    char *name;
    long fed;
    struct animal *next;
};

static struct animal *zoo;
static int *table;

__attribute__((noinline)) static struct animal *add_animal(const char *name) {
    struct animal *animal = malloc(sizeof(*animal));
    animal->name = strdup(name);
    animal->next = zoo;
    return zoo = animal;
}

__attribute__((noinline)) static void fill_zoo(int count) {
    char name[20];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof(name), "animal-%04d", i);
        add_animal(name);
    }
    __asm__ volatile("");
}

static void send_away(int count) {
    while (count-- > 0) {
        struct animal *animal = zoo;
        zoo = animal->next;
        free(animal->name);
        free(animal);
    }
}

static void show(const char *title, const struct thimble_statistic *statistics) {
    printf("%s\n", title);
    for (const struct thimble_statistic *s = statistics; s->file; s++)
        printf("  %s\n", tracker_text(s));
    tracker_free(statistics);
}

static void show_traced(void) {
    size_t current, peak;
    tracker_traced(&current, &peak);
    printf("tracing %d, %zu bytes, %zu at most\n", tracker_is_tracing(), current, peak);
}

static void bad_input(struct thimble_snapshot *snapshot) {
    printf("-- what is wrong --\n");
    printf("%d\n", tracker_start(0));
    printf("%d %d\n", tracker_start(65), errno == EINVAL);
    printf("%d\n", tracker_statistics(NULL, BY_LINE) == NULL);
    printf("%d\n", tracker_compare(snapshot, NULL, BY_LINE) == NULL);
    printf("%d\n", tracker_statistics(snapshot, (enum thimble_grouping)7) == NULL);
    printf("%d %d\n", tracker_dump(snapshot, "nowhere/x"), errno == ENOENT);
    printf("%d %d\n", tracker_load("nowhere") == NULL, errno == ENOENT);
    printf("%d %d\n", tracker_load(".") == NULL, errno == EISDIR);
    FILE *file = fopen("foreign", "w");
    fputs("no dump of anybody's", file);
    fclose(file);
    printf("%d %d\n", tracker_load("foreign") == NULL, errno == EINVAL);
    if (truncate("zoo.dump", 100) == 0)
        printf("%d\n", tracker_load("zoo.dump") == NULL);
    tracker_free(&snapshot);
    tracker_free(NULL);
}

int main(void) {
    setvbuf(stdout, NULL, _IONBF, 0);
    dup2(1, 2);
    show_traced();
    printf("%d\n", tracker_snapshot() == NULL);
    fill_zoo(10); /* not traced */
    tracker_start(8);
    show_traced();
    struct thimble_snapshot *empty = tracker_snapshot();
    fill_zoo(3000);
    table = calloc(100, sizeof(*table));
    struct thimble_snapshot *full = tracker_snapshot();
    send_away(1000);
    show_traced();
    tracker_reset_peak();
    show_traced();
    struct thimble_snapshot *fewer = tracker_snapshot();

    show("by line", tracker_statistics(full, BY_LINE));
    show("by file", tracker_statistics(full, BY_FILE));
    show("by function", tracker_statistics(full, BY_FUNCTION));
    show("by type", tracker_statistics(full, BY_TYPE));
    show("by trace", tracker_statistics(full, BY_TRACE));
    show("new", tracker_compare(empty, full, BY_LINE));
    show("fewer", tracker_compare(full, fewer, BY_LINE));
    show("gone", tracker_compare(full, empty, BY_TYPE));
    show("the same", tracker_compare(full, full, BY_TYPE));
    show("only int", tracker_statistics(tracker_filter(full, {.type = "int"}), BY_LINE));
    show("no char", tracker_statistics(tracker_filter(full, {.type = "char", .exclude = 1},
                                                      {.file = "snap*.c"}, {.file = "*.h"}),
                                       BY_LINE));
    show("by line 24", tracker_statistics(tracker_filter(full, {.line = 24}), BY_TYPE));
    show("below fill_zoo",
         tracker_statistics(tracker_filter(full, {.function = "fill_*", .all_frames = 1}), BY_TYPE));

    printf("-- printed --\n");
    const struct thimble_statistic *lines = tracker_compare(empty, full, BY_LINE);
    tracker_print(lines, 2);
    const struct thimble_traceback *way = tracker_traceback(lines);
    printf("%s", tracker_format(way));
    printf("%s", tracker_format(tracker_traceback(tracker_where(table + 3))));

    printf("-- to a file and back --\n");
    printf("%d\n", tracker_dump(full, "zoo.dump"));
    struct thimble_snapshot *loaded = tracker_load("zoo.dump");
    show("loaded", tracker_compare(loaded, fewer, BY_TRACE));
    tracker_free(full);
    tracker_print(lines, 1); /* what it points to stays */

    bad_input(loaded);
    tracker_clear_traces();
    show_traced();
    free(malloc(50));
    void *last = malloc(20);
    show_traced();
    size_t count = 0;
    for (const struct thimble_heap_object *o = tracker_objects(); o->address; o++)
        count++;
    printf("%zu object, %d\n", count, tracker_where(table) == NULL);
    tracker_stop();
    show_traced();
    free(last);
    return 0;
}
