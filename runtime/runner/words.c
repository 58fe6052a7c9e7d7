#include "words.h"

#include <ctype.h>
#include <string.h>

#include "../base/arena.h"

void _thimble_add_word(struct words *words, const char *word) {
    if (words->count == words->capacity) {
        uint32_t capacity = words->capacity ? 2 * words->capacity : 16;
        const char **list = _thimble_alloc(&_thimble_arena, capacity * sizeof(*list));
        if (words->count)
            memcpy(list, words->list, words->count * sizeof(*list));
        words->list = list;
        words->capacity = capacity;
    }
    words->list[words->count++] = word;
}

/* Copies the word that begins at *line, without its quotes, and leaves *line
 * behind it. Null where a quote is not closed. */
static char *take_word(const char **line) {
    const char *at = *line;
    char *word = _thimble_alloc(&_thimble_arena, strlen(at) + 1);
    char *end = word;
    char quote = 0;
    for (; *at && (quote || !isspace((unsigned char)*at)); at++) {
        if (*at == quote)
            quote = 0;
        else if (!quote && (*at == '\'' || *at == '"'))
            quote = *at;
        else if (*at == '\\' && quote != '\'' && at[1])
            *end++ = *++at;
        else
            *end++ = *at;
    }
    *line = at;
    return quote ? NULL : word;
}

bool _thimble_split_words(struct words *words, const char *line) {
    for (;;) {
        while (isspace((unsigned char)*line))
            line++;
        if (!*line)
            return true;
        const char *word = take_word(&line);
        if (!word)
            return false;
        _thimble_add_word(words, word);
    }
}
