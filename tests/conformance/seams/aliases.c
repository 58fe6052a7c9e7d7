// flags: -D_FILE_OFFSET_BITS=64 -D_GNU_SOURCE
// not-modes: pedantic
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <thimble.h>
#include <unistd.h>

void test_open_is_open64_here(void) {
    mock_return(open, 5);
    assert(open("/nonexistent", O_RDONLY) == 5);
    assert_called_once_with(open, "/nonexistent", O_RDONLY);
}

void test_lseek_is_lseek64_here(void) {
    mock_return(lseek, 99);
    assert(lseek(0, 0, SEEK_SET) == 99);
}

void test_by_name(void) {
    mock_return("open", 6);
    assert(open("/nonexistent", O_RDONLY) == 6);
}

void test_stat(void) {
    struct stat status;
    mock_return(stat, 0);
    assert(stat("/nonexistent", &status) == 0);
}

void test_fread(void) {
    char buffer[16];
    mock_return(fread, 2);
    assert(fread(buffer, 1, sizeof(buffer), stdin) == 2);
}
