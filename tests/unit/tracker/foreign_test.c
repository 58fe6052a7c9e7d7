/* Blocks that cross between the zoo and code that reports nothing. */

#define _GNU_SOURCE 1

#include "kit.h"

#include <dirent.h>
#include <dlfcn.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *line;
static size_t capacity;
static void *tree;

/* ---- libc ---- */

static APART void read_lines(void) {
    FILE *file = tmpfile();
    for (int i = 1; i < 400; i *= 2)
        fprintf(file, "%*s\n", i, "x");
    rewind(file);
    while (zoo_getline(READ_LINE, &line, &capacity, file) > 0)
        ;
    fclose(file);
}

static APART void lose_line(void) {
    line = NULL;
}

static void test_getline_moves_its_buffer(void) {
    read_lines();
    CHECK_LEAKS("");
    lose_line();
    CHECK_LEAKS("zoo.c:40: 1 block of char, 480 bytes, allocated by getline in read_line\n");
}

/* The buffer was ours before, and libc's realloc was not. */
static APART void let_libc_grow_ours(void) {
    FILE *file = tmpfile();
    fprintf(file, "%500s\n", "x");
    rewind(file);
    capacity = 8;
    line = zoo_malloc(ADD_ANIMAL, capacity);
    CHECK(getline(&line, &capacity, file) == 501);
    fclose(file);
}

static void test_block_that_libc_resizes_keeps_its_site(void) {
    let_libc_grow_ours();
    CHECK_LEAKS("");
    lose_line();
    CHECK_LEAKS("zoo.c:10: 1 block of struct animal, 502 bytes, allocated by malloc in "
                "add_animal\n");
}

static int compare(const void *a, const void *b) {
    return a < b ? -1 : a > b;
}

static APART void plant(void) {
    for (int i = 0; i < 10; i++)
        tsearch(new_animal(NULL), &tree, compare);
}

static APART void cut_down(void) {
    tdestroy(tree, free);
    tree = NULL;
}

static APART void forget_tree(void) {
    tree = NULL;
}

static void test_reached_through_foreign_blocks(void) {
    plant();
    CHECK_LEAKS("");
    cut_down();
    CHECK_LEAKS("");
    plant();
    forget_tree();
    CHECK_LEAKS("zoo.c:10: 10 blocks of struct animal, 400 bytes, allocated by malloc in "
                "add_animal\n");
}

static APART void put_into_environment(void) {
    putenv(zoo_strdup(NAME_ANIMAL, "THIMBLE_ANIMAL=Jojo"));
    setenv("THIMBLE_OTHER", "1", 1);
}

static void test_reached_from_environment(void) {
    put_into_environment();
    CHECK_LEAKS("");
    unsetenv("THIMBLE_ANIMAL");
    CHECK_LEAKS("zoo.c:20: 1 block of char, 20 bytes, allocated by strdup in name_animal\n");
}

static APART void free_libcs_blocks(void) {
    char *text;
    size_t size;
    FILE *memory = open_memstream(&text, &size);
    fputs("some text", memory);
    fclose(memory);
    zoo_free(text);
    zoo_free(asprintf(&text, "%d", 5) == 1 ? text : NULL);
    zoo_free(realpath(".", NULL));
}

static APART void leave_libcs_blocks(void) {
    opaque(fopen("/dev/null", "r"));
    opaque(opendir("/"));
    opaque(strdup("nobody's"));
    fputs("buffered", tmpfile());
}

static void test_blocks_without_a_site(void) {
    free_libcs_blocks();
    leave_libcs_blocks();
    CHECK_LEAKS("");
}

static APART void free_twice_removed(void) {
    void (*volatile libcs_free)(void *) = free;
    struct animal *animal = new_animal("Rex");
    libcs_free(animal->name);
    libcs_free(animal);
}

static void test_freed_without_the_hook(void) {
    free_twice_removed();
    CHECK_LEAKS("");
}

static APART void reuse_address(void) {
    for (int i = 0; i < 100; i++) {
        struct animal *animal = new_animal(NULL);
        free(animal);
        free(opaque(malloc(sizeof(*animal))));
    }
    opaque(malloc(sizeof(struct animal)));
}

static void test_foreign_block_at_an_old_address(void) {
    reuse_address();
    CHECK_LEAKS("");
}

static APART void aligned_blocks(void) {
    void *block = NULL;
    free(opaque(aligned_alloc(64, 64)));
    CHECK(posix_memalign(&block, 4096, 100) == 0 && (uintptr_t)block % 4096 == 0);
    if (zoo.allocated)
        zoo.allocated(&zoo, BUILD_CAGE, block, 100);
    CHECK(posix_memalign(&block, 3, 100) != 0);
}

static void test_aligned_blocks(void) {
    aligned_blocks();
    CHECK_LEAKS("zoo.c:60: 1 block of ?, 100 bytes, allocated by calloc in build_cage\n");
}

/* ---- SQLite ---- */

struct sqlite {
    int (*open)(const char *, void **);
    int (*prepare)(void *, const char *, int, void **, const char **);
    int (*bind_text)(void *, int, const char *, int, void (*)(void *));
    int (*step)(void *);
    int (*finalize)(void *);
    int (*close)(void *);
    void *database, *statement;
};
static struct sqlite sqlite;

static bool load_sqlite(void) {
    void *library = dlopen("libsqlite3.so.0", RTLD_NOW);
    if (!library)
        return false;
    *(void **)&sqlite.open = dlsym(library, "sqlite3_open");
    *(void **)&sqlite.prepare = dlsym(library, "sqlite3_prepare_v2");
    *(void **)&sqlite.bind_text = dlsym(library, "sqlite3_bind_text");
    *(void **)&sqlite.step = dlsym(library, "sqlite3_step");
    *(void **)&sqlite.finalize = dlsym(library, "sqlite3_finalize");
    *(void **)&sqlite.close = dlsym(library, "sqlite3_close");
    return sqlite.open(":memory:", &sqlite.database) == 0;
}

static APART void bind_names(void) {
    CHECK(sqlite.prepare(sqlite.database, "select ?", -1, &sqlite.statement, NULL) == 0);
    for (int i = 0; i < 10; i++)
        CHECK(sqlite.bind_text(sqlite.statement, 1, zoo_strdup(NAME_ANIMAL, "Jojo"), -1, free) ==
              0);
}

static APART void lose_statement(void) {
    sqlite.statement = NULL;
}

static void test_sqlite_frees_what_it_was_given(void) {
    if (!load_sqlite())
        return;
    bind_names();
    CHECK_LEAKS("");
    CHECK(sqlite.step(sqlite.statement) == 100);
    CHECK(sqlite.finalize(sqlite.statement) == 0);
    CHECK(sqlite.close(sqlite.database) == 0);
    CHECK_LEAKS("");
}

/* The database still knows it. */
static void test_sqlite_holds_what_it_was_given(void) {
    if (!load_sqlite())
        return;
    bind_names();
    lose_statement();
    CHECK_LEAKS("");
}

void run_foreign_tests(void) {
    TEST(test_getline_moves_its_buffer);
    TEST(test_block_that_libc_resizes_keeps_its_site);
    TEST(test_reached_through_foreign_blocks);
    TEST(test_reached_from_environment);
    TEST(test_blocks_without_a_site);
    TEST(test_freed_without_the_hook);
    TEST(test_foreign_block_at_an_old_address);
    TEST(test_aligned_blocks);
    TEST(test_sqlite_frees_what_it_was_given);
    TEST(test_sqlite_holds_what_it_was_given);
}
