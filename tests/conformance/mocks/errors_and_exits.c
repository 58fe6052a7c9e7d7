// run: -j 1
#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <thimble.h>

static int save(const char *path) {
    return mkdir(path, 0700) != 0 ? errno : 0;
}

static void *take(size_t size) {
    void *memory = malloc(size);
    return memory ? memory : (exit(4), memory);
}

static void *map(void) {
    return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static int check(int value) {
    return value;
}

static void nothing(void) {
}

void test_an_error(void) {
    mock_error(mkdir, ENOSPC, -1);
    assert(save("/nowhere") == ENOSPC);
    assert_called_once_with(mkdir, "/nowhere", 0700);
}

void test_errors_of_pointers(void) {
    mock_error(malloc, ENOMEM, NULL);
    mock_error(mmap, EPERM, MAP_FAILED);
    assert_exits(4)
        take(16);
    assert_errno(EPERM, map());
}

void test_an_error_is_replaced_by_what_is_told_later(void) {
    mock_error(mkdir, ENOSPC, -1);
    mock_return(mkdir, -1);
    errno = EAGAIN;
    assert(save("/nowhere") == EAGAIN);
}

void test_an_exit(void) {
    mock_exit(check, 3);
    assert_exits(3)
        check(1);
    assert_called_once_with(check, 1);
}

void test_an_abort(void) {
    mock_abort(check);
    assert_aborts()
        check(1);
    assert(mock_call_count(check) == 1);
    mock_return(check, 2);
    assert(check(1) == 2);
}

void test_an_exit_that_nobody_waits_for(void) {
    mock_exit(check, 5);
    check(1);
}

void test_an_exit_with_another_status(void) {
    mock_exit(check, 5);
    assert_exits(6)
        check(1);
}

void test_no_error_number(void) {
    mock_error(mkdir, -ENOSPC, -1);
}

void test_an_error_of_what_returns_nothing(void) {
    mock_error("nothing", EIO, -1);
    nothing();
}

void test_an_error_that_cannot_be_returned(void) {
    mock_error("malloc", ENOMEM, -1);
}

void test_afterwards_all_is_real(void) {
    assert(check(7) == 7);
    free(take(1));
}
