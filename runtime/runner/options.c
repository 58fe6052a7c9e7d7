#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "bazel.h"
#include "nearest.h"
#include "option_table.h"
#include "random.h"
#include "words.h"

struct arguments {
    const char **words;
    uint32_t count;
    uint32_t next;
    struct options *options;
    struct text *error;
};

static const struct option *by_letter(char letter) {
    for (size_t i = 0; i < _thimble_option_count; i++) {
        if (_thimble_options[i].letter == letter)
            return &_thimble_options[i];
    }
    return NULL;
}

static const struct option *by_name(const char *name, size_t length) {
    for (size_t i = 0; i < _thimble_option_count; i++) {
        const char *own = _thimble_options[i].name;
        if (own && strlen(own) == length && memcmp(own, name, length) == 0)
            return &_thimble_options[i];
    }
    return NULL;
}

static bool unknown_option(struct arguments *arguments, const char *name) {
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < _thimble_option_count; i++) {
        if (_thimble_options[i].name)
            _thimble_consider(&nearest, _thimble_options[i].name);
    }
    _thimble_printf(arguments->error,
                    "unknown option --%s; the nearest is --%s, and --help shows all of them", name,
                    nearest.best);
    return false;
}

/* Sets the option from the value, or from the next word where that is null. */
static bool apply(struct arguments *arguments, const struct option *option, const char *value) {
    if (option->value && !option->optional && !value) {
        if (arguments->next == arguments->count) {
            _thimble_puts(arguments->error, "option ");
            _thimble_put_option_name(arguments->error, option);
            _thimble_printf(arguments->error, " needs a value: %s", option->value);
            return false;
        }
        value = arguments->words[arguments->next++];
    }
    const char *wrong = option->set(arguments->options, value);
    if (!wrong)
        return true;
    _thimble_puts(arguments->error, "option ");
    _thimble_put_option_name(arguments->error, option);
    _thimble_printf(arguments->error, " '%s': %s", value, wrong);
    return false;
}

static bool read_long(struct arguments *arguments, const char *word) {
    size_t length = strcspn(word, "=");
    const struct option *option = by_name(word, length);
    if (!option)
        return unknown_option(arguments, _thimble_strndup(&_thimble_arena, word, length));
    const char *value = word[length] ? word + length + 1 : NULL;
    if (value && !option->value) {
        _thimble_printf(arguments->error, "option --%s takes no value", option->name);
        return false;
    }
    return apply(arguments, option, value);
}

/* One or more options of a letter; what follows one that takes a value is that. */
static bool read_letters(struct arguments *arguments, const char *letters) {
    for (; *letters; letters++) {
        const struct option *option = by_letter(*letters);
        if (!option) {
            _thimble_printf(arguments->error, "unknown option -%c; --help shows all of them",
                            *letters);
            return false;
        }
        if (option->value)
            return apply(arguments, option, letters[1] ? letters + 1 : NULL);
        option->set(arguments->options, NULL);
    }
    return true;
}

static bool read_words(struct arguments *arguments) {
    struct options *options = arguments->options;
    bool only_selectors = false;
    while (arguments->next < arguments->count) {
        const char *word = arguments->words[arguments->next++];
        bool good = true;
        if (only_selectors || word[0] != '-' || !word[1])
            options->selectors[options->selector_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_selectors = true;
        else
            good =
                word[1] == '-' ? read_long(arguments, word + 2) : read_letters(arguments, word + 1);
        if (!good)
            return false;
    }
    return true;
}

static bool choose_seed(struct options *options, struct text *error) {
    if (!options->shuffle || options->seeded)
        return true;
    options->seed = _thimble_random_seed();
    return _thimble_read_bazel_seed(options, error);
}

bool _thimble_read_options(struct options *options, int argc, char **argv, struct text *error) {
    *options = (struct options){.timeout = 60, .repeat = 1, .frames = 1};
    if (!_thimble_read_bazel(options, error))
        return false;
    struct words words = {0};
    const char *variable = getenv("THIMBLE_OPTIONS");
    if (variable && !_thimble_split_words(&words, variable)) {
        _thimble_puts(error, "THIMBLE_OPTIONS: a quote is not closed");
        return false;
    }
    for (int i = 1; i < argc; i++)
        _thimble_add_word(&words, argv[i]);
    options->selectors = _thimble_alloc(&_thimble_arena, (words.count + 1) * sizeof(char *));
    struct arguments arguments = {words.list, words.count, 0, options, error};
    return read_words(&arguments) && choose_seed(options, error);
}
