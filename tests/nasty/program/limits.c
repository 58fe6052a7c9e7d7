// Tests that take from themselves what everybody needs.

#define _GNU_SOURCE 1

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thimble.h>
#include <unistd.h>

#include "world.h"

void test_good_before_limits(void) {
    check_world();
}

static void limit(__rlimit_resource_t what, rlim_t value) {
    struct rlimit limit = {value, value};
    setrlimit(what, &limit);
}

// test: passed
void test_has_an_address_space_of_a_mebibyte(void) {
    limit(RLIMIT_AS, 1 << 20);
    void *block = malloc(64 << 20);
    assert(!block);
}

// test: failed: answer == 42
void test_has_an_address_space_of_a_mebibyte_and_fails(void) {
    volatile int answer = 41;
    limit(RLIMIT_AS, 1 << 20);
    assert(answer == 42);
}

// test: crashed: SIGSEGV
void test_has_an_address_space_of_a_mebibyte_and_crashes(void) {
    limit(RLIMIT_AS, 1 << 20);
    *(volatile int *)hidden(NULL) = 1;
}

// test: failed: answer == 42
void test_may_make_no_process(void) {
    volatile int answer = 41;
    limit(RLIMIT_NPROC, 0);
    assert(answer == 42);
}

// test: failed: answer == 42
void test_may_open_nothing(void) {
    volatile int answer = 41;
    limit(RLIMIT_NOFILE, 0);
    assert(answer == 42);
}

// test: crashed: killed by SIGXFSZ
void test_may_write_nothing(void) {
    limit(RLIMIT_FSIZE, 0);
    puts("too much");
    fflush(stdout);
    hang();
}

// What is in the stream's buffer can't be written at the test's end; that it tried is no
// reason to die.
// test: failed: answer == 42
void test_may_write_nothing_and_fails(void) {
    volatile int answer = 41;
    puts("too much");
    limit(RLIMIT_FSIZE, 0);
    signal(SIGXFSZ, SIG_IGN);
    assert(answer == 42);
}

// test: crashed: killed by (SIGXCPU|SIGKILL)
TIMEOUT(60) void test_may_not_run_for_long(void) {
    limit(RLIMIT_CPU, 1);
    for (volatile int i = 0;; i++)
        continue;
}

static volatile int depth;

static int descend(void) {
    volatile char frame[1024];
    frame[0] = (char)depth++;
    return depth < 0 ? frame[0] : descend() + frame[0];
}

// test: crashed: SIGSEGV: stack overflow
void test_has_a_small_stack(void) {
    limit(RLIMIT_STACK, 65536);
    descend();
}

// test: passed
void test_may_lock_nothing_and_locks_all(void) {
    limit(RLIMIT_MEMLOCK, 65536);
    mlockall(MCL_CURRENT | MCL_FUTURE);
}

// test: passed
void test_has_no_environment(void) {
    clearenv();
    assert(!getenv("PATH"));
}

// test: passed
void test_lets_nobody_read_its_files(const char *tmp_path) {
    umask(0777);
    assert(chdir(tmp_path) == 0);
    assert(mkdir("closed", 0777) == 0);
    int file = open("file", O_CREAT | O_WRONLY, 0777);
    assert(file >= 0);
    assert(chmod(tmp_path, 0) == 0);
}

// test: passed
void test_stands_in_a_folder_that_is_gone(const char *tmp_path) {
    char folder[4096];
    snprintf(folder, sizeof(folder), "%s/gone", tmp_path);
    assert(mkdir(folder, 0700) == 0);
    assert(chdir(folder) == 0);
    assert(rmdir(folder) == 0);
}

// test: failed: answer == 42
void test_stands_in_a_folder_that_is_gone_and_fails(const char *tmp_path) {
    volatile int answer = 41;
    assert(chdir(tmp_path) == 0);
    assert(rmdir(tmp_path) == 0);
    assert(answer == 42);
}

// test: passed
void test_leaves_a_deep_tree(const char *tmp_path) {
    assert(chdir(tmp_path) == 0);
    for (int i = 0; i < 2000; i++) {
        assert(mkdir("deeper", 0700) == 0);
        assert(chdir("deeper") == 0);
    }
}

// test: passed
void test_leaves_a_link_to_everything(const char *tmp_path) {
    assert(chdir(tmp_path) == 0);
    assert(symlink("/", "everything") == 0);
    assert(symlink(".", "itself") == 0);
    assert(mkfifo("pipe", 0) == 0);
}

// test: passed
void test_puts_a_file_in_its_folders_place(const char *tmp_path) {
    assert(rmdir(tmp_path) == 0);
    int file = open(tmp_path, O_CREAT | O_WRONLY, 0600);
    assert(file >= 0);
}

// No other test runs while it does that.
// alone: passed
void test_removes_the_folder_of_all_folders(const char *tmp_path) {
    char above[4096];
    snprintf(above, sizeof(above), "%s/..", tmp_path);
    assert(chdir(above) == 0);
    assert(rmdir(tmp_path) == 0);
    char all[4096];
    assert(getcwd(all, sizeof(all)));
    assert(rmdir(all) == 0);
}

// test: passed
void test_is_nobody_and_nice(void) {
    errno = 0;
    (void)!nice(19);
    (void)!setgid(65534);
    (void)!setuid(65534);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, 0);
}

// test: passed
void test_has_another_root(const char *tmp_path) {
    (void)!chroot(tmp_path);
    (void)!chdir("/");
}

void test_good_folder(const char *tmp_path) {
    assert(access(tmp_path, W_OK) == 0);
    assert(chdir(tmp_path) == 0);
    assert(mkdir("own", 0700) == 0);
}

void test_good_behind_limits(void) {
    check_world();
}
