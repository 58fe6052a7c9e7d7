#include "zoo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum status { STATUS_OK, STATUS_FAILED, STATUS_USAGE };

static int usage(void) {
    fprintf(stderr, "usage: zoo DATABASE add NAME SPECIES MINUTES\n"
                    "       zoo DATABASE feed\n"
                    "       zoo DATABASE list\n");
    return STATUS_USAGE;
}

/* The number of minutes that the text says, or -1. */
static int parse_minutes(const char *text) {
    char *end;
    long minutes = strtol(text, &end, 10);
    if (end == text || *end != '\0' || minutes < 1 || minutes > 7 * 24 * 60)
        return -1;
    return minutes;
}

static int add(sqlite3 *database, char **arguments) {
    int minutes = parse_minutes(arguments[2]);
    if (minutes < 0) {
        fprintf(stderr, "zoo: a feeding period is 1 to 10080 minutes, not '%s'\n", arguments[2]);
        return STATUS_USAGE;
    }
    return add_animal(database, arguments[0], arguments[1], minutes) ? STATUS_OK : STATUS_FAILED;
}

static int feed(sqlite3 *database, char **arguments) {
    (void)arguments;
    int fed = feed_animals(database);
    if (fed < 0)
        return STATUS_FAILED;
    printf("%d fed\n", fed);
    return STATUS_OK;
}

static int list(sqlite3 *database, char **arguments) {
    (void)arguments;
    return list_animals(database) < 0 ? STATUS_FAILED : STATUS_OK;
}

static const struct command {
    const char *name;
    int argument_count;
    int (*run)(sqlite3 *, char **arguments);
} commands[] = {{"add", 3, add}, {"feed", 0, feed}, {"list", 0, list}};

static const struct command *find_command(const char *name, int argument_count) {
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        const struct command *command = &commands[i];
        if (strcmp(command->name, name) == 0 && command->argument_count == argument_count)
            return command;
    }
    return NULL;
}

int main(int argc, char **argv) {
    const struct command *command = argc < 3 ? NULL : find_command(argv[2], argc - 3);
    if (command == NULL)
        return usage();

    sqlite3 *database = open_database(argv[1]);
    if (database == NULL)
        return STATUS_FAILED;
    int status = command->run(database, argv + 3);
    close_database(database);
    return status;
}
