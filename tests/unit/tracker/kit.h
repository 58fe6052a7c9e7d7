/* kit.h: checks, and a unit by hand: a zoo whose calls report their blocks as the
 * plugin's do.
 *
 * Each test runs in a process of its own. What it does with blocks stands in
 * functions that are not inlined, so that when they have returned their frames
 * are dead, as those of a test's body are. */
#ifndef TRACKER_KIT_H
#define TRACKER_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <thimble/abi.h>

#include "tracker/tracker.h"

#define APART __attribute__((__noinline__))

/* ---- Checks ---- */

#define CHECK(condition) check(condition, __FILE__, __LINE__, #condition)
void check(bool condition, const char *file, int line, const char *what);

/* The leaks since the test began, a line each, are exactly these. */
#define CHECK_LEAKS(wanted) (_thimble_clear_dead_stack(), check_leaks(wanted, __FILE__, __LINE__))
void check_leaks(const char *wanted, const char *file, int line);

/* Where blocks can't be observed there are no leaks. */
bool observed(void);

#define TEST(function) run_test(#function, function)
void run_test(const char *name, void (*function)(void));

/* ---- The zoo ---- */

struct animal {
    struct animal *next;
    char *name;
    struct animal **friends;
    long fed;
    int legs;
};

enum zoo_site {
    ADD_ANIMAL,   /* zoo.c:10, malloc, of struct animal */
    NAME_ANIMAL,  /* zoo.c:20, strdup, of char */
    GROW_FRIENDS, /* zoo.c:30, realloc, of struct animal * */
    READ_LINE,    /* zoo.c:40, getline, of char */
    SEND_AWAY,    /* zoo.c:50, free */
    BUILD_CAGE,   /* zoo.c:60, calloc, of nobody knows what */
    ZOO_SITES
};

extern struct thimble_unit zoo;

/* Another unit with the same descriptors, in memory of its own. */
struct thimble_unit *make_zoo(void);

void *zoo_malloc(enum zoo_site, size_t size);
void *zoo_calloc(enum zoo_site, size_t count, size_t size);
char *zoo_strdup(enum zoo_site, const char *);
void *zoo_realloc(enum zoo_site, void *, size_t size);
long zoo_getline(enum zoo_site, char **line, size_t *capacity, FILE *);
void zoo_free(void *);

struct animal *new_animal(const char *name);
void free_animal(struct animal *);

/* What no compiler sees through: keeps a block from being optimized away. */
void *opaque(void *);

/* ---- The tests ---- */

void run_shadow_tests(void);
void run_soak_tests(void);
void run_leak_tests(void);
void run_foreign_tests(void);
void run_thread_tests(void);
void run_release_tests(void);
void run_unit_tests(void);
void run_describe_tests(void);
void run_interpose_tests(void);

#endif
