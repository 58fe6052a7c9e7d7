// Tests that close, flood and spoil what they did not open.

#define _GNU_SOURCE 1

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thimble.h>
#include <unistd.h>

#include "world.h"

#define MOST 1024

void test_good_before_descriptors(void) {
    check_world();
}

// test worker: passed
void test_closes_the_standard_streams(void) {
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
}

// test worker: passed
void test_closes_all_descriptors(void) {
    for (int fd = 0; fd < MOST; fd++)
        close(fd);
}

// test worker: failed: answer == 42
void test_closes_all_descriptors_and_fails(void) {
    volatile int answer = 41;
    for (int fd = 0; fd < MOST; fd++)
        close(fd);
    assert(answer == 42);
}

// test worker: crashed: SIGSEGV: invalid write
void test_closes_all_descriptors_and_crashes(void) {
    for (int fd = 0; fd < MOST; fd++)
        close(fd);
    *(volatile int *)hidden(NULL) = 1;
}

// test: failed: answer == 42
void test_puts_other_files_in_their_place(void) {
    volatile int answer = 41;
    int zero = open("/dev/zero", O_RDWR);
    for (int fd = 0; fd < MOST; fd++)
        dup2(zero, fd);
    assert(answer == 42);
}

// What the runner has open is not there to be spoiled.
// test: passed
void test_writes_into_all_descriptors(void) {
    static const char junk[] = "JUNK JUNK JUNK JUNK JUNK JUNK JUNK JUNK JUNK JUNK JUNK JUNK";
    for (int fd = 3; fd < MOST; fd++) {
        for (int i = 0; i < 100; i++)
            (void)!pwrite(fd, junk, sizeof(junk), i * (off_t)sizeof(junk));
        (void)!ftruncate(fd, 0);
        (void)!write(fd, junk, sizeof(junk));
        lseek(fd, 0, SEEK_SET);
    }
}

// test: passed
void test_takes_all_descriptors(void) {
    while (open("/dev/zero", O_RDONLY) >= 0)
        continue;
    assert(errno == EMFILE);
}

// test: failed: answer == 42
void test_takes_all_descriptors_and_fails(void) {
    volatile int answer = 41;
    while (open("/dev/zero", O_RDONLY) >= 0)
        continue;
    assert(answer == 42);
}

// test worker: passed
void test_makes_its_output_not_wait(void) {
    fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
    fcntl(STDERR_FILENO, F_SETFL, O_NONBLOCK);
    puts("without waiting");
}

static void write_all(int file, const char *bytes, size_t size, int times) {
    for (int i = 0; i < times; i++) {
        if (write(file, bytes, size) < 0)
            return;
    }
}

// test worker: passed
TIMEOUT(60) void test_writes_a_gigabyte(void) {
    static char bytes[1 << 20];
    memset(bytes, 'x', sizeof(bytes));
    write_all(STDOUT_FILENO, bytes, sizeof(bytes), 1024);
}

// Both streams; the report shows the beginning and the end.
// test worker: failed: the flood is over
TIMEOUT(60) void test_writes_a_gigabyte_and_fails(void) {
    static char bytes[1 << 20];
    memset(bytes, 'x', sizeof(bytes));
    write_all(STDOUT_FILENO, bytes, sizeof(bytes), 512);
    write_all(STDERR_FILENO, bytes, sizeof(bytes), 512);
    assert(!"the flood is over");
}

// all: failed: the bytes are shown
void test_writes_what_is_no_text(void) {
    char bytes[256];
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    write_all(STDOUT_FILENO, bytes, sizeof(bytes), 3);
    printf("]]> <![CDATA[ ]]]]><![CDATA[> &amp; \"quoted\" \xff\xfe \xed\xa0\x80 \xf4\x90\x80\x80");
    fprintf(stderr, "\xc3(\xe2\x82 no newline, and ends in the middle \xf0\x9f");
    fflush(NULL);
    assert(!"the bytes are shown");
}

// all: failed: .
void test_fails_with_what_is_no_text(void) {
    const char *bytes = hidden("]]>\xff\x01 \xed\xa0\x80 \"");
    assert(strcmp(bytes, "another") == 0);
}

// test worker: failed: its output is gone
void test_cuts_its_output(void) {
    puts("this goes");
    fflush(stdout);
    (void)!ftruncate(STDOUT_FILENO, 0);
    assert(!"its output is gone");
}

// A file of a terabyte, all of it holes.
// test worker: failed: its output is large
void test_has_holes_in_its_output(void) {
    (void)!ftruncate(STDOUT_FILENO, (off_t)1 << 40);
    (void)!pwrite(STDERR_FILENO, "far", 3, (off_t)1 << 40);
    assert(!"its output is large");
}

// test worker: failed: its output is sealed
void test_seals_its_output(void) {
    puts("sealed");
    fflush(stdout);
    fcntl(STDOUT_FILENO, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_WRITE | F_SEAL_SEAL);
    assert(!"its output is sealed");
}

// all: passed
void test_good_capture(struct capture *capture) {
    printf("captured");
    assert(strcmp(captured_stdout(capture), "captured") == 0);
}

void test_good_output(struct capture *capture) {
    assert(strcmp(captured_stdout(capture), "") == 0);
    assert(strcmp(captured_stderr(capture), "") == 0);
}

void test_good_behind_descriptors(void) {
    check_world();
}
