// run: -j 1
#define _GNU_SOURCE
#include <thimble.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile int calls;

static int fails_with(int error) {
    calls++;
    errno = error;
    return -1;
}

static unsigned char fails_shortly(void) {
    errno = EIO;
    return (unsigned char)-1;
}

static long long leaves_errno(void) {
    return -1;
}

static char *finds(char *what) {
    errno = ENOENT;
    return what;
}

static const char *path = "/nowhere";

void test_holds(void) {
    assert_errno(ENOENT, open(path, O_RDONLY));
    assert_errno(ENOENT, fopen(path, "r"));
    assert_errno(EINVAL, mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    assert_errno(EBADF, close(-1));
    assert_errno(EBADF, read(-1, NULL, 0));
    assert_errno(EIO, fails_shortly());
    calls = 0;
    assert_errno(EAGAIN, fails_with(EAGAIN));
    assert(calls == 1);
    errno = ENOENT;
    assert_errno(0, leaves_errno());
}

void test_does_not_fail(void) {
    assert_errno(ENOENT, open("/dev/null", O_RDONLY));
}

void test_finds(void) {
    char found[] = "Spot";
    assert_errno(ENOENT, finds(found));
}

void test_another_error(void) {
    assert_errno(EACCES, open(path, O_RDONLY));
}

void test_no_error(void) {
    errno = EACCES;
    assert_errno(EACCES, leaves_errno());
}

void test_unknown_errors(void) {
    assert_errno(4095, fails_with(4094));
}

void test_null(void) {
    assert_errno(ENOMEM, finds(NULL));
}
