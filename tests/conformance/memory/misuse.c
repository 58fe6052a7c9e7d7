// not-modes: sanitize pedantic
// run: -j 1
// run: -j 1 --frames 3 -k "twice_through or jump"
// Releases that are certainly wrong, and what looks like some.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

struct animal {
    char name[8];
    int weight;
};

/* What the compilers do not see through. */
static void *volatile place;

static void *launder(void *block) {
    place = block;
    return place;
}

static __attribute__((noinline)) struct animal *add_animal(void) {
    return calloc(2, sizeof(struct animal));
}

static __attribute__((noinline)) void drop(void *block) {
    free(block);
}

static __attribute__((noinline)) void drop_both(void *one, void *other) {
    drop(one);
    drop(other);
    place = NULL;
}

void test_twice(void) {
    char *text = launder(strdup("Spot"));
    free(text);
    free(launder(text));
}

void test_twice_through_a_function(void) {
    struct animal *animals = add_animal();
    drop_both(animals, launder(animals));
    assert(!"is not reached");
}

void test_the_old_address_after_it_moved(void) {
    char *old = launder(malloc(10)), *moved = realloc(old, 200000);
    place = moved;
    free(launder(old));
}

void test_resizing_what_was_freed(void) {
    char *text = launder(malloc(100));
    free(text);
    place = realloc(launder(text), 200);
}

void test_an_address_inside(void) {
    struct animal *animals = add_animal();
    free(launder(&animals[0].weight));
}

void test_on_the_stack(void) {
    char text[16] = "Jojo";
    free(launder(text));
}

static struct animal all[3];

void test_a_global(void) {
    free(launder(&all[1]));
}

void test_a_literal(void) {
    free(launder("Jojo"));
}

void test_of_mmap(void) {
    free(launder(mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
}

void test_in_another_thread(void) {
    pthread_t thread;
    void *text = launder(strdup("Rex"));
    free(text);
    pthread_create(&thread, NULL, (void *(*)(void *))(void *)drop, text);
    pthread_join(thread, NULL);
}

static void jump(void *block) {
    drop(launder(block));
}

void test_what_the_block_heard_then_a_jump(void) {
    struct animal *animals = add_animal();
    free(animals);
    assert_fails("free of a block that was freed already") { jump(animals); }
    assert_aborts() { drop(launder(animals)); }
    subtest("in a subtest") { jump(animals); }
}

/* ---- Right ---- */

void test_nothing(void) {
    free(launder(NULL));
    place = realloc(NULL, 10);
    place = realloc(place, 0);
}

void test_every_allocator(void) {
    void *block;
    assert(posix_memalign(&block, 64, 100) == 0);
    free(block);
    free(aligned_alloc(64, 128));
    free(reallocarray(NULL, 4, 4));
    char *line = NULL;
    size_t size = 0;
    FILE *memory = fmemopen("a line\n", 7, "r");
    assert(getline(&line, &size, memory) == 7);
    fclose(memory);
    free(line);
}

void test_the_same_address_again(void) {
    for (int i = 0; i < 1000; i++) {
        void *one = malloc(24), *other = strdup("a name that is longer");
        free(one);
        free(other);
    }
}

static void *take_over(void *block) {
    free(block);
    return malloc(50);
}

void test_freed_in_another_thread(void) {
    pthread_t thread;
    void *made;
    pthread_create(&thread, NULL, take_over, malloc(50));
    pthread_join(thread, &made);
    free(made);
}

void test_freed_in_a_child(void) {
    void *block = malloc(50);
    pid_t child = fork();
    if (child == 0) {
        free(block);
        _exit(0);
    }
    int status;
    assert(waitpid(child, &status, 0) == child && status == 0);
    free(block);
}

void test_a_pool_of_its_own(void) {
    char *pool = malloc(1000);
    char *piece = pool + 100;
    strcpy(piece, "Jojo");
    free(pool);
}
