/* words.h: a list of words, as a shell splits them. */
#ifndef RUNNER_WORDS_H
#define RUNNER_WORDS_H

#include <stdbool.h>
#include <stdint.h>

struct words {
    const char **list;
    uint32_t count;
    uint32_t capacity;
};

void _thimble_add_word(struct words *, const char *word);

/* Adds the words of a line: between spaces, with '…', "…" and \ as in a shell,
 * without anything that is expanded. False where a quote is not closed. */
bool _thimble_split_words(struct words *, const char *line);

#endif
