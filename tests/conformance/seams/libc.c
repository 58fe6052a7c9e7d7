#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <time.h>
#include <unistd.h>

static char printed[100];
static jmp_buf left;
static int status;

static int keep(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(printed, sizeof(printed), format, arguments);
    va_end(arguments);
    return 42;
}

__attribute__((noreturn)) static void leave(int code) {
    status = code;
    longjmp(left, 1);
}

static void *no_memory(size_t size) {
    (void)size;
    return NULL;
}

void test_time(void) {
    mock_return(time, 1234);
    assert(time(NULL) == 1234);
    assert_called_once_with(time, NULL);
}

void test_malloc(void) {
    patch(malloc, no_memory);
    assert(malloc(10) == NULL);
}

void test_open(void) {
    mock_return(open, 77);
    assert(open("/nonexistent", O_RDWR) == 77);
    assert(open("/nonexistent", O_RDWR | O_CREAT, 0600) == 77);
    assert(mock_call_count(open) == 2);
}

void test_printf_is_not_made_into_puts(void) {
    patch(printf, keep);
    assert(printf("hello\n") == 42);
    assert(strcmp(printed, "hello\n") == 0);
    printf("%d %s\n", 5, "five");
    assert(strcmp(printed, "5 five\n") == 0);
    printf("x");
    assert(strcmp(printed, "x") == 0);
    printf("%s\n", "text");
    assert(strcmp(printed, "text\n") == 0);
}

void test_printf_is_mocked(void) {
    mock_return(printf, 5);
    int n = printf("hello\n");
    assert(n == 5);
    assert_called_once_with(printf, "hello\n");
}

void test_exit(void) {
    patch(exit, leave);
    if (setjmp(left) == 0)
        exit(12);
    assert(status == 12);
}

void test_a_call_is_made_each_time(void) {
    mock_return(getpid, 5);
    assert(getpid() == 5);
    assert(getpid() == 5);
    assert(mock_call_count(getpid) == 2);
}

void test_read_and_write(void) {
    char buffer[10] = "unchanged";
    mock_return(read, 3);
    mock_return(write, -1);
    assert(read(0, buffer, sizeof(buffer)) == 3);
    assert(write(1, buffer, 4) == -1);
    assert(strcmp(buffer, "unchanged") == 0);
    assert_called_once_with(read, 0, ANY, sizeof(buffer));
    assert_called_once_with(write, 1, buffer, 4);
}

void test_sscanf(void) {
    int value = 0;
    mock_return(sscanf, 9);
    assert(sscanf("5", "%d", &value) == 9);
    assert(value == 0);
}

void test_snprintf(void) {
    char text[8] = "";
    mock_return(snprintf, 3);
    assert(snprintf(text, sizeof(text), "%d", 5) == 3);
    assert(text[0] == '\0');
}

void test_files(void) {
    mock(fopen);
    mock_return(getenv, "home");
    assert(fopen("x", "r") == NULL);
    assert_called_once_with(fopen, "x", "r");
    assert(strcmp(getenv("HOME"), "home") == 0);
}

void test_errno_and_memory_functions_are_left_alone(void) {
    errno = ENOENT;
    assert(errno == ENOENT);
    char text[] = "abc";
    memcpy(text, "xyz", strlen(text));
    assert(strcmp(text, "xyz") == 0);
}
