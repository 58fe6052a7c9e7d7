#define _POSIX_C_SOURCE 200809L
#include "code.h"

#include <stdlib.h>
#include <string.h>
#include <thimble.h>

int length_of_copy(const char *text) {
    char *copy = strdup(text);
    int length = (int)strlen(copy);
    free(copy);
    return length;
}

void test_length_of_copy(void) {
    mock_return(strdup, (char *)"text");
    mock(free);
    assert(length_of_copy("a") == 4);
    assert_called_once_with(strdup, "a");
}
