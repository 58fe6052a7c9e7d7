#include "traced.h"

#include "heap.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool in_name(char c) {
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_word(const char *word, size_t length, const char *wanted) {
    return strlen(wanted) == length && memcmp(word, wanted, length) == 0;
}

/* In text that was preprocessed before, an assert is the call that it stands for. */
static bool tells(const struct options *options, const char *word, size_t length) {
    size_t prefix = strlen(options->prefix);
    return is_word(word, length, "assert") || is_word(word, length, "__assert_fail") ||
           is_word(word, length, "thimble") ||
           (length > prefix && memcmp(word, options->prefix, prefix) == 0);
}

bool traced_text(const struct options *options, const char *text, size_t length) {
    const char *end = text + length;
    while (text < end) {
        const char *word = text;
        while (text < end && in_name(*text))
            text++;
        if (text > word && tells(options, word, (size_t)(text - word)))
            return true;
        text += text == word;
    }
    return false;
}

static char *read_all(FILE *file, size_t *length) {
    size_t capacity = 0, got;
    char *text = NULL;
    *length = 0;
    do {
        text = heap_grow(text, &capacity, *length + (1 << 16), 1);
        got = fread(text + *length, 1, 1 << 16, file);
        *length += got;
    } while (got > 0);
    return text;
}

bool traced_source(const struct options *options, const char *source_file) {
    struct stat status;
    bool is_file = stat(source_file, &status) == 0 && S_ISREG(status.st_mode);
    FILE *file = is_file ? fopen(source_file, "r") : NULL;
    if (!file)
        return true;
    size_t length;
    char *text = read_all(file, &length);
    bool traced = traced_text(options, text, length);
    fclose(file);
    free(text);
    return traced;
}
