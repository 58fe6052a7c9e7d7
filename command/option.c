/* option.c: reading a subcommand's options. */
#include "command.h"

#include <string.h>

enum { OPTIONS_MAX = 32 };

static int complain_unknown_option(const struct option *options, const char *given) {
    const char *names[OPTIONS_MAX] = {0};
    for (size_t i = 0; options[i].name && i < OPTIONS_MAX - 1; i++)
        names[i] = options[i].name;
    return complain_unknown("option", given, names);
}

/* The option that an argument names, as "--cc" or "--cc=gcc". */
static const struct option *find_option(const struct option *options, const char *argument) {
    size_t length = strcspn(argument, "=");
    for (; options->name; options++)
        if (strlen(options->name) == length && strncmp(options->name, argument, length) == 0)
            return options;
    return NULL;
}

int read_options(const struct option *options, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const struct option *option = find_option(options, argv[i]);
        const char *equals = strchr(argv[i], '=');
        if (!option)
            return complain_unknown_option(options, argv[i]);
        if (option->flag && equals) {
            complain("%s takes no value", option->name);
            return STATUS_USAGE;
        }
        if (option->flag) {
            *option->flag = true;
            continue;
        }
        if (!equals && i + 1 == argc) {
            complain("%s takes a value", option->name);
            return STATUS_USAGE;
        }
        *option->value = equals ? equals + 1 : argv[++i];
    }
    return STATUS_OK;
}
