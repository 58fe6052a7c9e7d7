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

struct word {
    const char *text;
    size_t length;
};

static bool is(struct word word, const char *wanted) {
    return strlen(wanted) == word.length && memcmp(word.text, wanted, word.length) == 0;
}

static bool begins_with(struct word word, const char *prefix) {
    size_t length = strlen(prefix);
    return word.length > length && memcmp(word.text, prefix, length) == 0;
}

/* An empty one at the text's end. */
static struct word next_word(const char **at, const char *end) {
    while (*at < end && !in_name(**at))
        ++*at;
    struct word word = {*at, 0};
    while (*at < end && in_name(**at))
        ++*at;
    word.length = (size_t)(*at - word.text);
    return word;
}

bool traced_text(const struct options *options, const char *text, size_t length, bool ndebug) {
    const char *end = text + length;
    struct word word, before = {text, 0};
    bool asserts = false;
    while ((word = next_word(&text, end)).length) {
        if (is(word, "thimble") || begins_with(word, options->prefix))
            return true;
        /* In text that was preprocessed before, an assert is the call that it stands for. */
        asserts = asserts || is(word, "assert") || is(word, "__assert_fail");
        ndebug = ndebug || (is(word, "NDEBUG") && is(before, "define"));
        before = word;
    }
    return asserts && !ndebug;
}

static char *read_all(FILE *file, size_t *length) {
    size_t capacity = 0, got;
    char *text = NULL;
    *length = 0;
    do {
        text = heap_grow(text, &capacity, *length + (1 << 16), 1);
        got = fread(text + *length, 1, 1 << 16, file);
        *length += got;
    } while (got == 1 << 16);
    return text;
}

bool traced_source(const struct options *options, const char *source_file, bool ndebug) {
    struct stat status;
    bool is_file = stat(source_file, &status) == 0 && S_ISREG(status.st_mode);
    FILE *file = is_file ? fopen(source_file, "r") : NULL;
    if (!file)
        return true;
    size_t length;
    char *text = read_all(file, &length);
    bool traced = traced_text(options, text, length, ndebug);
    fclose(file);
    free(text);
    return traced;
}
