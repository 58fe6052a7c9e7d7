#include <string.h>

#include "option_table.h"

#define HELP_COLUMN 22

/* Text of one or more lines, each behind the column. */
static void put_lines(struct text *text, const char *lines) {
    for (;;) {
        size_t length = strcspn(lines, "\n");
        _thimble_put(text, lines, length);
        _thimble_puts(text, "\n");
        if (!lines[length])
            return;
        lines += length + 1;
        _thimble_printf(text, "%*s", HELP_COLUMN, "");
    }
}

static void put_option(struct text *text, const struct option *option) {
    if (option->heading)
        _thimble_printf(text, "\n%s:\n", option->heading);
    size_t start = text->length;
    _thimble_puts(text, "  ");
    if (option->letter && option->name)
        _thimble_printf(text, "-%c, ", option->letter);
    _thimble_put_option_name(text, option);
    if (option->value)
        _thimble_printf(text, option->optional ? "[=%s]" : " %s", option->value);
    int width = (int)(text->length - start);
    _thimble_printf(text, "%*s", HELP_COLUMN - width, "");
    put_lines(text, option->help);
}

void _thimble_put_help(struct text *text, const char *program) {
    _thimble_printf(text,
                    "usage: %s [OPTION]... [FILE | FILE::TEST | FILE::TEST[CASE]]...\n\n"
                    "Runs the tests of this program. FILE is a source file's path or its end.\n",
                    program);
    for (size_t i = 0; i < _thimble_option_count; i++)
        put_option(text, &_thimble_options[i]);
    _thimble_puts(text, "\nOptions also come from the variable THIMBLE_OPTIONS. Exit status: 0 all "
                        "passed,\n1 some failed, 2 interrupted, 3 internal error, 4 usage error, "
                        "5 nothing to run.\n");
}
