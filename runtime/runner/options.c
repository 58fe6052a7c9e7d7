#include "options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "expression.h"
#include "nearest.h"
#include "words.h"

/* One option: `-l`, `--list`, or both. `set` returns null, or what is wrong with
 * the value. */
struct option {
    char letter;       /* 0 for none */
    const char *name;  /* null for none */
    const char *value; /* its name in the help; null for an option that takes none */
    const char *help;
    const char *(*set)(struct options *, const char *value);
};

/* ---- What each does ---- */

#define FLAG(field)                                                                                \
    static const char *set_##field(struct options *options, const char *value) {                   \
        (void)value;                                                                               \
        options->field = true;                                                                     \
        return NULL;                                                                               \
    }
FLAG(help)
FLAG(version)
FLAG(list)
FLAG(verbose)
FLAG(quiet)
FLAG(show_output)

/* The place of value among the words, which are those of an enum in its order.
 * -1 where it is none of them. */
static int choice(const char *value, const char *const *words) {
    for (int i = 0; words[i]; i++) {
        if (strcmp(value, words[i]) == 0)
            return i;
    }
    return -1;
}

static bool read_count(const char *value, uint32_t *count) {
    char *end;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || number > INT32_MAX)
        return false;
    *count = (uint32_t)number;
    return true;
}

static const char *set_expression(struct options *options, const char *value) {
    options->expression = value;
    const char *error;
    _thimble_expression_matches(value, "", &error);
    return error;
}

static const char *set_jobs(struct options *options, const char *value) {
    options->jobs = 0;
    if (strcmp(value, "auto") == 0)
        return NULL;
    return read_count(value, &options->jobs) && options->jobs > 0
               ? NULL
               : "it takes a number from 1, or auto";
}

static const char *set_most_failures(struct options *options, const char *value) {
    return read_count(value, &options->most_failures) ? NULL : "it takes a number";
}

static const char *set_first_failure(struct options *options, const char *value) {
    (void)value;
    options->most_failures = 1;
    return NULL;
}

static const char *set_timeout(struct options *options, const char *value) {
    char *end;
    options->timeout = strtod(value, &end);
    bool number = end != value && !*end && isfinite(options->timeout) && options->timeout >= 0;
    return number ? NULL : "it takes seconds, such as 2.5; 0 is none";
}

static const char *set_leaks(struct options *options, const char *value) {
    int leaks = choice(value, (const char *const[]){"fail", "warn", "off", NULL});
    if (leaks < 0)
        return "it takes fail, warn or off";
    options->leaks = (enum leaks_option)leaks;
    return NULL;
}

static const char *set_format(struct options *options, const char *value) {
    int format = choice(value, (const char *const[]){"pretty", "dots", "tap", "json", NULL});
    if (format < 0)
        return "it takes pretty or json";
    options->format = (enum format_option)format;
    return NULL;
}

static const char *set_color(struct options *options, const char *value) {
    int color = choice(value, (const char *const[]){"auto", "always", "never", NULL});
    if (color < 0)
        return "it takes auto, always or never";
    options->color = (enum color_option)color;
    return NULL;
}

static const struct option table[] = {
    {'l', "list", NULL, "list the tests instead of running them", set_list},
    {'k', NULL, "EXPR", "only tests whose name has these words: and, or, not, ()", set_expression},
    {'j', "jobs", "N", "worker processes; auto, the default: one a processor", set_jobs},
    {'x', NULL, NULL, "stop after the first failure", set_first_failure},
    {0, "maxfail", "N", "stop after N failures", set_most_failures},
    {0, "timeout", "SEC", "for each test, default 60; 0 is none", set_timeout},
    {'s', NULL, NULL, "show output as it comes, from one worker unless -j is given",
     set_show_output},
    {0, "leaks", "HOW", "fail, warn, off: memory that nothing points to any more", set_leaks},
    {0, "format", "FORMAT", "pretty or json: of the report, and of the list", set_format},
    {0, "color", "WHEN", "auto, always, never", set_color},
    {'v', "verbose", NULL, "a line for each test", set_verbose},
    {'q', "quiet", NULL, "only the summary", set_quiet},
    {'h', "help", NULL, "show this", set_help},
    {0, "version", NULL, "show the version", set_version},
};

#define OPTION_COUNT (sizeof(table) / sizeof(table[0]))

/* ---- Reading ---- */

struct arguments {
    const char **words;
    uint32_t count;
    uint32_t next;
    struct options *options;
    struct text *error;
};

static const struct option *by_letter(char letter) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (table[i].letter == letter)
            return &table[i];
    }
    return NULL;
}

static const struct option *by_name(const char *name, size_t length) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const char *own = table[i].name;
        if (own && strlen(own) == length && memcmp(own, name, length) == 0)
            return &table[i];
    }
    return NULL;
}

/* As its user would write it. */
static void put_name(struct text *text, const struct option *option) {
    if (option->name)
        _thimble_printf(text, "--%s", option->name);
    else
        _thimble_printf(text, "-%c", option->letter);
}

static bool unknown_option(struct arguments *arguments, const char *name) {
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (table[i].name)
            _thimble_consider(&nearest, table[i].name);
    }
    _thimble_printf(arguments->error,
                    "unknown option --%s; the nearest is --%s, and --help shows all of them", name,
                    nearest.best);
    return false;
}

/* Sets the option from the value, or from the next word where that is null. */
static bool apply(struct arguments *arguments, const struct option *option, const char *value) {
    if (option->value && !value) {
        if (arguments->next == arguments->count) {
            _thimble_puts(arguments->error, "option ");
            put_name(arguments->error, option);
            _thimble_printf(arguments->error, " needs a value: %s", option->value);
            return false;
        }
        value = arguments->words[arguments->next++];
    }
    const char *wrong = option->set(arguments->options, value);
    if (!wrong)
        return true;
    _thimble_puts(arguments->error, "option ");
    put_name(arguments->error, option);
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

bool _thimble_read_options(struct options *options, int argc, char **argv, struct text *error) {
    *options = (struct options){.timeout = 60, .repeat = 1};
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
    return read_words(&arguments);
}

/* ---- Help ---- */

#define HELP_COLUMN 22

static void put_option(struct text *text, const struct option *option) {
    size_t start = text->length;
    _thimble_puts(text, "  ");
    if (option->letter && option->name)
        _thimble_printf(text, "-%c, ", option->letter);
    put_name(text, option);
    if (option->value)
        _thimble_printf(text, " %s", option->value);
    int width = (int)(text->length - start);
    _thimble_printf(text, "%*s%s\n", HELP_COLUMN - width, "", option->help);
}

void _thimble_put_help(struct text *text, const char *program) {
    _thimble_printf(text,
                    "usage: %s [OPTION]... [FILE | FILE::TEST]...\n\n"
                    "Runs the tests of this program. FILE is a source file's path or its end.\n\n",
                    program);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        put_option(text, &table[i]);
    _thimble_puts(text, "\nOptions also come from the variable THIMBLE_OPTIONS. Exit status: 0 all "
                        "passed,\n1 some failed, 2 interrupted, 3 internal error, 4 usage error, "
                        "5 nothing to run.\n");
}
