/* command.c: the questions on standard input and the answers. */
#include "symbols.h"

#include "../command.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes the line "MODULE OFFSET" apart, where it is one. */
static bool read_question(char *line, Dwarf_Addr *address) {
    char *space = strrchr(line, ' '), *end;
    if (!space || space == line || !space[1])
        return false;
    errno = 0;
    *address = strtoull(space + 1, &end, 16);
    if (*end || errno || space[1] == '-')
        return false;
    *space = '\0';
    return true;
}

static bool answer(char *line, unsigned long number) {
    Dwarf_Addr address;
    if (!read_question(line, &address)) {
        complain("line %lu is not a program and an address: '%s'", number, line);
        return false;
    }
    struct program *program = program_of(line);
    struct frame frames[MOST_FRAMES];
    size_t count = program ? program_frames(program, address, frames) : 0;
    for (size_t i = 0; i < count; i++)
        printf("%s\t%s\t%d\n", frames[i].function ? frames[i].function : "",
               frames[i].file ? frames[i].file : "", frames[i].line);
    return program != NULL;
}

/* Whoever asks waits for each answer. */
int thimble_symbols(const struct subcommand *self, int argc, char **argv) {
    (void)self, (void)argc, (void)argv;
    char *line = NULL;
    size_t size = 0;
    int status = STATUS_OK;
    for (unsigned long number = 1; getline(&line, &size, stdin) >= 0; number++) {
        line[strcspn(line, "\n")] = '\0';
        if (!answer(line, number))
            status = STATUS_FAILED;
        putchar('\n');
        if (fflush(stdout) != 0)
            status = STATUS_FAILED;
    }
    free(line);
    return status;
}
