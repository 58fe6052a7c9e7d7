#define _GNU_SOURCE 1

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../runtime/report/escape.h"
#include "../../../runtime/runner/memory_file.h"
#include "../../../runtime/runner/temporary.h"
#include "check.h"

/* Of a tree, deeper than there are descriptors while it is removed. */
#define DEPTH 200
#define DESCRIPTORS 100

static bool remove_with_few_descriptors(const char *path) {
    struct rlimit before, few;
    getrlimit(RLIMIT_NOFILE, &before);
    few = before;
    few.rlim_cur = DESCRIPTORS;
    setrlimit(RLIMIT_NOFILE, &few);
    bool removed = _thimble_remove_folder(path);
    setrlimit(RLIMIT_NOFILE, &before);
    return removed;
}

static void make_file(int folder, const char *name, mode_t mode) {
    close(openat(folder, name, O_CREAT | O_WRONLY, mode));
}

/* With an unreadable folder, one that can't be written to, a link to somewhere
 * else, and folders deeper than there are descriptors. */
static void make_tree(const char *path) {
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    make_file(folder, "file", 0);
    CHECK(symlinkat("/", folder, "link") == 0);
    CHECK(mkdirat(folder, "locked", 0700) == 0);
    int locked = openat(folder, "locked", O_RDONLY | O_DIRECTORY);
    make_file(locked, "file", 0600);
    mkdirat(locked, "sub", 0500);
    close(locked);
    fchmodat(folder, "locked", 0, 0);
    for (int i = 0; i < DEPTH; i++) {
        CHECK(mkdirat(folder, "deep", 0700) == 0);
        int deeper = openat(folder, "deep", O_RDONLY | O_DIRECTORY);
        make_file(folder, "beside", 0400);
        fchmod(folder, 0500);
        close(folder);
        folder = deeper;
    }
    close(folder);
}

static void check_folders(void) {
    const char *temporary = _thimble_new_temporary();
    CHECK(temporary != NULL);
    char *first = strdup(_thimble_test_folder(temporary, "test_x"));
    const char *second = _thimble_test_folder(temporary, "test_x");
    CHECK_CONTAINS(first, "/test_x");
    CHECK_CONTAINS(second, "/test_x-2");
    make_tree(first);
    CHECK(remove_with_few_descriptors(first));
    CHECK(access(first, F_OK) != 0);
    CHECK(_thimble_remove_folder(second));
    CHECK(_thimble_remove_folder(second));
    CHECK(rmdir(temporary) == 0);
    free(first);
}

static void check_output(void) {
    static char bytes[1024 * 1024];
    int file = _thimble_memory_file();
    CHECK(file >= FIRST_OWN_DESCRIPTOR);
    struct text text = _thimble_growing_text();
    CHECK(write(file, "short", 5) == 5);
    _thimble_put_file(&text, file);
    CHECK_TEXT(text.data, "short");

    memset(bytes, 'x', sizeof(bytes));
    for (int i = 0; i < 70; i++)
        CHECK(write(file, bytes, sizeof(bytes)) == sizeof(bytes));
    CHECK(write(file, "the end", 7) == 7);
    struct stat before, after;
    fstat(file, &before);
    _thimble_thin_file(file);
    fstat(file, &after);
    CHECK(after.st_size == before.st_size && after.st_blocks < before.st_blocks / 10);
    text = _thimble_growing_text();
    _thimble_put_file(&text, file);
    CHECK(text.length < 40000 && memcmp(text.data, "shortxxx", 8) == 0);
    CHECK_CONTAINS(text.data, "[... 73367564 bytes left out ...]");
    CHECK_TEXT(text.data + text.length - 10, "xxxthe end");

    _thimble_empty_file(file);
    CHECK(write(file, "new", 3) == 3 && _thimble_file_size(file) == 3);
    close(file);
}

static void check_characters(void) {
    CHECK(_thimble_character("a", 1) == 1);
    CHECK(_thimble_character("ä", 2) == 2);
    CHECK(_thimble_character("ä", 1) == 0);
    CHECK(_thimble_character("…", 3) == 3);
    CHECK(_thimble_character("\xf0\x9f\xa6\x92", 4) == 4);
    CHECK(_thimble_character("\xff", 1) == 0);
    CHECK(_thimble_character("\x80", 1) == 0);
    CHECK(_thimble_character("\xc0\x80", 2) == 0);
    CHECK(_thimble_character("\xe0\x80\x80", 3) == 0);
    CHECK(_thimble_character("\xed\xa0\x80", 3) == 0);
    CHECK(_thimble_character("\xf4\x90\x80\x80", 4) == 0);
}

void check_files(void) {
    check_folders();
    check_output();
    check_characters();
}
