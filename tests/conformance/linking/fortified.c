// modes: fortify
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <unistd.h>

static size_t unknown(size_t size) {
    volatile size_t hidden = size;
    return hidden;
}

void test_they_work(void) {
    char text[32], other[32];
    strcpy(text, "text");
    strncpy(other, text, sizeof(other));
    strcat(text, other);
    memcpy(other, text, unknown(9));
    memset(text + 8, 0, unknown(4));
    assert(strcmp(other, "texttext") == 0);
    assert(snprintf(text, sizeof(text), "%d %s", 5, other) == 10);
    assert(sprintf(text, "%d", (int)unknown(7)) == 1);
    int file = open("/dev/zero", O_RDONLY);
    assert(read(file, text, unknown(8)) == 8);
    assert(pread(file, text, unknown(8), 0) == 8);
    close(file);
    FILE *stream = fopen("/dev/zero", "r");
    assert(fread(text, 1, unknown(8), stream) == 8);
    assert(fgets(text, (int)unknown(8), stream) == text);
    fclose(stream);
    assert(getcwd(text, unknown(1)) == NULL);
    char *root = realpath("/", NULL);
    assert(strcmp(root, "/") == 0);
    free(root);
}

void test_they_are_mocked_by_their_names(void) {
    char text[8];
    mock_return(read, 3);
    assert(read(0, text, unknown(8)) == 3);
    assert(read(0, text, 8) == 3);
    mock(fgets);
    assert(fgets(text, (int)unknown(8), stdin) == NULL);
    mock_return(open, 5);
    assert(open("/nonexistent", (int)unknown(O_RDWR)) == 5);
    mock_return(printf, 4);
    assert(printf("%d", 5) == 4);
    mock_return(fprintf, 6);
    assert(fprintf(stderr, "%d", 5) == 6);
}
