#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../runtime/runner/cache.h"
#include "../../../runtime/runner/last_failed.h"
#include "../../../runtime/runner/temporary.h"
#include "check.h"
#include "selection.h"

static struct tests tests;

/* A run of the tests in `ran`, by their numbers, of which those in `failed` failed. */
static bool run(const char *ran_numbers, const char *failed_numbers) {
    const struct test *list[16];
    bool ran[16], failed[16];
    struct selection selection = {.list = list, .count = (uint32_t)strlen(ran_numbers)};
    selection.rounds = 1;
    for (uint32_t i = 0; i < selection.count; i++) {
        list[i] = &tests.list[ran_numbers[i] - '0'];
        ran[i] = true;
        failed[i] = strchr(failed_numbers, ran_numbers[i]) != NULL;
    }
    _thimble_last_failed_open(&tests, false);
    return _thimble_last_failed_update(&selection, failed, ran);
}

static const char *known(void) {
    struct text text = _thimble_growing_text();
    _thimble_last_failed_open(&tests, true);
    const bool *failed = _thimble_last_failed();
    for (uint32_t i = 0; failed && i < tests.count; i++) {
        if (failed[i])
            _thimble_printf(&text, "%u", i);
    }
    return text.data;
}

static const char *select_by(struct options options) {
    struct selection selection;
    struct text text = _thimble_growing_text();
    options.repeat = 1;
    _thimble_last_failed_open(&tests, true);
    if (!_thimble_select(&selection, &tests, &options, &text))
        return text.data;
    for (uint32_t i = 0; i < selection.count; i++)
        _thimble_printf(&text, "%d", (int)(selection.list[i] - tests.list));
    if (selection.note)
        _thimble_printf(&text, " %s", selection.note);
    return text.data;
}

static void check_updates(void) {
    CHECK_TEXT(known(), "");
    CHECK(run("012345678", ""));
    CHECK(access(_thimble_find_cache().path, F_OK) != 0);
    CHECK(run("012345678", "17"));
    CHECK_TEXT(known(), "17");
    CHECK(run("7", ""));
    CHECK_TEXT(known(), "1");
    CHECK(run("3", "3"));
    CHECK_TEXT(known(), "13");
    tests.list[3].id = "a.c::test_feeds[renamed]";
    CHECK(run("0", ""));
    CHECK_TEXT(known(), "1");
    tests = zoo_tests();
    CHECK_TEXT(known(), "1");
    tests.list[4].id = "a.c::test[two\nlines \\n]";
    CHECK(run("4", "4"));
    CHECK_TEXT(known(), "14");
    tests = zoo_tests();
    CHECK(run("012345678", ""));
    CHECK_TEXT(known(), "");
}

static void check_only_changes_are_written(void) {
    struct stat before, after;
    const char *path = _thimble_find_cache().path;
    CHECK(run("012345678", "2"));
    const struct timespec old[2] = {{1000, 0}, {1000, 0}};
    CHECK(utimensat(AT_FDCWD, path, old, 0) == 0 && stat(path, &before) == 0);
    CHECK(run("012345678", "2"));
    CHECK(run("5", ""));
    CHECK(stat(path, &after) == 0);
    CHECK(before.st_mtime == after.st_mtime);
}

/* A test is what its rounds that ran make it. */
static void check_rounds(void) {
    const struct test *list[] = {&tests.list[0], &tests.list[1], &tests.list[0], &tests.list[1]};
    const struct selection selection = {.list = list, .count = 2, .rounds = 2};
    const bool failed[] = {true, false, false, true}, ran[] = {true, true, true, false};
    _thimble_last_failed_open(&tests, false);
    CHECK(_thimble_last_failed_update(&selection, failed, ran));
    CHECK_TEXT(known(), "02");
}

static void check_lf_and_ff(void) {
    const char *selectors[] = {"sub/b.c"};
    CHECK(run("012345678", "27"));
    CHECK_TEXT(select_by((struct options){.last_failed = true}), "27");
    CHECK_TEXT(select_by((struct options){.failed_first = true}), "275601348");
    CHECK_TEXT(select_by((struct options){.failed_first = true, .last_failed = true}), "27");
    CHECK_TEXT(select_by((struct options){
                   .last_failed = true, .selectors = selectors, .selector_count = 1}),
               "7");
    /* Each shard looks among its own: the shards stay the same whatever failed. */
    CHECK_TEXT(select_by((struct options){.last_failed = true, .shard = 1, .shard_count = 2}), "2");
    CHECK(run("7", ""));
    CHECK_TEXT(select_by((struct options){
                   .last_failed = true, .selectors = selectors, .selector_count = 1}),
               "5678 none of these tests is among the last failures: all of them run");
    CHECK(run("2", ""));
    CHECK_TEXT(select_by((struct options){.last_failed = true}),
               "012345678 no last failures are known: all tests run");
    CHECK_TEXT(select_by((struct options){.failed_first = true}), "012345678");
}

/* Each process knows of one failure. */
static void check_concurrent_runs(void) {
    CHECK(run("012345678", ""));
    for (int i = 0; i < 9; i++) {
        if (fork() == 0) {
            char number[] = {(char)('0' + i), 0};
            _exit(!run(number, number));
        }
    }
    int status, bad = 0;
    while (wait(&status) > 0)
        bad += status != 0;
    CHECK(bad == 0);
    CHECK_TEXT(known(), "012345678");
}

/* A run waits for another that is about to write. */
static void check_lock(void) {
    CHECK(run("012345678", "1"));
    int file =
        _thimble_open_cache(&(struct cache){.path = _thimble_find_cache().path}, CACHE_WRITE);
    CHECK(file >= 0);
    pid_t child = fork();
    if (child == 0) {
        close(file);
        _exit(!run("2", "2"));
    }
    usleep(50000);
    int status;
    CHECK(waitpid(child, &status, WNOHANG) == 0);
    close(file);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK_TEXT(known(), "12");
}

static void check_old_files(const char *folder) {
    char mine[4096], gone[4096], fresh[4096], other[4096];
    snprintf(mine, sizeof(mine), "%s/thimble/0123456789abcdef", folder);
    snprintf(gone, sizeof(gone), "%s/thimble/0123456789abcdee", folder);
    snprintf(fresh, sizeof(fresh), "%s/thimble/0123456789abcded", folder);
    snprintf(other, sizeof(other), "%s/thimble/notes.txt", folder);
    const char *const paths[] = {mine, gone, other, fresh};
    const struct timespec old[2] = {{1000, 0}, {1000, 0}};
    for (int i = 0; i < 4; i++) {
        int file = open(paths[i], O_WRONLY | O_CREAT, 0600);
        dprintf(file, i == 0 ? "/bin/sh\n" : "/nowhere/tests\n");
        close(file);
        CHECK(utimensat(AT_FDCWD, paths[i], i < 3 ? old : NULL, 0) == 0);
    }
    unlink(_thimble_find_cache().path);
    CHECK(run("1", "1"));
    CHECK(access(mine, F_OK) == 0);
    CHECK(access(gone, F_OK) != 0);
    CHECK(access(fresh, F_OK) == 0);
    CHECK(access(other, F_OK) == 0);
}

/* The file's first line. */
static const char *written(void) {
    int file = open(_thimble_find_cache().path, O_RDONLY);
    char *bytes = (char *)(uintptr_t)_thimble_read_cache(file);
    close(file);
    bytes[strcspn(bytes, "\n")] = '\0';
    return bytes;
}

/* Another program's, and one that holds anything. */
static void check_strange_files(void) {
    const char *const strange[] = {"", "x", "/bin/sh\na.c::test_opens\n", "\n\n\\", "\\\n\\\n"};
    for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++) {
        int file = open(_thimble_find_cache().path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        CHECK(write(file, strange[i], strlen(strange[i])) == (ssize_t)strlen(strange[i]));
        close(file);
        CHECK_TEXT(known(), "");
        CHECK(run("0", ""));
        CHECK_TEXT(written(), _thimble_find_cache().program);
        CHECK(run("1", "1"));
        CHECK_TEXT(known(), "1");
    }
}

static void check_missing(void) {
    setenv("BAZEL_TEST", "1", 1);
    CHECK_TEXT(select_by((struct options){.last_failed = true}),
               "012345678 no last failures are known, as none are kept under Bazel: all tests run");
    unsetenv("BAZEL_TEST");
    setenv("XDG_CACHE_HOME", "relative", 1);
    unsetenv("HOME");
    CHECK(run("0", "0"));
    CHECK_CONTAINS(select_by((struct options){.failed_first = true}),
                   "012345678 no last failures are known, as neither XDG_CACHE_HOME nor HOME");
    setenv("XDG_CACHE_HOME", "/proc/nowhere", 1);
    CHECK(!run("0", "0"));
    CHECK(run("0", ""));
}

void check_last_failed(void) {
    const char *home = getenv("HOME");
    char *copy = home ? strdup(home) : NULL;
    const char *folder = _thimble_new_temporary();
    tests = zoo_tests();
    setenv("XDG_CACHE_HOME", folder, 1);
    unsetenv("BAZEL_TEST");
    check_updates();
    check_only_changes_are_written();
    check_rounds();
    check_lf_and_ff();
    check_concurrent_runs();
    check_lock();
    check_old_files(folder);
    check_strange_files();
    unsetenv("XDG_CACHE_HOME");
    setenv("HOME", folder, 1);
    CHECK(run("4", "4"));
    CHECK_TEXT(known(), "4");
    CHECK_CONTAINS(_thimble_find_cache().path, "/.cache/thimble/");
    check_missing();
    unsetenv("XDG_CACHE_HOME");
    if (copy)
        setenv("HOME", copy, 1);
    free(copy);
    _thimble_remove_folder(folder);
}
