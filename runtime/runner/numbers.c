#include "numbers.h"

#include <errno.h>
#include <stdlib.h>

bool _thimble_read_number(const char *text, uint64_t *number) {
    char *end;
    errno = 0;
    unsigned long long read = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno)
        return false;
    *number = read;
    return true;
}

bool _thimble_read_count(const char *text, uint32_t *count) {
    uint64_t number;
    if (!_thimble_read_number(text, &number) || number > INT32_MAX)
        return false;
    *count = (uint32_t)number;
    return true;
}
