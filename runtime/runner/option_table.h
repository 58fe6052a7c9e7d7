/* option_table.h: the options, one row each, for those who read and who list them. */
#ifndef RUNNER_OPTION_TABLE_H
#define RUNNER_OPTION_TABLE_H

#include <stddef.h>

#include "options.h"

/* One option: `-l`, `--list`, or both. `set` returns null, or what is wrong with
 * the value. */
struct option {
    const char *heading; /* of the group that begins with it, or null */
    char letter;         /* 0 for none */
    const char *name;    /* null for none */
    const char *value;   /* its name in the help; null for an option that takes none */
    bool optional;       /* the value may be left out: only --name=VALUE gives it then */
    const char *help;
    const char *(*set)(struct options *, const char *value);
};

extern const struct option _thimble_options[];
extern const size_t _thimble_option_count;

/* As its user would write it. */
void _thimble_put_option_name(struct text *, const struct option *);

#endif
