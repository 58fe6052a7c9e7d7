// not-modes: sanitize
#define _GNU_SOURCE
#include <assert.h>
#include <pthread.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *next;
    char text[100];
};

static struct node *volatile list;
static __thread char *volatile of_this_thread;
static char *volatile interior;
static void **table;

static struct node *push(struct node *next) {
    struct node *node = malloc(sizeof(*node));
    node->next = next;
    return node;
}

void test_everything_is_freed(void) {
    char *text = strdup("text");
    text = realloc(text, 1000);
    free(text);
    free(calloc(5, 5));
    free(NULL);
}

void test_reachable_from_a_global(void) {
    for (int i = 0; i < 10; i++)
        list = push(list);
}

void test_reachable_from_thread_storage(void) {
    of_this_thread = malloc(10);
}

void test_reachable_by_a_pointer_inside(void) {
    interior = (char *)malloc(100) + 50;
}

void test_reachable_through_a_block_of_foreign_code(void) {
    char *text = malloc(20);
    strcpy(text, "key");
    tsearch(text, (void **)&table, (int (*)(const void *, const void *))strcmp);
}

void test_kept_by_libc(void) {
    putenv(strdup("THIMBLE_CASE=1"));
    FILE *file = fopen("/dev/null", "w");
    setvbuf(file, malloc(4096), _IOFBF, 4096);
    static FILE *kept;
    kept = file;
    assert(kept != NULL);
}

void test_freed_by_libc(void) {
    char *line = malloc(8);
    size_t size = 8;
    char text[200];
    memset(text, 'x', sizeof(text));
    FILE *memory = fmemopen(text, sizeof(text), "r");
    assert(getline(&line, &size, memory) == 200);
    fclose(memory);
    free(line);
}

void test_allocated_by_libc(void) {
    char *line = NULL;
    size_t size = 0;
    char text[] = "a line\n";
    FILE *memory = fmemopen(text, sizeof(text) - 1, "r");
    assert(getline(&line, &size, memory) == 7);
    fclose(memory);
    line = realloc(line, 3 * size);
    free(line);
}

static void *work(void *argument) {
    for (int i = 0; i < 1000; i++)
        free(realloc(malloc(10), 1000));
    free(argument);
    return malloc(30);
}

void test_threads(void) {
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert(pthread_create(&threads[i], NULL, work, malloc(20)) == 0);
    for (int i = 0; i < 4; i++) {
        void *result;
        assert(pthread_join(threads[i], &result) == 0);
        free(result);
    }
}

void test_memory_runs_out(void) {
    volatile size_t huge = (size_t)-1 / 4;
    assert(malloc(huge) == NULL);
    assert(calloc(huge, 100) == NULL);
    char *kept = malloc(10);
    assert(realloc(kept, huge) == NULL);
    free(kept);
}
